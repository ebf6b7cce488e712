package dev.aquifer.webhook.json;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Finds where strings end, eight bytes at a time, and decodes them; refuses what is no UTF-8, no escape or a bare control character. */
final class StringBytes {
    private static final VarHandle EIGHT = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    /** More than the whole object that etcd takes (1.5 MiB), and so little that no text fills the memory. */
    private static final int LONGEST = 4 << 20;

    private static final long ONES = 0x0101010101010101L;
    private static final long HIGHS = 0x8080808080808080L;
    private static final String ESCAPED = "\"\\/bfnrt";
    private static final String MEANT = "\"\\/\b\f\n\r\t";

    private final byte[] bytes;
    private final int end;

    StringBytes(byte[] bytes, int end) {
        this.bytes = bytes;
        this.end = end;
    }

    /** The index behind the closing quote of a string whose text begins here. */
    int behind(int from) throws MalformedJsonException {
        int at = plainUntil(from);
        while (at(at) != '"') {
            at = plainUntil(at(at) == '\\' ? behindEscape(at) : behindCharacter(at));
        }
        return at + 1;
    }

    /** The index of the first byte from there on that is a quote, a backslash, a control character or not ASCII; or the end. */
    int plainUntil(int from) {
        int at = from;
        while (at <= end - Long.BYTES) {
            long eight = eight(bytes, at);
            // each leaves the high bit of its bytes; what a borrow adds lies behind the first one, which alone counts
            long quotes = (eight ^ '"' * ONES) - ONES;
            long backslashes = (eight ^ '\\' * ONES) - ONES;
            long controls = eight - ' ' * ONES;
            long special = (((quotes | backslashes | controls) & ~eight) | eight) & HIGHS;
            if (special != 0) {
                return at + (Long.numberOfTrailingZeros(special) >>> 3);
            }
            at += Long.BYTES;
        }
        while (at < end && bytes[at] >= ' ' && bytes[at] != '"' && bytes[at] != '\\') {
            at++;
        }
        return at;
    }

    /** Eight bytes as one number, the first of them lowest. */
    static long eight(byte[] bytes, int at) {
        return (long) EIGHT.get(bytes, at);
    }

    /** The text between two quotes, which {@link #behind} has found to be sound. */
    String decode(int from, int to) throws MalformedJsonException {
        StringBuilder text = new StringBuilder(Math.min(to - from, LONGEST));
        int at = from;
        while (at < to) {
            int escape = at;
            while (escape < to && bytes[escape] != '\\') {
                escape++;
            }
            requireShort(from, text.length() + escape - at);
            text.append(new String(bytes, at, escape - at, UTF_8));
            at = escape == to ? to : decodeEscape(escape + 1, text);
        }
        requireShort(from, text.length());
        return text.toString();
    }

    void requireShort(int from, int length) throws MalformedJsonException {
        if (length > LONGEST) {
            throw new MalformedJsonException(from, "at most " + LONGEST + " bytes of text", "more");
        }
    }

    MalformedJsonException fault(int at, String expected) {
        return new MalformedJsonException(at, expected, describe(at));
    }

    private int decodeEscape(int at, StringBuilder text) {
        if (bytes[at] == 'u') {
            text.append((char) Integer.parseInt(new String(bytes, at + 1, 4, ISO_8859_1), 16));
            return at + 5;
        }
        text.append(MEANT.charAt(ESCAPED.indexOf(bytes[at])));
        return at + 1;
    }

    private int behindEscape(int at) throws MalformedJsonException {
        if (at(at + 1) != 'u') {
            if (at(at + 1) <= 0 || ESCAPED.indexOf(at(at + 1)) < 0) {
                throw fault(at + 1, "the letter of an escape");
            }
            return at + 2;
        }
        for (int digit = at + 2; digit < at + 6; digit++) {
            if (at(digit) <= 0 || Character.digit(at(digit), 16) < 0) {
                throw fault(digit, "a hexadecimal digit");
            }
        }
        return at + 6;
    }

    /** Behind one character that is not ASCII (RFC 3629, section 4). */
    private int behindCharacter(int at) throws MalformedJsonException {
        int lead = at(at) & 0xff;
        int length = lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
        int lowest = lead == 0xe0 ? 0xa0 : lead == 0xf0 ? 0x90 : 0x80;
        int highest = lead == 0xed ? 0x9f : lead == 0xf4 ? 0x8f : 0xbf;
        int second = at(at + 1) & 0xff;
        boolean sound = lead >= 0xc2 && lead <= 0xf4 && second >= lowest && second <= highest;
        for (int i = 2; i < length; i++) {
            sound &= (at(at + i) & 0xc0) == 0x80;
        }
        if (!sound) {
            throw fault(at, lead < ' ' ? "the end of a string" : "UTF-8");
        }
        return at + length;
    }

    private byte at(int index) {
        return index < end ? bytes[index] : 0;
    }

    private String describe(int at) {
        if (at >= end) {
            return "the end";
        }
        byte found = bytes[at];
        return found > ' ' && found < 0x7f ? "'" + (char) found + "'" : "the byte 0x%02x".formatted(found);
    }
}
