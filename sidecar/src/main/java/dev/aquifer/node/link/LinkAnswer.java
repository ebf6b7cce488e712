package dev.aquifer.node.link;

import io.vertx.core.json.JsonObject;
import java.util.List;

/** What one process of the node answers the other. */
public sealed interface LinkAnswer {
    /** The answers to {@link LinkRequest.Acquire}. */
    sealed interface OfAcquire extends LinkAnswer {}

    /**
     * The snapshot is complete.
     *
     * @param directory relative to the cache folder
     * @param snapshot its id, 64 hexadecimal digits
     */
    record Ready(String directory, String snapshot) implements OfAcquire {}

    /**
     * The fill goes on; to ask again joins it.
     *
     * @param message how far it is, a sentence for people
     */
    record Filling(String message) implements OfAcquire {}

    /**
     * It cannot be had.
     *
     * @param message why, and what to do
     */
    record Refused(RefusalCode code, String message) implements OfAcquire {}

    /**
     * How a snapshot is.
     *
     * @param message what is wrong, or which snapshot it is
     * @param files how many inodes it shows
     * @param bytes the sum of its files' sizes
     */
    record Condition(boolean damaged, String message, long files, long bytes) implements LinkAnswer {}

    /** What was reported has been taken note of. */
    record Noted() implements LinkAnswer {}

    /** All that the process knows of its datasets. */
    record Status(JsonObject json) implements LinkAnswer {}

    /** A volume of each dataset that pods have. */
    record Volumes(List<PublishedVolume> published) implements LinkAnswer {
        public Volumes {
            published = List.copyOf(published);
        }
    }

    /** The root of each mount below kubelet's folder. */
    record Mounted(List<MountedRoot> roots) implements LinkAnswer {
        public Mounted {
            roots = List.copyOf(roots);
        }
    }
}
