package dev.aquifer.webhook.rest;

/** Cuts texts to what the API server takes, which refuses the whole object for one that is too long. */
public final class Shortened {
    private static final String CUT = "…";
    private static final int CUT_BYTES = 3;

    private Shortened() {}

    /** The text, or its beginning and a mark, of at most so many bytes of UTF-8 and none of them half a character. */
    public static String toBytes(String text, int most) {
        int bytes = 0;
        int fits = 0;
        for (int at = 0; at < text.length(); at += Character.charCount(text.codePointAt(at))) {
            if (bytes <= most - CUT_BYTES) {
                fits = at;
            }
            bytes += bytes(text.codePointAt(at));
            if (bytes > most) {
                return text.substring(0, fits) + CUT;
            }
        }
        return text;
    }

    private static int bytes(int codePoint) {
        if (codePoint < 0x80) {
            return 1;
        }
        if (codePoint < 0x800) {
            return 2;
        }
        return codePoint < 0x10000 ? 3 : 4;
    }
}
