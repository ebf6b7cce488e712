package dev.aquifer.webhook.binding.plan;

import com.fasterxml.jackson.databind.JsonNode;
import dev.aquifer.webhook.api.OnRevoke;
import dev.aquifer.webhook.api.SharedVolumeSpec;
import dev.aquifer.webhook.duration.DurationText;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What becomes of pods that run on a pair whose grant was withdrawn. */
public sealed interface RevokePolicy {
    /** Of volumes that do not say how long pods are asked to leave. */
    Duration DEADLINE = Duration.ofMinutes(10);

    /** They go on. */
    record Keep() implements RevokePolicy {}

    /** They are asked to leave for so long, and made to then. */
    record Evict(Duration deadline) implements RevokePolicy {}

    /** What the pair's volume has noted: the SharedVolume has gone, with what it said. */
    record AsNoted() implements RevokePolicy {}

    static RevokePolicy of(SharedVolumeSpec spec) {
        if (spec.onRevoke() != OnRevoke.Evict) {
            return new Keep();
        }
        String deadline = spec.evictDeadline();
        return new Evict(deadline == null ? DEADLINE : DurationText.parse(deadline));
    }

    /** Of a specification that cannot be read as a whole. */
    static RevokePolicy read(JsonNode spec) {
        if (!spec.path("onRevoke").asText().equals(OnRevoke.Evict.name())) {
            return new Keep();
        }
        return new Evict(deadline(spec.path("evictDeadline").textValue()));
    }

    private static Duration deadline(@Nullable String text) {
        try {
            return text == null ? DEADLINE : DurationText.parse(text);
        } catch (IllegalArgumentException e) {
            return DEADLINE;
        }
    }
}
