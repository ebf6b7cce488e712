package dev.aquifer.webhook.binder.known;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What was written for each shared volume and has not come back through the watches yet: until then no plan is made for
 * it, which would only repeat the writes. What does not come back in time (it may be gone already) is waited for no
 * longer.
 */
public final class Written {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Map<String, Map<String, Expected>> expected = new ConcurrentHashMap<>();
    private final LongSupplier nanoTime;

    /** @param known what is known now of the written object */
    private record Expected(Function<String, @Nullable Versioned<?>> known, String version, long since) {}

    public Written(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /**
     * Notes a write.
     *
     * @param known finds what is known of the object under this key
     * @param object as the API server answered
     */
    public void note(String volumeUid, Function<String, @Nullable Versioned<?>> known, String key, JsonNode object) {
        String version = object.path("metadata").path("resourceVersion").asText();
        expected.computeIfAbsent(volumeUid, uid -> new ConcurrentHashMap<>())
                .put(key, new Expected(known, version, nanoTime.getAsLong()));
    }

    /** The object has gone, so it will not come back as it was written. */
    public void gone(String volumeUid, String key) {
        expected.computeIfPresent(volumeUid, (uid, waiting) -> {
            waiting.remove(key);
            return waiting;
        });
    }

    /** Whether all that was written for the volume is known, or was waited for long enough. */
    public boolean isKnown(String volumeUid) {
        Map<String, Expected> waiting = expected.get(volumeUid);
        if (waiting == null) {
            return true;
        }
        Iterator<Map.Entry<String, Expected>> each = waiting.entrySet().iterator();
        while (each.hasNext()) {
            Map.Entry<String, Expected> next = each.next();
            if (!isOver(next.getKey(), next.getValue())) {
                return false;
            }
            each.remove();
        }
        expected.remove(volumeUid);
        return true;
    }

    private boolean isOver(String key, Expected write) {
        Versioned<?> known = write.known.apply(key);
        return (known != null && known.isAtLeast(write.version))
                || nanoTime.getAsLong() - write.since > PATIENCE.toNanos();
    }
}
