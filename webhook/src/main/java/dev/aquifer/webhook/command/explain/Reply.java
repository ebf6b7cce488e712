package dev.aquifer.webhook.command.explain;

import com.fasterxml.jackson.databind.JsonNode;
import dev.aquifer.webhook.inject.Explanation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What admission does with a pod, and why.
 *
 * @param reason in kebab case, as metrics and logs show it
 * @param message why it gets nothing or is refused; null when it gets its volumes
 * @param warnings what its author is told beside that
 * @param explanation container by container; null when admission never looks at the pod, and of a dry run
 * @param pod as it would be stored; as it came when it is refused
 */
public record Reply(
        Verdict verdict,
        String reason,
        @Nullable String message,
        List<String> warnings,
        @Nullable Explanation explanation,
        JsonNode pod) {
    public Reply {
        warnings = List.copyOf(warnings);
    }
}
