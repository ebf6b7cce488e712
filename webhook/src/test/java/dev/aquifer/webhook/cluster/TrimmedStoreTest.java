package dev.aquifer.webhook.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class TrimmedStoreTest {
    private final List<String> told = new ArrayList<>();
    private final TrimmedStore<Namespace, String> store = new TrimmedStore<>(
            namespace -> namespace.getMetadata().getLabels().getOrDefault("team", ""),
            TenantReader::stub,
            (key, before, after) -> told.add(key + "=" + after));

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
    void tellsNothingOfAWriteThatChangesNothingOfWhatIsKept() {
        store.put("a", namespace("a", "red"));
        assertThat(store.put("a", namespace("a", "red"))).isNotNull();
        assertThat(told).containsExactly("a=red");
    }

    @Test
    void takesAVolumeWithANewStatusForTheSame() {
        List<String> changed = new ArrayList<>();
        TrimmedStore<GenericKubernetesResource, VolumeSlot> volumes = new TrimmedStore<>(
                new VolumeReader(Served.ALL)::read, TrimmedStore::stub, (key, before, after) -> changed.add(key));
        String volume = """
                apiVersion: aquifer.dev/v1alpha1
                kind: SharedVolume
                metadata: {name: ref, namespace: climate, uid: u-1, generation: %d}
                spec:
                  source: {persistentVolumeClaim: {claimName: data}}
                  mountPath: /ref
                  roles: [{name: reader, paths: [{path: /, access: ReadOnly}]}]
                  access: [{namespaces: {names: [t]}, roles: [reader]}]
                status: {boundNamespaces: %d}
                """;
        volumes.put("climate/ref", parse(volume.formatted(1, 1)));
        volumes.put("climate/ref", parse(volume.formatted(1, 2)));
        assertThat(changed).hasSize(1);
        volumes.put("climate/ref", parse(volume.formatted(2, 2)));
        assertThat(changed).hasSize(2);
    }

    private static GenericKubernetesResource parse(String yaml) {
        return Serialization.unmarshal(yaml, GenericKubernetesResource.class);
    }

    @Test
    void keepsNamesOfDifferentNamespacesApart() {
        assertThat(TrimmedStore.key("a", "b")).isNotEqualTo(TrimmedStore.key(null, "b"));
        assertThat(TrimmedStore.stub(TrimmedStore.key("a", "b")).getMetadata())
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
