package dev.aquifer.node.dataset;

import java.nio.charset.StandardCharsets;

/** Shows foreign bytes to people: printable ASCII as it is, all else escaped, cut to a length that fits a log line. */
public final class Shown {
    private static final int LONGEST = 200;

    private Shown() {}

    /** A name or path; bytes outside printable ASCII become {@code \xNN}. */
    public static String bytes(byte[] content) {
        var shown = new StringBuilder();
        for (byte b : content) {
            if (shown.length() >= LONGEST) {
                return shown.append("...").toString();
            }
            if (b >= ' ' && b < 0x7f && b != '\\') {
                shown.append((char) b);
            } else {
                shown.append("\\x%02x".formatted(b & 0xff));
            }
        }
        return shown.toString();
    }

    /** A text that someone else sent. */
    public static String text(String content) {
        var cut = content.length() > LONGEST ? content.substring(0, LONGEST + 1) : content;
        return bytes(cut.getBytes(StandardCharsets.UTF_8));
    }
}
