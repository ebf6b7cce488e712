package dev.aquifer.webhook.inject;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.aquifer.webhook.entitlement.Reason;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the pod's output annotation {@code aquifer.dev/injected} says: per volume what the pod got or why it was skipped.
 * Always the same text for the same answer.
 */
final class Answer {
    static final String KEY = "aquifer.dev/injected";

    private static final JsonFactory JSON = new JsonFactory();

    private final Map<String, Entry> volumes = new TreeMap<>();

    private sealed interface Entry {}

    private record Injected(Injection injection) implements Entry {}

    private record Skipped(Reason reason) implements Entry {}

    /** The text for a pod that is skipped whatever it asks for. */
    static String skippedWhole(Reason reason) {
        return write(json -> json.writeStringField("skipped", reason.label()));
    }

    void injected(Injection injection) {
        volumes.put(injection.key(), new Injected(injection));
    }

    void skipped(String volume, Reason reason) {
        volumes.put(volume, new Skipped(reason));
    }

    String text() {
        return write(json -> {
            for (Map.Entry<String, Entry> volume : volumes.entrySet()) {
                json.writeObjectFieldStart(volume.getKey());
                switch (volume.getValue()) {
                    case Injected(Injection injection) -> {
                        json.writeStringField("role", injection.role().role());
                        json.writeStringField("binding", injection.claimName());
                        json.writeNumberField(
                                "revision", injection.role().volume().generation());
                    }
                    case Skipped(Reason reason) -> json.writeStringField("skipped", reason.label());
                }
                json.writeEndObject();
            }
        });
    }

    @FunctionalInterface
    private interface Members {
        void write(JsonGenerator json) throws IOException;
    }

    private static String write(Members members) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text)) {
            json.writeStartObject();
            members.write(json);
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }
}
