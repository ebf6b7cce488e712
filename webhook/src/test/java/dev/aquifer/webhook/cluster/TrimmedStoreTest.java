package dev.aquifer.webhook.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class TrimmedStoreTest {
    private final List<String> told = new ArrayList<>();
    private final TrimmedStore<Namespace, String> store = new TrimmedStore<>(
            namespace -> namespace.getMetadata().getLabels().getOrDefault("team", ""),
            TenantReader::stub,
            (key, value) -> told.add(key + "=" + value));

    @Test
    void keepsWhatIsTrimmedAndHandsBackOnlyStubs() {
        assertThat(store.put("a", namespace("a", "red"))).isNull();
        assertThat(store.kept("a")).isEqualTo("red");
        assertThat(store.get("a").getMetadata().getName()).isEqualTo("a");
        assertThat(store.get("a").getMetadata().getLabels()).isEmpty();
        assertThat(store.values())
                .singleElement()
                .satisfies(stub -> assertThat(store.getKey(stub)).isEqualTo("a"));
        assertThat(store.isFullState()).isFalse();
    }

    @Test
    void tellsTheInformerWhetherAKeyWasKnown() {
        assertThat(store.put("a", namespace("a", "red"))).isNull();
        assertThat(store.put("a", namespace("a", "blue"))).isNotNull();
        assertThat(store.remove("a")).isNotNull();
        assertThat(store.remove("a")).isNull();
        assertThat(store.get("a")).isNull();
        assertThat(store.size()).isZero();
    }

    @Test
    void tellsOfEachChangeOnce() {
        store.put("a", namespace("a", "red"));
        store.put("a", namespace("a", "blue"));
        store.remove("a");
        store.remove("a");
        assertThat(told).containsExactly("a=red", "a=blue", "a=null");
    }

    @Test
    void keepsNamesOfDifferentNamespacesApart() {
        assertThat(TrimmedStore.key("a", "b")).isNotEqualTo(TrimmedStore.key(null, "b"));
        assertThat(VolumeReader.stub(TrimmedStore.key("a", "b")).getMetadata())
                .satisfies(metadata -> assertThat(metadata.getNamespace()).isEqualTo("a"))
                .satisfies(metadata -> assertThat(metadata.getName()).isEqualTo("b"));
    }

    private static Namespace namespace(String name, String team) {
        return new NamespaceBuilder()
                .withNewMetadata()
                .withName(name)
                .addToLabels("team", team)
                .endMetadata()
                .build();
    }
}
