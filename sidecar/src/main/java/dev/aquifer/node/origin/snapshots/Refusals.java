package dev.aquifer.node.origin.snapshots;

import dev.aquifer.node.dataset.DatasetPath;
import dev.aquifer.node.transfer.LeftOut;
import java.util.stream.Collectors;

/** The sentences in which an origin says why it has no snapshot. */
final class Refusals {
    private static final int NAMED = 3;

    private Refusals() {}

    static String unreadable(LeftOut leftOut) {
        return "Expected a source that the origin may read, found %d files or directories that it may not (%s); let the origin run as their user or group, or set cache.onUnreadable to Skip"
                .formatted(leftOut.count(), named(leftOut));
    }

    static String failing(LeftOut leftOut) {
        return "Expected a source whose files can be read, found %d of which reading fails (%s); check the source's volume, or set cache.onUnreadable to Skip"
                .formatted(leftOut.count(), named(leftOut));
    }

    private static String named(LeftOut leftOut) {
        return leftOut.examples().stream()
                .limit(NAMED)
                .map(DatasetPath::toString)
                .collect(Collectors.joining(", "));
    }

    static String failed(Exception cause) {
        return "Expected to list the source, found that it fails (%s); check the source's volume"
                .formatted(cause.getMessage());
    }
}
