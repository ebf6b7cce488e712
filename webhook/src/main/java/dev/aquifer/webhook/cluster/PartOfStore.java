package dev.aquifer.webhook.cluster;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.informers.cache.ItemStore;
import java.util.stream.Stream;

/**
 * The objects of one namespace in a store of several. An informer takes what its list lacks for gone, so that each must
 * see its own namespace only.
 */
final class PartOfStore<V extends HasMetadata> implements ItemStore<V> {
    private final ItemStore<V> whole;
    private final String prefix;

    PartOfStore(ItemStore<V> whole, String namespace) {
        this.whole = whole;
        this.prefix = namespace + "/";
    }

    @Override
    public String getKey(V object) {
        return whole.getKey(object);
    }

    @Override
    public V put(String key, V object) {
        return whole.put(key, object);
    }

    @Override
    public V remove(String key) {
        return whole.remove(key);
    }

    @Override
    public V get(String key) {
        return whole.get(key);
    }

    @Override
    public Stream<String> keySet() {
        return whole.keySet().filter(key -> key.startsWith(prefix));
    }

    @Override
    public Stream<V> values() {
        return keySet().map(whole::get);
    }

    @Override
    public int size() {
        return (int) keySet().count();
    }

    @Override
    public boolean isFullState() {
        return whole.isFullState();
    }
}
