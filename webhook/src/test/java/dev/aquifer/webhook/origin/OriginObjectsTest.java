package dev.aquifer.webhook.origin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.aquifer.webhook.api.Access;
import dev.aquifer.webhook.api.CacheSpec;
import dev.aquifer.webhook.binding.source.Dataset;
import dev.aquifer.webhook.entitlement.KnownVolume;
import dev.aquifer.webhook.entitlement.VolumeBuilder;
import dev.aquifer.webhook.workload.OwnerPods;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What runs in an owner's namespace; {@code -Dgolden.write=true} writes it anew. */
final class OriginObjectsTest {
    private static final Path GOLDEN = Path.of("src", "test", "resources", "origin", "objects.yaml");
    private static final Path CONTRACT = Path.of("../sidecar/src/test/resources/contract/mount-points.json");
    private static final YAMLMapper YAML = YAMLMapper.builder()
            .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
            .disable(YAMLGenerator.Feature.SPLIT_LINES)
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .build();
    private static final OriginSettings SETTINGS = new OriginSettings(
            "aquifer-system", "aquifer-node:1", "IfNotPresent", "https://aquifer-admission.aquifer-system.svc");

    @Test
    void areAsWritten() throws IOException {
        StringBuilder text = new StringBuilder();
        for (HasMetadata object : OriginObjects.of(origin(dataset("data", null), null))) {
            text.append(YAML.writeValueAsString(object));
        }
        if (Boolean.getBoolean("golden.write")) {
            Files.createDirectories(GOLDEN.getParent());
            Files.writeString(GOLDEN, text);
        }
        assertThat(GOLDEN).content().isEqualTo(text.toString());
    }

    @Test
    void tellTheOriginWhatPodsMountOtherVolumesOn() throws IOException {
        ConfigMap settings = (ConfigMap)
                OriginObjects.of(origin(dataset("data", null), null)).get(1);

        assertThat(settings.getData().get("mount-points.json"))
                .isEqualTo(Files.readString(CONTRACT).strip());
    }

    @Test
    void mountTheVolumesRootAndNothingAroundIt() {
        var mounts = deployment(origin(dataset("data", "volume/data"), null))
                .getSpec()
                .getTemplate()
                .getSpec()
                .getContainers()
                .getFirst()
                .getVolumeMounts();

        assertThat(mounts)
                .filteredOn(mount -> mount.getName().equals("source"))
                .singleElement()
                .satisfies(mount -> {
                    assertThat(mount.getSubPath()).isEqualTo("volume/data");
                    assertThat(mount.getReadOnly()).isTrue();
                });
    }

    @Test
    void haveWhatAnAdministratorAdds() {
        OriginSettings settings = new OriginSettings(
                "aquifer-system",
                "node:1",
                "Never",
                "https://x",
                OwnerPods.parse("{\"priorityClassName\": \"low\"}"),
                OriginResources.parse("{\"requests\": {\"cpu\": 2}}"));

        PodSpec pod = deployment(origin(dataset("data", null), null, settings))
                .getSpec()
                .getTemplate()
                .getSpec();

        assertThat(pod.getPriorityClassName()).isEqualTo("low");
        assertThat(pod.getContainers().getFirst().getResources())
                .satisfies(resources -> assertThat(resources.getRequests()).isEqualTo(Map.of("cpu", new Quantity("2"))))
                .satisfies(resources -> assertThat(resources.getLimits()).isNullOrEmpty());
    }

    @Test
    void runWhereTheirClaimMustBe() {
        var pod = deployment(origin(dataset("data", null), "worker-3"))
                .getSpec()
                .getTemplate()
                .getSpec();

        assertThat(pod.getAffinity()
                        .getNodeAffinity()
                        .getRequiredDuringSchedulingIgnoredDuringExecution()
                        .getNodeSelectorTerms()
                        .getFirst()
                        .getMatchFields()
                        .getFirst()
                        .getValues())
                .isEqualTo(List.of("worker-3"));
    }

    @Test
    void boundTheBandwidthWhereTheOwnerSaysSo() {
        CacheSpec spec = new CacheSpec(null, null, null, null, null, null, 250L, null, null);
        KnownVolume volume =
                new VolumeBuilder("climate-data", "ref").cached(spec).build();
        Origin bound = Origin.of(volume, dataset("data", null), "ab".repeat(32), "PEM\n", null, SETTINGS);

        assertThat(deployment(bound)
                        .getSpec()
                        .getTemplate()
                        .getSpec()
                        .getContainers()
                        .getFirst()
                        .getArgs())
                .contains("--megabytes-per-second=250");
    }

    private static Deployment deployment(Origin origin) {
        return (Deployment) OriginObjects.of(origin).getLast();
    }

    private static Origin origin(Dataset dataset, @Nullable String node) {
        return origin(dataset, node, SETTINGS);
    }

    private static Origin origin(Dataset dataset, @Nullable String node, OriginSettings settings) {
        KnownVolume volume = new VolumeBuilder("climate-data", "ref")
                .cached()
                .role("reader", VolumeBuilder.path("/", Access.ReadOnly))
                .role(
                        "writer",
                        VolumeBuilder.path("/", Access.ReadOnly),
                        VolumeBuilder.path("software", Access.ReadWrite),
                        VolumeBuilder.path("results", Access.ReadWrite))
                .build();
        return Origin.of(volume, dataset, "ab".repeat(32), "PEM\n", node, settings);
    }

    private static Dataset dataset(String claim, @Nullable String subdirectory) {
        return new Dataset(
                "0f1e2d3c4b5a69788796a5b4c3d2e1f0",
                "climate-data/ref",
                "climate-data",
                "aquifer-origin-ref-0123456789",
                claim,
                subdirectory,
                false);
    }
}
