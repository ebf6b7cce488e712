package dev.aquifer.webhook.admission;

/**
 * Brings a warning into the form that reaches the user: the API server drops what holds control characters, and cuts
 * what is longer than 256 bytes.
 */
final class WarningText {
    private static final int BYTES = 256;
    private static final String CUT = "…";
    private static final int CUT_BYTES = 3;

    private WarningText() {}

    static String of(String warning) {
        StringBuilder text = new StringBuilder(warning.length());
        int bytes = 0;
        int lastThatFits = 0;
        int at = 0;
        while (at < warning.length()) {
            int read = warning.codePointAt(at);
            at += Character.charCount(read);
            int written = Character.isISOControl(read) ? ' ' : read;
            bytes += utf8Length(written);
            if (bytes > BYTES) {
                text.setLength(lastThatFits);
                return text.append(CUT).toString();
            }
            text.appendCodePoint(written);
            if (bytes <= BYTES - CUT_BYTES) {
                lastThatFits = text.length();
            }
        }
        return text.toString();
    }

    private static int utf8Length(int codePoint) {
        if (codePoint < 0x80) {
            return 1;
        }
        if (codePoint < 0x800) {
            return 2;
        }
        return codePoint < 0x10000 ? 3 : 4;
    }
}
