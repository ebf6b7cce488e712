package dev.aquifer.webhook.binder;

import dev.aquifer.webhook.api.SharedVolumeStatus.Condition;
import dev.aquifer.webhook.binding.plan.VolumeCondition;
import dev.aquifer.webhook.rest.Shortened;
import java.time.Clock;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Conditions as they follow those that are written: since when each holds, and what others wrote beside them. */
final class ConditionHistory {
    /** The longest message of a condition (meta/v1 Condition). */
    private static final int MESSAGE = 32_768;
    /** Where the binder does not say one of these, it does not hold any more. */
    private static final Set<String> SOMETIMES = Set.of(VolumeCondition.CACHED, VolumeCondition.PODS_SERVED);

    private final Clock clock;

    ConditionHistory(Clock clock) {
        this.clock = clock;
    }

    /**
     * What is to be written.
     *
     * @param before what is written, null where nothing is
     * @param generation of the shared volume that the binder decided about
     */
    List<Condition> after(@Nullable List<Condition> before, List<VolumeCondition> now, long generation) {
        List<Condition> written = before == null ? List.of() : before;
        List<Condition> all = new ArrayList<>();
        now.forEach(condition -> all.add(next(find(written, condition.type()), condition, generation)));
        written.stream()
                .filter(other -> find(all, other.type()) == null && !SOMETIMES.contains(other.type()))
                .forEach(all::add);
        return all;
    }

    private Condition next(@Nullable Condition before, VolumeCondition condition, long generation) {
        String since = before != null && before.status().equals(condition.status())
                ? before.lastTransitionTime()
                : DateTimeFormatter.ISO_INSTANT.format(clock.instant().truncatedTo(ChronoUnit.SECONDS));
        return new Condition(
                condition.type(),
                condition.status(),
                generation,
                since,
                condition.reason(),
                Shortened.toBytes(condition.message(), MESSAGE));
    }

    private static @Nullable Condition find(List<Condition> conditions, String type) {
        return conditions.stream()
                .filter(condition -> condition.type().equals(type))
                .findFirst()
                .orElse(null);
    }
}
