package dev.aquifer.webhook.command.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aquifer.webhook.command.Installation;
import dev.aquifer.webhook.command.Manifest;
import org.junit.jupiter.api.Test;

class MarksCheckTest {
    private static final String MISTAKEN = """
            ---
            apiVersion: v1
            kind: Namespace
            metadata: {name: lab, labels: {aquifer.dev/inject: "yes"}}
            """;

    @Test
    void findsALabelByWhichNobodyLooksAtANamespace() {
        assertThat(severity(MISTAKEN)).isEqualTo(Severity.WARNING);
    }

    @Test
    void wantsNoLabelWhereTheNamespaceIsServedByItsName() {
        assertThat(severity(Installation.admission("lab", "--serve=lab") + MISTAKEN))
                .isEqualTo(Severity.OK);
    }

    private static Severity severity(String papers) {
        return new MarksCheck(Manifest.of(papers)).run().getFirst().severity();
    }
}
