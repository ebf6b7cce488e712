package dev.aquifer.webhook.inject;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.nio.charset.StandardCharsets;

/**
 * JSON that is put together from fixed pieces and quoted texts. A patch is a kilobyte, most of it fixed: a generator
 * that looks at every character of that takes twice as long.
 */
final class JsonText {
    private static final JsonStringEncoder ENCODER = JsonStringEncoder.getInstance();

    private final StringBuilder text;

    /** @param capacity how many characters are to be expected */
    JsonText(int capacity) {
        this.text = new StringBuilder(capacity);
    }

    boolean isEmpty() {
        return text.isEmpty();
    }

    /** Appends what is JSON already. */
    JsonText raw(String piece) {
        text.append(piece);
        return this;
    }

    JsonText number(long value) {
        text.append(value);
        return this;
    }

    /** Appends a string, in quotes. */
    JsonText string(String value) {
        text.append('"');
        int start = 0;
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c < ' ' || c == '"' || c == '\\') {
                text.append(value, start, i);
                if (c < ' ') {
                    ENCODER.quoteAsString(value.substring(i, i + 1), text);
                } else {
                    text.append('\\').append(c);
                }
                start = i + 1;
            }
        }
        text.append(value, start, value.length()).append('"');
        return this;
    }

    byte[] bytes() {
        return toString().getBytes(StandardCharsets.UTF_8);
    }

    /** All that was written. */
    @Override
    public String toString() {
        return text.toString();
    }
}
