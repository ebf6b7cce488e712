package dev.aquifer.webhook.command.explain;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What becomes of a pod at admission. */
public enum Verdict {
    /** It is admitted with shared volumes. */
    INJECTED,
    /** It is admitted as it is, and has none of them. */
    NOTHING,
    /** It is admitted without volumes that select it. */
    SKIPPED,
    /** It is not admitted. */
    REFUSED;

    @JsonValue
    String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
