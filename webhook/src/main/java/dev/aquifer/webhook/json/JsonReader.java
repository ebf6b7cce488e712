package dev.aquifer.webhook.json;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import org.jspecify.annotations.Nullable;

/**
 * Walks over a JSON document in UTF-8, value by value, and refuses all that RFC 8259 does not allow, also in what is
 * skipped. It stands at the first byte of a value, which is either read or skipped, once.
 */
public final class JsonReader {
    private final byte[] bytes;
    private final JsonBytes json;
    private final StringBytes strings;
    private final NameCache names;
    private final JsonPlace place = new JsonPlace();
    private int at;
    private boolean opened;

    /** A place to come back to. */
    public record Mark(int at, int depth) {}

    /** Stands at the document's only value, in the first bytes of an array. */
    public JsonReader(byte[] bytes, int length, NameCache names) {
        this.bytes = bytes;
        this.json = new JsonBytes(bytes, length);
        this.strings = new StringBytes(bytes, length);
        this.names = names;
        this.at = json.behindSpace(0);
    }

    public JsonKind kind() throws MalformedJsonException {
        return switch (json.at(at)) {
            case '{' -> JsonKind.OBJECT;
            case '[' -> JsonKind.ARRAY;
            case '"' -> JsonKind.STRING;
            case 't', 'f' -> JsonKind.BOOLEAN;
            case 'n' -> JsonKind.NULL;
            case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> JsonKind.NUMBER;
            default -> throw json.fault(at, "a value");
        };
    }

    /** Passes over the value. */
    public void skip() throws MalformedJsonException {
        at = json.behindValue(at, place.depth());
    }

    /** Goes into an object or array. */
    public void enter() throws MalformedJsonException {
        place.enter();
        json.requireDepth(at, place.depth());
        at++;
        opened = true;
    }

    /** The name of the object's next member, at whose value it stands then; null behind its last. */
    public @Nullable String nextName() throws MalformedJsonException {
        if (!more('}')) {
            return null;
        }
        json.behindByte(at, '"');
        String name = text(true);
        at = json.behindSpace(json.behindByte(json.behindSpace(at), ':'));
        place.name(name);
        return name;
    }

    /** Whether there is another item in the array, at which it stands then. */
    public boolean nextItem() throws MalformedJsonException {
        if (!more(']')) {
            return false;
        }
        place.nextIndex();
        return true;
    }

    /** Reads a string. */
    public String string() throws MalformedJsonException {
        return text(false);
    }

    /** Reads a number, as it is written. */
    public String number() throws MalformedJsonException {
        int from = at;
        skip();
        strings.requireShort(from, at - from);
        return new String(bytes, from, at - from, ISO_8859_1);
    }

    /** Reads a boolean. */
    public boolean bool() throws MalformedJsonException {
        boolean value = json.at(at) == 't';
        skip();
        return value;
    }

    public Mark mark() {
        return new Mark(at, place.depth());
    }

    public void reset(Mark mark) {
        at = mark.at;
        place.leaveTo(mark.depth);
        opened = false;
    }

    /** A JSON pointer to the value where it stands. */
    public String pointer() {
        return place.pointer(place.depth());
    }

    /** A JSON pointer to the object or array that it is in. */
    public String outerPointer() {
        return place.pointer(place.depth() - 1);
    }

    /** Whether nothing but white space is left. */
    public boolean atEnd() {
        at = json.behindSpace(at);
        return json.atEnd(at);
    }

    private boolean more(char end) throws MalformedJsonException {
        at = json.behindSpace(at);
        if (json.at(at) == end) {
            at++;
            opened = false;
            place.leaveTo(place.depth() - 1);
            return false;
        }
        if (!opened) {
            at = json.behindSpace(json.behindByte(at, ','));
        }
        opened = false;
        return true;
    }

    private String text(boolean name) throws MalformedJsonException {
        int from = at + 1;
        int plain = strings.plainUntil(from);
        at = strings.behind(plain);
        if (at != plain + 1) {
            return strings.decode(from, at - 1);
        }
        strings.requireShort(from, plain - from);
        return name ? names.get(bytes, from, plain) : new String(bytes, from, plain - from, ISO_8859_1);
    }
}
