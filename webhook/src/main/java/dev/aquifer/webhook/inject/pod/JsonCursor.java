package dev.aquifer.webhook.inject.pod;

import dev.aquifer.webhook.json.JsonKind;
import dev.aquifer.webhook.json.JsonReader;
import dev.aquifer.webhook.json.MalformedJsonException;
import dev.aquifer.webhook.json.MemberNames;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Walks over JSON as the API server writes it: null stands for what is absent, and any other shape is refused. */
final class JsonCursor {
    /** Far more than the volumes, mounts, labels and annotations of the largest pod that is stored. */
    private static final int MOST_KEPT = 50_000;

    private final JsonReader json;
    private int kept;

    /** Reads the value of one member of an object, at which the reader stands. */
    @FunctionalInterface
    interface MemberReader {
        void read(String name) throws MalformedJsonException, MalformedPodException;
    }

    /** Reads one item of an array. */
    @FunctionalInterface
    interface ItemReader<T> {
        T read(int index) throws MalformedJsonException, MalformedPodException;
    }

    JsonCursor(JsonReader json) {
        this.json = json;
    }

    void skip() throws MalformedJsonException {
        json.skip();
    }

    boolean atNull() throws MalformedJsonException {
        return json.kind() == JsonKind.NULL;
    }

    /** Passes over null; false when there is something else. */
    boolean skippedNull() throws MalformedJsonException {
        if (!atNull()) {
            return false;
        }
        json.skip();
        return true;
    }

    /** Reads an object, in which no name stands twice; false when there is null in its place. */
    boolean members(MemberReader reader) throws MalformedJsonException, MalformedPodException {
        if (skippedNull()) {
            return false;
        }
        expect(JsonKind.OBJECT);
        json.enter();
        MemberNames names = new MemberNames();
        for (String name = json.nextName(); name != null; name = json.nextName()) {
            if (names.full()) {
                throw new MalformedPodException("%s: expected at most %d members, found more; leave some out"
                        .formatted(json.outerPointer(), MemberNames.LIMIT));
            }
            if (!names.add(name)) {
                throw new MalformedPodException(
                        "%s: expected each name once, found this one twice".formatted(json.pointer()));
            }
            reader.read(name);
        }
        return true;
    }

    /** Reads an array; null counts as an empty one. */
    <T> List<T> items(ItemReader<T> reader) throws MalformedJsonException, MalformedPodException {
        if (skippedNull()) {
            return List.of();
        }
        expect(JsonKind.ARRAY);
        json.enter();
        List<T> items = new ArrayList<>();
        while (json.nextItem()) {
            keep();
            items.add(reader.read(items.size()));
        }
        return items;
    }

    /** Reads an object whose members are all strings. */
    Map<String, String> strings() throws MalformedJsonException, MalformedPodException {
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
    String string() throws MalformedJsonException, MalformedPodException {
        if (skippedNull()) {
            return "";
        }
        expect(JsonKind.STRING);
        return json.string();
    }

    /** Reads a quantity, which may stand as a number. */
    String quantity() throws MalformedJsonException, MalformedPodException {
        return json.kind() == JsonKind.NUMBER ? json.number() : string();
    }

    /** Reads a boolean; null counts as false. */
    boolean bool() throws MalformedJsonException, MalformedPodException {
        if (skippedNull()) {
            return false;
        }
        expect(JsonKind.BOOLEAN);
        return json.bool();
    }

    private void expect(JsonKind expected) throws MalformedJsonException, MalformedPodException {
        JsonKind found = json.kind();
        if (found != expected) {
            throw new MalformedPodException("%s: expected %s, found %s".formatted(json.pointer(), expected, found));
        }
    }
}
