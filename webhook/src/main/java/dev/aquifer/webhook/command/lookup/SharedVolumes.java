package dev.aquifer.webhook.command.lookup;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/** What commands expect of the SharedVolume that they were told. */
public final class SharedVolumes {
    private SharedVolumes() {}

    /**
     * The volume itself.
     *
     * @param key {@code owner/name}
     * @throws IllegalArgumentException when there is none
     */
    public static JsonNode expect(String key, @Nullable JsonNode found) {
        if (found == null) {
            throw new IllegalArgumentException(
                    "expected SharedVolume %s, found none; check the name and --namespace".formatted(key));
        }
        return found;
    }

    /**
     * Goes on with a cached volume only.
     *
     * @throws IllegalArgumentException when nodes keep nothing of it
     */
    public static void expectCached(String key, JsonNode volume) {
        if (!isCached(volume)) {
            throw new IllegalArgumentException(
                    "expected SharedVolume %s to have readPath: Cached, found Direct: nodes keep nothing of it"
                            .formatted(key));
        }
    }

    /** Whether nodes keep it. */
    public static boolean isCached(JsonNode volume) {
        return volume.at("/spec/readPath").asText().equals("Cached");
    }
}
