package dev.aquifer.node.local;

import dev.aquifer.node.link.VolumeAttributes;
import dev.aquifer.node.remote.Peer;
import dev.aquifer.node.transfer.DatasetKey;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a dataset's origin.
 *
 * @param name {@code owner/name} of its SharedVolume, for people
 * @param peer null until a volume or the list of datasets names it
 * @param key null until kubelet, or a prefetch key, brings it: it is never written to the disk
 */
public record DatasetConnection(
        String name, @Nullable Peer peer, @Nullable DatasetKey key) {
    /** The same with what is newer; null where nothing is. */
    public DatasetConnection with(String newName, Peer newPeer, @Nullable DatasetKey newKey) {
        return new DatasetConnection(newName, newPeer, newKey == null ? key : newKey);
    }

    /** The same with what a volume names. */
    public DatasetConnection with(VolumeAttributes volume, DatasetKey newKey) {
        return with(volume.sharedVolume(), new Peer(volume.origin(), volume.originAddress()), newKey);
    }

    /** The namespace that the dataset belongs to. */
    String owner() {
        int slash = name.indexOf('/');
        return slash < 0 ? name : name.substring(0, slash);
    }

    public boolean canFetch() {
        return peer != null && key != null;
    }
}
