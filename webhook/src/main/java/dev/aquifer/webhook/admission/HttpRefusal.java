package dev.aquifer.webhook.admission;

import java.util.Locale;

/** Why a request gets an HTTP error instead of a review: its sender, not the pod, has to change something. */
enum HttpRefusal {
    UNKNOWN_PATH(404, "Expected POST /mutate or POST /validate, found another path."),
    WRONG_METHOD(405, "Expected POST, found another method."),
    WRONG_TYPE(415, "Expected Content-Type: application/json without a Content-Encoding, found another."),
    WRONG_TIMEOUT(400, "Expected a timeout such as ?timeout=2s, found another form."),
    TOO_LARGE(413, "Expected a review of at most 16 MiB, found a longer one."),
    TOO_SLOW(408, "Expected the whole review within the timeout, found only a part of it."),
    BUSY(429, "Too many bytes are in flight. Try again in a second."),
    MALFORMED_REVIEW(400, "Expected an AdmissionReview of admission.k8s.io/v1."),
    INTERNAL(500, "This is the webhook's own fault; its log says more.");

    private final int status;
    private final String message;
    private final String label = name().toLowerCase(Locale.ROOT).replace('_', '-');

    HttpRefusal(int status, String message) {
        this.status = status;
        this.message = message;
    }

    int status() {
        return status;
    }

    String message() {
        return message;
    }

    /** The value of the metric label {@code reason}. */
    String label() {
        return label;
    }
}
