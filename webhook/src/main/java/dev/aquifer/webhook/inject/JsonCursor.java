package dev.aquifer.webhook.inject;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.aquifer.webhook.json.MemberNames;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Walks over JSON as the API server writes it: null stands for what is absent, and any other shape is refused. */
final class JsonCursor {
    /** Far more than the volumes, mounts, labels and annotations of the largest pod that is stored. */
    private static final int MOST_KEPT = 50_000;

    private final JsonParser parser;
    private int kept;

    /** Reads the value of one member of an object, at whose first token the parser stands. */
    @FunctionalInterface
    interface MemberReader {
        void read(String name) throws IOException, MalformedPodException;
    }

    /** Reads one item of an array. */
    @FunctionalInterface
    interface ItemReader<T> {
        T read(int index) throws IOException, MalformedPodException;
    }

    JsonCursor(JsonParser parser) {
        this.parser = parser;
    }

    void skip() throws IOException {
        parser.skipChildren();
    }

    boolean atNull() {
        return parser.currentToken() == JsonToken.VALUE_NULL;
    }

    /** Reads an object, in which no name stands twice; false when there is null in its place. */
    boolean members(MemberReader reader) throws IOException, MalformedPodException {
        if (atNull()) {
            return false;
        }
        expect(JsonToken.START_OBJECT, "an object");
        MemberNames names = new MemberNames();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            if (names.full()) {
                throw new MalformedPodException("%s: expected at most %d members, found more; leave some out"
                        .formatted(parser.getParsingContext().getParent().pathAsPointer(), MemberNames.LIMIT));
            }
            if (!names.add(name)) {
                throw new MalformedPodException("%s: expected each name once, found this one twice"
                        .formatted(parser.getParsingContext().pathAsPointer()));
            }
            parser.nextToken();
            reader.read(name);
        }
        return true;
    }

    /** Reads an array; null counts as an empty one. */
    <T> List<T> items(ItemReader<T> reader) throws IOException, MalformedPodException {
        if (atNull()) {
            return List.of();
        }
        expect(JsonToken.START_ARRAY, "an array");
        List<T> items = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            keep();
            items.add(reader.read(items.size()));
        }
        return items;
    }

    /** Reads an object whose members are all strings. */
    Map<String, String> strings() throws IOException, MalformedPodException {
        Map<String, String> strings = new HashMap<>();
        members(name -> {
            keep();
            strings.put(name, string());
        });
        return strings;
    }

    /** Bounds what one pod takes of the memory, however its arrays lie in each other. */
    private void keep() throws MalformedPodException {
        if (++kept > MOST_KEPT) {
            throw new MalformedPodException(
                    "expected at most %d containers, volumes, mounts, labels and annotations together, found more; leave some out"
                            .formatted(MOST_KEPT));
        }
    }

    /** Reads a string; null counts as an empty one. */
    String string() throws IOException, MalformedPodException {
        if (atNull()) {
            return "";
        }
        expect(JsonToken.VALUE_STRING, "a string");
        return parser.getText();
    }

    /** Reads a quantity, which may stand as a number. */
    String quantity() throws IOException, MalformedPodException {
        return parser.currentToken().isNumeric() ? parser.getText() : string();
    }

    /** Reads a boolean; null counts as false. */
    boolean bool() throws IOException, MalformedPodException {
        if (atNull() || parser.currentToken() == JsonToken.VALUE_FALSE) {
            return false;
        }
        expect(JsonToken.VALUE_TRUE, "a boolean");
        return true;
    }

    private void expect(JsonToken expected, String what) throws MalformedPodException {
        JsonToken found = parser.currentToken();
        if (found != expected) {
            throw new MalformedPodException("%s: expected %s, found %s"
                    .formatted(parser.getParsingContext().pathAsPointer(), what, describe(found)));
        }
    }

    private static String describe(@Nullable JsonToken token) {
        return switch (token) {
            case START_OBJECT -> "an object";
            case START_ARRAY -> "an array";
            case VALUE_STRING -> "a string";
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> "a number";
            case VALUE_TRUE, VALUE_FALSE -> "a boolean";
            case VALUE_NULL -> "null";
            case null, default -> "nothing";
        };
    }
}
