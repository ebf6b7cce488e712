package dev.aquifer.webhook.command.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aquifer.webhook.command.Manifest;
import java.util.List;
import org.junit.jupiter.api.Test;

class RolesCheckTest {
    @Test
    void namesTheTopmostPathThatOneRoleHasForItselfAndAnotherWrites() {
        assertThat(found("""
                        - {name: worker, paths: [{path: work, access: ReadWrite}, {path: work/out, access: Scratch}]}
                        - {name: guest, paths: [{path: /, access: ReadWrite}, {path: work/out/a, access: ReadWrite}]}
                        """)).singleElement().satisfies(contradiction -> {
            assertThat(contradiction.severity()).isEqualTo(Severity.WARNING);
            assertThat(contradiction.subject()).isEqualTo("SharedVolume climate/ref");
            assertThat(contradiction.message())
                    .startsWith("path work/out is Scratch for role worker")
                    .contains("ReadWrite for role guest");
        });
    }

    @Test
    void isContentWhereTheOtherOnlyReads() {
        assertThat(found("""
                        - {name: worker, paths: [{path: out, access: Scratch}]}
                        - {name: guest, paths: [{path: /, access: ReadOnly}]}
                        """)).containsExactly(Finding.ok("roles", "all roles", "none contradicts another"));
    }

    @Test
    void passesOverWhatCannotBeRead() {
        assertThat(found("- {name: worker}\n")).extracting(Finding::severity).containsExactly(Severity.OK);
        assertThat(found("- {name: worker, paths: [{access: Scratch}]}\n"))
                .extracting(Finding::severity)
                .containsExactly(Severity.OK);
    }

    private static List<Finding> found(String roles) {
        return new RolesCheck(Manifest.of("""
                apiVersion: aquifer.dev/v1alpha1
                kind: SharedVolume
                metadata: {name: ref, namespace: climate}
                spec:
                  source: {persistentVolumeClaim: {claimName: ref}}
                  mountPath: /ref
                  roles:
                """ + roles.indent(2))).run();
    }
}
