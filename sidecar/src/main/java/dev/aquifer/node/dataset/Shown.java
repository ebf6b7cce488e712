package dev.aquifer.node.dataset;

import java.nio.charset.StandardCharsets;

/** Shows foreign bytes to people: printable ASCII as it is, all else escaped, cut to a length that fits a log line. */
public final class Shown {
    private static final int LONGEST = 200;
    /** Fits an event of Kubernetes, which may have 1,024. */
    private static final int LONGEST_SENTENCE = 800;

    private Shown() {}

    /** A name or path; bytes outside printable ASCII become {@code \xNN}. */
    public static String bytes(byte[] content) {
        return shown(content, LONGEST, '\\');
    }

    /** A text that someone else sent. */
    public static String text(String content) {
        return bytes(start(content, LONGEST));
    }

    /** A sentence that someone else sent, who has escaped the names in it already. It can stand between double quotes. */
    public static String sentence(String content) {
        return shown(start(content, LONGEST_SENTENCE), LONGEST_SENTENCE, '"');
    }

    private static byte[] start(String content, int longest) {
        var cut = content.length() > longest ? content.substring(0, longest + 1) : content;
        return cut.getBytes(StandardCharsets.UTF_8);
    }

    private static String shown(byte[] content, int longest, char escaped) {
        var shown = new StringBuilder();
        for (byte b : content) {
            if (shown.length() >= longest) {
                return shown.append("...").toString();
            }
            if (b >= ' ' && b < 0x7f && b != escaped) {
                shown.append((char) b);
            } else {
                shown.append("\\x%02x".formatted(b & 0xff));
            }
        }
        return shown.toString();
    }
}
