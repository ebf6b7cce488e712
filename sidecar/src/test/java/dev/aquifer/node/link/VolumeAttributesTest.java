package dev.aquifer.node.link;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class VolumeAttributesTest {
    private final Map<String, String> golden = golden();

    @Test
    void readsWhatTheBinderWrites() {
        VolumeAttributes attributes = VolumeAttributes.parse(golden);
        assertThat(attributes.tenant()).isEqualTo("climate-anna");
        assertThat(attributes.dataset()).isEqualTo("0f1e2d3c4b5a69788796a5b4c3d2e1f0");
        assertThat(attributes.sharedVolume()).isEqualTo("climate-data/ref");
        assertThat(attributes.origin()).isEqualTo("aquifer://origin/climate-data/aquifer-origin-ref");
        assertThat(attributes.originAddress()).isEqualTo("aquifer-origin-ref.climate-data.svc:8443");
        assertThat(attributes.toMap()).isEqualTo(golden);
    }

    @Test
    void leavesAloneWhatKubeletAdds() {
        Map<String, String> withPod = new HashMap<>(golden);
        withPod.put("csi.storage.k8s.io/pod.namespace", "climate-anna");
        assertThat(VolumeAttributes.parse(withPod)).isEqualTo(VolumeAttributes.parse(golden));
    }

    @ParameterizedTest
    @CsvSource({
        "format, 2",
        "tenant, ''",
        "tenant, ../kube-system",
        "dataset, ../../etc",
        "dataset, 0F1E2D3C4B5A69788796A5B4C3D2E1F0",
        "shared-volume, climate-data",
        "shared-volume, climate-data/ref/../x",
        "origin, aquifer://node/worker-1",
        "origin, aquifer://origin/a/b/c",
        "origin-address, 'a b:8443'",
        "origin-address, host",
    })
    void refusesWhatIsWrongByName(String key, String value) {
        Map<String, String> wrong = new HashMap<>(golden);
        wrong.put("aquifer.dev/" + key, value);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> VolumeAttributes.parse(wrong))
                .withMessageContaining("aquifer.dev/" + key);
    }

    static Map<String, String> golden() {
        try (InputStream file = VolumeAttributesTest.class.getResourceAsStream("/contract/volume-attributes.json")) {
            assertThat(file).isNotNull();
            Map<String, String> map = new HashMap<>();
            new JsonObject(new String(file.readAllBytes(), UTF_8))
                    .forEach(entry -> map.put(entry.getKey(), (String) entry.getValue()));
            return map;
        } catch (IOException failure) {
            throw new IllegalStateException(failure);
        }
    }
}
