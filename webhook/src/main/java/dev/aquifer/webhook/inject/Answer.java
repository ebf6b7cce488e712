package dev.aquifer.webhook.inject;

import dev.aquifer.webhook.entitlement.Reason;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the pod's output annotation {@code aquifer.dev/injected} says: per volume what the pod got or why it was skipped.
 * Always the same text for the same answer.
 */
final class Answer {
    private static final String SKIPPED = "{\"skipped\":";

    private final Map<String, Entry> volumes = new TreeMap<>();

    private sealed interface Entry {}

    private record Injected(Injection injection) implements Entry {}

    private record Skipped(Reason reason) implements Entry {}

    /** The text for a pod that is skipped whatever it asks for. */
    static String skippedWhole(Reason reason) {
        return new JsonText(64).raw(SKIPPED).string(reason.label()).raw("}").toString();
    }

    void injected(Injection injection) {
        volumes.put(injection.key(), new Injected(injection));
    }

    void skipped(String volume, Reason reason) {
        volumes.put(volume, new Skipped(reason));
    }

    String text() {
        JsonText json = new JsonText(128 * volumes.size() + 2);
        volumes.forEach((key, entry) -> {
            json.raw(json.isEmpty() ? "{" : ",").string(key).raw(":");
            switch (entry) {
                case Injected(Injection injection) -> {
                    json.raw("{\"role\":").string(injection.role().role());
                    Claims claims = injection.claims();
                    if (claims.first() != null) {
                        json.raw(",\"binding\":").string(claims.first());
                    }
                    if (claims.cached() != null && claims.direct() != null) {
                        json.raw(",\"direct\":").string(claims.direct());
                    }
                    json.raw(",\"revision\":").number(injection.role().volume().generation());
                }
                case Skipped(Reason reason) -> json.raw(SKIPPED).string(reason.label());
            }
            json.raw("}");
        });
        return json.raw(json.isEmpty() ? "{}" : "}").toString();
    }
}
