package dev.aquifer.webhook.cluster;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Labels as they are kept: thousands of namespaces have the same few, so each text is in memory once. */
public final class SharedTexts {
    private SharedTexts() {}

    /** A copy of the labels; empty for none. */
    public static Map<String, String> of(@Nullable Map<String, String> labels) {
        if (labels == null) {
            return Map.of();
        }
        Map<String, String> shared = HashMap.newHashMap(labels.size());
        labels.forEach((key, value) -> shared.put(key.intern(), value.intern()));
        return shared;
    }
}
