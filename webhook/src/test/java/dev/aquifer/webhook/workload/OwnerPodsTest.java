package dev.aquifer.webhook.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.tuple;

import io.fabric8.kubernetes.api.model.Affinity;
import io.fabric8.kubernetes.api.model.LocalObjectReference;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpecBuilder;
import io.fabric8.kubernetes.api.model.Toleration;
import io.fabric8.kubernetes.api.model.TopologySpreadConstraint;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OwnerPodsTest {
    private static final OwnerPods ADDED = OwnerPods.parse("""
        {
          "labels": {"team": "data", "ours": "theirs"},
          "annotations": {"note": "1"},
          "env": [{"name": "TZ", "value": "UTC"}],
          "nodeSelector": {"zone": "a"},
          "tolerations": [{"key": "dedicated", "operator": "Exists"}],
          "affinity": {"nodeAffinity": {}},
          "topologySpreadConstraints": [
            {"topologyKey": "zone", "maxSkew": 2, "whenUnsatisfiable": "DoNotSchedule"},
            {"topologyKey": "host", "maxSkew": 1, "whenUnsatisfiable": "ScheduleAnyway",
             "labelSelector": {"matchLabels": {"own": "choice"}}}
          ],
          "priorityClassName": "low",
          "pullSecrets": [{"name": "registry"}]
        }\
        """);

    @Test
    void areAddedToWhatIsThere() {
        PodTemplateSpec pod = ADDED.addedTo(template(null));

        assertThat(pod.getMetadata().getLabels()).isEqualTo(Map.of("team", "data", "ours", "ours"));
        assertThat(pod.getMetadata().getAnnotations()).isEqualTo(Map.of("note", "1"));
        PodSpec spec = pod.getSpec();
        assertThat(spec.getNodeSelector()).isEqualTo(Map.of("zone", "a"));
        assertThat(spec.getTolerations()).extracting(Toleration::getKey).containsExactly("dedicated");
        assertThat(spec.getAffinity().getNodeAffinity()).isNotNull();
        assertThat(spec.getTopologySpreadConstraints())
                .extracting(
                        TopologySpreadConstraint::getTopologyKey,
                        spread -> spread.getLabelSelector().getMatchLabels())
                .containsExactly(
                        tuple("zone", Map.of("app.kubernetes.io/managed-by", "aquifer")),
                        tuple("host", Map.of("own", "choice")));
        assertThat(spec.getPriorityClassName()).isEqualTo("low");
        assertThat(spec.getImagePullSecrets())
                .extracting(LocalObjectReference::getName)
                .containsExactly("registry");
        assertThat(spec.getContainers().getFirst().getEnv().getFirst().getValue())
                .isEqualTo("UTC");
    }

    @Test
    void moveNoPodAwayFromItsVolume() {
        Affinity toTheVolume = new Affinity();

        PodSpec spec = ADDED.addedTo(template(toTheVolume)).getSpec();

        assertThat(spec.getAffinity()).isEqualTo(toTheVolume);
        assertThat(spec.getNodeSelector()).isEmpty();
        assertThat(spec.getTopologySpreadConstraints()).isEmpty();
        assertThat(spec.getTolerations()).hasSize(1);
    }

    @Test
    void leaveAPodAsItIsWhereThereAreNone() {
        assertThat(OwnerPods.NONE.addedTo(template(null)).getSpec())
                .isEqualTo(template(null).getSpec());
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"nodeSelectors\": {}}", "{\"labels\": []}", "labels", ""})
    void areRefusedInAnotherForm(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> OwnerPods.parse(text))
                .withMessageStartingWith("expected JSON with labels, annotations, env");
    }

    private static PodTemplateSpec template(@Nullable Affinity affinity) {
        return new PodTemplateSpecBuilder()
                .withNewMetadata()
                .withLabels(Map.of("ours", "ours"))
                .endMetadata()
                .withNewSpec()
                .withAffinity(affinity)
                .addNewContainer()
                .withName("main")
                .endContainer()
                .endSpec()
                .build();
    }
}
