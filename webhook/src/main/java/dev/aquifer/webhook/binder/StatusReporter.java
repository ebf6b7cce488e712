package dev.aquifer.webhook.binder;

import com.fasterxml.jackson.databind.JsonNode;
import dev.aquifer.webhook.binder.known.Shared;
import dev.aquifer.webhook.binder.known.Versioned;
import dev.aquifer.webhook.binder.pairs.Outcome;
import dev.aquifer.webhook.binder.requests.Events;
import dev.aquifer.webhook.binding.plan.VolumeCondition;
import dev.aquifer.webhook.binding.plan.VolumePlan;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tells the owner how his volume is: by its status, and by an Event for each condition that says otherwise than before. */
final class StatusReporter {
    private final StatusWriter writer;
    private final Events events;

    StatusReporter(StatusWriter writer, Events events) {
        this.writer = writer;
        this.events = events;
    }

    JsonNode writeRevisions(Versioned<Shared> volume, VolumePlan plan) {
        return writer.writeRevisions(volume, plan);
    }

    /** Returns the answer, or null when nothing was to be written. */
    @Nullable JsonNode write(Versioned<Shared> volume, VolumePlan plan, Upkeep.Found found, Outcome outcome) {
        List<VolumeCondition> planned = new ArrayList<>(plan.conditions());
        planned.addAll(found.conditions());
        List<VolumeCondition> conditions = outcome.conditions(planned);
        JsonNode answer = writer.write(volume, conditions, plan, found.paths().ready(), found.cached());
        if (answer != null) {
            conditions.forEach(condition -> tell(volume.value(), condition));
        }
        return answer;
    }

    private void tell(Shared shared, VolumeCondition condition) {
        if (condition.isBad() && isNews(shared, condition) && !condition.type().equals(VolumeCondition.READY)) {
            events.warning(shared.subject(), "Bind", condition.reason(), condition.message());
        }
    }

    private static boolean isNews(Shared shared, VolumeCondition condition) {
        var before = shared.status().conditions();
        return before == null
                || before.stream()
                        .noneMatch(old -> old.type().equals(condition.type())
                                && old.status().equals(condition.status())
                                && old.reason().equals(condition.reason()));
    }
}
