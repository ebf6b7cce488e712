package dev.aquifer.node.link;

/**
 * A volume that pods of this node have.
 *
 * @param key the dataset's fetch key; it stays out of {@code toString}
 */
public record PublishedVolume(VolumeAttributes attributes, String key) {
    @Override
    public String toString() {
        return "PublishedVolume[%s]".formatted(attributes);
    }
}
