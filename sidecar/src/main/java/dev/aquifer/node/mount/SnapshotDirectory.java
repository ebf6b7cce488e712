package dev.aquifer.node.mount;

import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A snapshot's directory in the cache. Both ids are hexadecimal, so no path can be made of them that leads elsewhere.
 *
 * @param dataset 32 digits
 * @param snapshot 64 digits
 */
public record SnapshotDirectory(String dataset, String snapshot) {
    private static final Pattern BELOW_THE_CACHE =
            Pattern.compile("datasets/(?<dataset>[0-9a-f]{32})/snapshots/(?<snapshot>[0-9a-f]{64})");
    private static final Pattern MOUNTED =
            Pattern.compile("(?:.*/)?" + BELOW_THE_CACHE + "(?://deleted)?", Pattern.DOTALL);

    /**
     * Reads what the other process says.
     *
     * @throws IllegalArgumentException if it is no such directory
     */
    public static SnapshotDirectory parse(String directory) {
        Matcher matcher = BELOW_THE_CACHE.matcher(directory);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    "expected datasets/<32 digits>/snapshots/<64 digits>, found '%s'".formatted(directory));
        }
        return of(matcher);
    }

    /** Reads the root of a mount; null if it is not of a snapshot's form. A removed one still has its name. */
    static @Nullable SnapshotDirectory ofMount(String root) {
        Matcher matcher = MOUNTED.matcher(root);
        return matcher.matches() ? of(matcher) : null;
    }

    /** Whether a text that cannot be understood speaks of any. */
    static boolean isNamedIn(String text) {
        return BELOW_THE_CACHE.matcher(text).find();
    }

    private static SnapshotDirectory of(Matcher matcher) {
        return new SnapshotDirectory(matcher.group("dataset"), matcher.group("snapshot"));
    }

    byte[] bytes() {
        return toString().getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public String toString() {
        return "datasets/" + dataset + "/snapshots/" + snapshot;
    }
}
