package dev.aquifer.webhook.binding.objects;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * When the pods of a pair began to be asked to leave, and until when they are only asked. It is noted in annotations of the
 * pair's volume, which no tenant may write.
 */
public record Eviction(Instant since, Instant until) {
    /** The annotations, each a time as RFC 3339 writes it. */
    public static final String SINCE = "aquifer.dev/evicting-since";

    public static final String UNTIL = "aquifer.dev/evicting-until";

    public static Eviction from(Instant since, Duration deadline) {
        Instant noted = since.truncatedTo(ChronoUnit.MILLIS);
        return new Eviction(noted, noted.plus(deadline));
    }

    /** Reads it; null where it is not noted, or not as the binder writes it: it begins anew then. */
    static @Nullable Eviction read(JsonNode annotations) {
        try {
            return annotations.has(SINCE) && annotations.has(UNTIL)
                    ? new Eviction(
                            Instant.parse(annotations.path(SINCE).asText()),
                            Instant.parse(annotations.path(UNTIL).asText()))
                    : null;
        } catch (DateTimeException e) {
            return null;
        }
    }

    /** The annotations to merge into those that are there; of none, both are taken off. */
    public static ObjectNode annotations(@Nullable Eviction eviction) {
        ObjectNode annotations = JsonNodeFactory.instance.objectNode();
        annotations.put(SINCE, eviction == null ? null : eviction.since.toString());
        annotations.put(UNTIL, eviction == null ? null : eviction.until.toString());
        return annotations;
    }
}
