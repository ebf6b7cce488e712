package dev.aquifer.webhook.entitlement;

/** Texts that a tenant wrote, cut to what a person reads. */
public final class Excerpt {
    private static final int LENGTH = 120;
    private static final int SENTENCE = 2000;

    private Excerpt() {}

    /** Of a text that stands within a sentence. */
    public static String of(String text) {
        return cut(text, LENGTH);
    }

    /** Of a sentence with such texts in it. */
    public static String ofSentence(String sentence) {
        return cut(sentence, SENTENCE);
    }

    private static String cut(String text, int length) {
        return text.length() <= length ? text : text.substring(0, length) + "…";
    }
}
