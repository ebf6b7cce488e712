package dev.aquifer.webhook.admission;

/** A body that is not an AdmissionReview that could be answered; the message is a sentence for whoever sent it. */
final class MalformedReviewException extends Exception {
    private static final long serialVersionUID = 1L;

    MalformedReviewException(String message) {
        super(message);
    }
}
