package dev.aquifer.webhook.command.doctor;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** How bad a finding is, the worst first. */
public enum Severity {
    /** Something does not work, or will not within days. */
    ERROR,
    /** Something may surprise somebody, or could not be looked at. */
    WARNING,
    /** It is as it should be. */
    OK;

    @JsonValue
    String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
