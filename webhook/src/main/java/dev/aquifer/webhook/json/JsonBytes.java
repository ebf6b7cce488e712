package dev.aquifer.webhook.json;

import static java.nio.charset.StandardCharsets.US_ASCII;

/**
 * Finds where values end, and refuses what is no JSON on the way. An index that is given lies behind white space, one that
 * is returned right behind the value.
 */
final class JsonBytes {
    /** Far more than a pod has with its managedFields, far less than a stack. */
    static final int NESTING = 200;

    private static final byte[] TRUE = "true".getBytes(US_ASCII);
    private static final byte[] FALSE = "false".getBytes(US_ASCII);
    private static final byte[] NULL = "null".getBytes(US_ASCII);

    private final byte[] bytes;
    private final int end;
    private final StringBytes strings;

    JsonBytes(byte[] bytes, int end) {
        this.bytes = bytes;
        this.end = end;
        this.strings = new StringBytes(bytes, end);
    }

    /** The byte at an index, or 0, which stands nowhere in JSON, at the end. */
    byte at(int index) {
        return index < end ? bytes[index] : 0;
    }

    boolean atEnd(int index) {
        return index == end;
    }

    int behindSpace(int from) {
        int at = from;
        while (at < end && bytes[at] <= ' ' && isSpace(bytes[at])) {
            at++;
        }
        return at;
    }

    int behindByte(int at, char expected) throws MalformedJsonException {
        if (at(at) != expected) {
            throw fault(at, "'" + expected + "'");
        }
        return at + 1;
    }

    /** @param depth how many objects and arrays the value lies in */
    int behindValue(int at, int depth) throws MalformedJsonException {
        return switch (at(at)) {
            case '{' -> behindObject(at, depth + 1);
            case '[' -> behindArray(at, depth + 1);
            case '"' -> strings.behind(at + 1);
            case 't' -> behindWord(at, TRUE);
            case 'f' -> behindWord(at, FALSE);
            case 'n' -> behindWord(at, NULL);
            default -> behindNumber(at);
        };
    }

    void requireDepth(int at, int depth) throws MalformedJsonException {
        if (depth > NESTING) {
            throw fault(at, "at most " + NESTING + " levels");
        }
    }

    MalformedJsonException fault(int at, String expected) {
        return strings.fault(at, expected);
    }

    private int behindObject(int from, int depth) throws MalformedJsonException {
        requireDepth(from, depth);
        int at = behindSpace(from + 1);
        if (at(at) == '}') {
            return at + 1;
        }
        while (true) {
            at = behindSpace(strings.behind(behindByte(at, '"')));
            at = behindSpace(behindByte(at, ':'));
            at = behindSpace(behindValue(at, depth));
            if (at(at) == '}') {
                return at + 1;
            }
            at = behindSpace(behindByte(at, ','));
        }
    }

    private int behindArray(int from, int depth) throws MalformedJsonException {
        requireDepth(from, depth);
        int at = behindSpace(from + 1);
        if (at(at) == ']') {
            return at + 1;
        }
        while (true) {
            at = behindSpace(behindValue(at, depth));
            if (at(at) == ']') {
                return at + 1;
            }
            at = behindSpace(behindByte(at, ','));
        }
    }

    private int behindWord(int at, byte[] word) throws MalformedJsonException {
        for (int i = 0; i < word.length; i++) {
            if (at(at + i) != word[i]) {
                throw fault(at + i, new String(word, US_ASCII));
            }
        }
        return at + word.length;
    }

    private int behindNumber(int from) throws MalformedJsonException {
        int at = at(from) == '-' ? from + 1 : from;
        at = at(at) == '0' ? at + 1 : behindDigits(at, from == at ? "a value" : "a digit");
        if (at(at) == '.') {
            at = behindDigits(at + 1, "a digit");
        }
        if ((at(at) | 0x20) == 'e') {
            at++;
            at = behindDigits(at(at) == '+' || at(at) == '-' ? at + 1 : at, "a digit");
        }
        return at;
    }

    private int behindDigits(int from, String expected) throws MalformedJsonException {
        int at = from;
        while (at(at) >= '0' && at(at) <= '9') {
            at++;
        }
        if (at == from) {
            throw fault(at, expected);
        }
        return at;
    }

    private static boolean isSpace(byte c) {
        return c == ' ' || c == '\n' || c == '\r' || c == '\t';
    }
}
