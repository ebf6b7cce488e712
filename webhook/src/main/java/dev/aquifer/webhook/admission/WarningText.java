package dev.aquifer.webhook.admission;

import dev.aquifer.webhook.rest.Shortened;

/**
 * Brings a warning into the form that reaches the user: the API server drops what holds control characters, and cuts
 * what is longer than 256 bytes.
 */
final class WarningText {
    private static final int BYTES = 256;

    private WarningText() {}

    static String of(String warning) {
        StringBuilder text = new StringBuilder(warning);
        for (int at = 0; at < text.length(); at++) {
            if (Character.isISOControl(text.charAt(at))) {
                text.setCharAt(at, ' ');
            }
        }
        return Shortened.toBytes(text.toString(), BYTES);
    }
}
