package dev.aquifer.webhook.cluster;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.informers.cache.ItemStore;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Keeps of each object only what this program needs of it. To the informer it hands back stubs, which tell it that a
 * key is known and nothing more.
 *
 * @param <V> the object as the API server has it
 * @param <T> what is kept of it
 */
public final class TrimmedStore<V extends HasMetadata, T> implements ItemStore<V> {
    private final Map<String, T> kept = new ConcurrentHashMap<>();
    private final Function<V, T> trim;
    private final Function<String, V> stub;
    private final ChangeListener<T> listener;

    /**
     * Begins empty.
     *
     * @param stub an object that has this key and metadata, and nothing else
     */
    public TrimmedStore(Function<V, T> trim, Function<String, V> stub, ChangeListener<T> listener) {
        this.trim = trim;
        this.stub = stub;
        this.listener = listener;
    }

    /** What is kept under the key, or null. */
    public @Nullable T kept(String key) {
        return kept.get(key);
    }

    /** All that is kept, as it is while one looks. */
    public Collection<T> all() {
        return kept.values();
    }

    /** The key of a name; the namespace is null for what has none. */
    public static String key(@Nullable String namespace, String name) {
        return namespace == null ? name : namespace + "/" + name;
    }

    /** The stub of an object that is watched as JSON. */
    public static GenericKubernetesResource stub(String key) {
        int slash = key.indexOf('/');
        GenericKubernetesResource stub = new GenericKubernetesResource();
        stub.setMetadata(new ObjectMetaBuilder()
                .withNamespace(slash < 0 ? null : key.substring(0, slash))
                .withName(key.substring(slash + 1))
                .build());
        return stub;
    }

    @Override
    public String getKey(V object) {
        return key(object.getMetadata().getNamespace(), object.getMetadata().getName());
    }

    @Override
    @SuppressWarnings("NullAway") // the interface is older than null marks: null says that the key was not known
    public V put(String key, V object) {
        T value = trim.apply(object);
        T before = kept.put(key, value);
        if (!value.equals(before)) {
            listener.changed(key, before, value);
        }
        return before != null ? stub.apply(key) : null;
    }

    @Override
    @SuppressWarnings("NullAway") // as above
    public V remove(String key) {
        T before = kept.remove(key);
        if (before == null) {
            return null;
        }
        listener.changed(key, before, null);
        return stub.apply(key);
    }

    @Override
    @SuppressWarnings("NullAway") // as above
    public V get(String key) {
        return kept.containsKey(key) ? stub.apply(key) : null;
    }

    @Override
    public Stream<String> keySet() {
        return kept.keySet().stream();
    }

    @Override
    public Stream<V> values() {
        return kept.keySet().stream().map(stub);
    }

    @Override
    public int size() {
        return kept.size();
    }

    /** What is not kept cannot be handed out later. */
    @Override
    public boolean isFullState() {
        return false;
    }
}
