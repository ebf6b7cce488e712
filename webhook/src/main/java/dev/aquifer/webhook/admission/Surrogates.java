package dev.aquifer.webhook.admission;

/** Finds halves of surrogate pairs, which JSON's escapes can spell and UTF-8 cannot. */
final class Surrogates {
    private static final char REPLACEMENT = '\uFFFD';

    private Surrogates() {}

    static boolean hasLone(String text) {
        return firstLone(text, 0) < text.length();
    }

    static String replaceLone(String text) {
        int lone = firstLone(text, 0);
        if (lone == text.length()) {
            return text;
        }
        StringBuilder whole = new StringBuilder(text);
        while (lone < text.length()) {
            whole.setCharAt(lone, REPLACEMENT);
            lone = firstLone(text, lone + 1);
        }
        return whole.toString();
    }

    /** The index of the first lone half from there on, or the text's length. */
    private static int firstLone(String text, int from) {
        int at = from;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (!Character.isSurrogate(c)) {
                at++;
            } else if (Character.charCount(text.codePointAt(at)) == 2) {
                at += 2;
            } else {
                return at;
            }
        }
        return at;
    }
}
