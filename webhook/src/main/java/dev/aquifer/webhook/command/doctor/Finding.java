package dev.aquifer.webhook.command.doctor;

import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * What a check found.
 *
 * @param check its name
 * @param subject what it is about, such as {@code SharedVolume climate-data/ref}
 * @param message what was expected and what was found
 * @param remedy what to do; empty where nothing is to be done
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Finding(Severity severity, String check, String subject, String message, String remedy) {
    static Finding ok(String check, String subject, String message) {
        return new Finding(Severity.OK, check, subject, message, "");
    }

    static Finding warning(String check, String subject, String message, String remedy) {
        return new Finding(Severity.WARNING, check, subject, message, remedy);
    }

    static Finding error(String check, String subject, String message, String remedy) {
        return new Finding(Severity.ERROR, check, subject, message, remedy);
    }
}
