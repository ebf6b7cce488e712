package dev.aquifer.webhook.inject;

import dev.aquifer.webhook.entitlement.Reason;
import dev.aquifer.webhook.entitlement.Resolution.Refused;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the author of an admitted pod is told: its output annotation and, of every skip, one sentence. */
final class Report {
    private final Answer answer = new Answer();
    private final List<String> warnings = new ArrayList<>();
    private final List<Refused> refused = new ArrayList<>();

    void injected(Injection injection) {
        answer.injected(injection);
    }

    /** Volumes that are left out for one reason. */
    void skipped(List<String> volumes, Reason reason, String message) {
        for (String volume : volumes) {
            answer.skipped(volume, reason);
            refused.add(new Refused(volume, reason, message));
        }
        warnings.add(message);
    }

    /** All volumes of an owner that has too many of them. */
    void skippedOwner(String owner, String message) {
        skipped(List.of(owner + "/*"), Reason.TOO_MANY, message);
    }

    void warn(String message) {
        warnings.add(message);
    }

    String answer() {
        return answer.text();
    }

    List<String> warnings() {
        return warnings;
    }

    /** Why the first volume was left out; null if none was. */
    @Nullable Reason firstSkip() {
        return refused.isEmpty() ? null : refused.getFirst().reason();
    }

    /** The volumes that were left out, one entry each. */
    List<Refused> refused() {
        return refused;
    }
}
