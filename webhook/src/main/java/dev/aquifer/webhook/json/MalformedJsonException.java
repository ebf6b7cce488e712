package dev.aquifer.webhook.json;

/** Bytes that break the rules of JSON (RFC 8259, in UTF-8); the message says where, what was expected and what found. */
public final class MalformedJsonException extends Exception {
    private static final long serialVersionUID = 1L;

    MalformedJsonException(int at, String expected, String found) {
        super("at byte %d expected %s, found %s".formatted(at, expected, found));
    }
}
