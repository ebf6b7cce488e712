package dev.aquifer.webhook.command.doctor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aquifer.webhook.rest.ApiException;
import java.util.List;
import org.junit.jupiter.api.Test;

class CheckupTest {
    @Test
    void namesAllThatMayNotBeLookedAtInOneFinding() {
        Finding well = Finding.ok("roles", "all roles", "none contradicts another");

        List<Finding> findings = Checkup.run(List.of(
                check("installation", new ApiException(403, "no")),
                found(well),
                check("policies", new ApiException(403, "no"))));

        assertThat(findings).hasSize(2).contains(well).first().satisfies(skipped -> {
            assertThat(skipped.severity()).isEqualTo(Severity.WARNING);
            assertThat(skipped.message()).endsWith("need not have: installation, policies");
        });
    }

    @Test
    void saysOfEachOtherFailureWhichCheckMetIt() {
        assertThat(Checkup.run(List.of(check("limits", new ApiException(503, "too busy")))))
                .singleElement()
                .satisfies(failed -> assertThat(failed.check()).isEqualTo("limits"))
                .satisfies(failed -> assertThat(failed.message()).contains("too busy"));
    }

    @Test
    void endsWhereNothingAnswers() {
        List<Check> checks = List.of(check("limits", new ApiException(ApiException.NONE, "no answer")));

        assertThatThrownBy(() -> Checkup.run(checks)).isInstanceOf(ApiException.class);
    }

    private static Check found(Finding finding) {
        return new Check() {
            @Override
            public String name() {
                return finding.check();
            }

            @Override
            public List<Finding> run() {
                return List.of(finding);
            }
        };
    }

    private static Check check(String name, ApiException failure) {
        return new Check() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public List<Finding> run() {
                throw failure;
            }
        };
    }
}
