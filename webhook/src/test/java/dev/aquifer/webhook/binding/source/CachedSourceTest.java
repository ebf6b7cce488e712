package dev.aquifer.webhook.binding.source;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.aquifer.webhook.api.Access;
import dev.aquifer.webhook.binding.names.PairMode;
import dev.aquifer.webhook.entitlement.KnownVolume;
import dev.aquifer.webhook.entitlement.VolumeBuilder;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

final class CachedSourceTest {
    private static final Path CONTRACT = Path.of("..", "sidecar", "src", "test", "resources", "contract");
    private static final Dataset DATASET = new Dataset(
            "0f1e2d3c4b5a69788796a5b4c3d2e1f0",
            "climate-data/ref",
            "climate-data",
            "aquifer-origin-ref",
            "ref-data",
            null,
            false);

    @Test
    void saysToNodeAgentsWhatTheyRead() throws IOException {
        JsonNode agreed = JsonMapper.builder()
                .build()
                .readTree(CONTRACT.resolve("volume-attributes.json").toFile());

        JsonNode csi = csi("climate-anna");

        assertThat(csi.path("volumeAttributes")).isEqualTo(agreed);
        assertThat(csi.path("driver").asText()).isEqualTo("node.aquifer.dev");
        assertThat(csi.path("readOnly").asBoolean()).isTrue();
        assertThat(csi.at("/nodePublishSecretRef/name").asText()).isEqualTo("aquifer-key-" + DATASET.id());
        assertThat(csi.at("/nodePublishSecretRef/namespace").asText()).isEqualTo("aquifer-system");
    }

    @Test
    void theSecretOfAnothersDriverIsNoKey() {
        ObjectNode spec = CachedSource.template(DATASET, "aquifer-system").fixed(PairMode.CACHED, "anna");
        assertThat(CachedSource.keySecret(spec)).isEqualTo(DATASET.keySecret());

        spec.withObject("/csi").put("driver", "nfs.example.org");
        assertThat(CachedSource.keySecret(spec)).isNull();
    }

    @Test
    void isAnotherForEachTenant() {
        VolumeTemplate template = CachedSource.template(DATASET, "aquifer-system");

        assertThat(template.hash(PairMode.CACHED, "anna")).isNotEqualTo(template.hash(PairMode.CACHED, "bob"));
        assertThat(csi("bob").at("/volumeAttributes/aquifer.dev~1tenant").asText())
                .isEqualTo("bob");
    }

    @Test
    void aDatasetIsOneOwnersVolumeAtOnePlace() {
        KnownVolume ref = volume("climate-data", "ref");

        assertThat(id(ref, "nfs server:/a"))
                .matches("[0-9a-f]{32}")
                .isEqualTo(id(ref, "nfs server:/a"))
                .isNotEqualTo(id(ref, "nfs server:/b"))
                .isNotEqualTo(id(volume("other", "ref"), "nfs server:/a"))
                .isNotEqualTo(id(volume("climate-data", "other"), "nfs server:/a"));
    }

    @Test
    void theNameOfAnOriginIsALabelWhateverTheVolumeIsCalled() {
        Dataset dataset = Dataset.of(volume("climate-data", "a.b" + "-long".repeat(40)), "claim", "place", false);

        assertThat(dataset.origin())
                .matches("aquifer-origin-a-b-long[a-z0-9-]{0,48}")
                .hasSizeLessThanOrEqualTo(63);
        assertThat(dataset.originUri()).isEqualTo("aquifer://origin/climate-data/" + dataset.origin());
        assertThat(dataset.originAddress()).isEqualTo(dataset.origin() + ".climate-data.svc:8443");
    }

    private static JsonNode csi(String tenant) {
        ObjectNode fixed = CachedSource.template(DATASET, "aquifer-system").fixed(PairMode.CACHED, tenant);
        return fixed.path("csi");
    }

    private static String id(KnownVolume volume, String location) {
        return Dataset.of(volume, "claim", location, false).id();
    }

    private static KnownVolume volume(String owner, String name) {
        return new VolumeBuilder(owner, name)
                .cached()
                .role("reader", VolumeBuilder.path("/", Access.ReadOnly))
                .build();
    }
}
