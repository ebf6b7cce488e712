package dev.aquifer.webhook.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import org.junit.jupiter.api.Test;

final class PartOfStoreTest {
    private final TrimmedStore<GenericKubernetesResource, String> whole = new TrimmedStore<>(
            object -> object.getMetadata().getName(), TrimmedStore::stub, (key, before, after) -> {});
    private final PartOfStore<GenericKubernetesResource> part = new PartOfStore<>(whole, "a");

    @Test
    void showsItsOwnNamespaceAlone() {
        whole.put("ab/x", TrimmedStore.stub("ab/x"));
        assertThat(part.keySet()).isEmpty();

        part.put("a/x", TrimmedStore.stub("a/x"));
        assertThat(part.keySet()).containsExactly("a/x");
        assertThat(part.values())
                .singleElement()
                .satisfies(object -> assertThat(part.getKey(object)).isEqualTo("a/x"));
        assertThat(part.size()).isEqualTo(1);
        assertThat(whole.size()).isEqualTo(2);
    }

    @Test
    void putsAndTakesForTheWhole() {
        part.put("a/x", TrimmedStore.stub("a/x"));
        assertThat(whole.kept("a/x")).isEqualTo("x");
        assertThat(part.remove("a/x")).isNotNull();
        assertThat(whole.kept("a/x")).isNull();
    }
}
