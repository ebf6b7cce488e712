package dev.aquifer.webhook.command.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aquifer.webhook.command.Installation;
import dev.aquifer.webhook.command.Manifest;
import java.util.List;
import org.junit.jupiter.api.Test;

class TenantsCheckTest {
    private static final String NAMESPACES = """
            apiVersion: v1
            kind: Namespace
            metadata: {name: ramses}
            ---
            apiVersion: v1
            kind: Namespace
            metadata: {name: old, labels: {aquifer.dev/inject: enabled}}
            """;

    @Test
    void looksAtNamespacesWithTheLabel() {
        assertThat(subjects(NAMESPACES)).containsExactly("namespace old");
        assertThat(subjects(NAMESPACES + Installation.admission("system", ""))).containsExactly("namespace old");
    }

    @Test
    void looksAtThoseThatAreServedByName() {
        String named = Installation.admission("ramses", "--serve=ramses,gone");

        assertThat(subjects(NAMESPACES + named)).containsExactly("namespace ramses");
        assertThat(subjects(NAMESPACES + named + Installation.admission("system", "")))
                .containsExactly("namespace old", "namespace ramses");
    }

    private static List<String> subjects(String objects) {
        return new TenantsCheck(Manifest.of(objects))
                .run().stream().map(Finding::subject).toList();
    }
}
