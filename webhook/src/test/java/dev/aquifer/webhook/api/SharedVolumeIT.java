package dev.aquifer.webhook.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aquifer.webhook.testing.ControlPlane;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What the API server makes of SharedVolumes once it has the generated definition. */
class SharedVolumeIT {
    @RegisterExtension
    static final ControlPlane api = new ControlPlane().withDefinition();

    @Test
    void namesTheFieldThatIsUnknown() {
        String volume = Serialization.asYaml(Specs.volume(Specs.with(Specs.yaml("mountpath: /ref"))));
        String complaint = api.command()
                .runWithInput(volume, "kubectl", "create", "--dry-run=server", "-f", "-")
                .failed();
        assertThat(complaint).contains("strict decoding error: unknown field \"spec.mountpath\"");
    }

    @Test
    void fillsInWhatIsLeftOut() {
        GenericKubernetesResource created =
                api.client().resource(Specs.volume(Specs.good())).dryRun().create();
        assertThat(created.<String>get("spec", "readPath")).isEqualTo("Direct");
        assertThat(created.<String>get("spec", "onRevoke")).isEqualTo("Keep");
    }

    @Test
    void isListedInColumnsForPeople() {
        api.namespace("listed", Map.of());
        GenericKubernetesResource volume = Specs.volume(Specs.good());
        volume.getMetadata().setNamespace("listed");
        api.client().resource(volume).create();
        volume.setAdditionalProperty(
                "status",
                Map.of(
                        "roles",
                        "worker, orchestrator",
                        "boundNamespaces",
                        12,
                        "conditions",
                        List.of(Map.of(
                                "type", "Ready",
                                "status", "True",
                                "reason", "Bound",
                                "message", "",
                                "lastTransitionTime", "2026-01-01T00:00:00Z"))));
        api.client().resource(volume).updateStatus();

        List<String> lines = api.command()
                .run("kubectl", "--namespace=listed", "get", "sv")
                .succeeded()
                .lines()
                .toList();

        assertThat(lines).hasSize(2);
        assertThat(lines.getFirst().split(" {2,}"))
                .containsExactly("NAME", "MOUNT PATH", "READ PATH", "ROLES", "BOUND NAMESPACES", "READY", "AGE");
        assertThat(lines.getLast().split(" {2,}"))
                .startsWith("ref", "/ref", "Direct", "worker, orchestrator", "12", "True")
                .hasSize(7);
    }
}
