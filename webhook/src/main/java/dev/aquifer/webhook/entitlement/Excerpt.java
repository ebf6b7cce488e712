package dev.aquifer.webhook.entitlement;

/** A text that a tenant wrote, cut to what a sentence can carry. */
public final class Excerpt {
    private static final int LENGTH = 120;

    private Excerpt() {}

    public static String of(String text) {
        return text.length() <= LENGTH ? text : text.substring(0, LENGTH) + "…";
    }
}
