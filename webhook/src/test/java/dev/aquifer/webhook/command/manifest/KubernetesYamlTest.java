package dev.aquifer.webhook.command.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class KubernetesYamlTest {
    @Test
    void readsADumpOfALargeCluster() {
        String item = "  - {kind: ConfigMap, data: {text: %s}}\n".formatted("x".repeat(100_000));

        assertThat(KubernetesYaml.read("kind: List\nitems:\n" + item.repeat(45)))
                .singleElement()
                .satisfies(list -> assertThat(list.path("items")).hasSize(45));
    }
}
