package dev.aquifer.certs;

/**
 * A certificate, key, request or chain that cannot be used. The message is a sentence that says what was expected and
 * what was found; it never holds key material.
 */
public final class InvalidCertificate extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Problem problem;

    public InvalidCertificate(Problem problem, String message) {
        super(message);
        this.problem = problem;
    }

    public InvalidCertificate(Problem problem, String message, Throwable cause) {
        super(message, cause);
        this.problem = problem;
    }

    public Problem problem() {
        return problem;
    }

    /** What is wrong, for programs; the message says it for people. */
    public enum Problem {
        /** Not PEM, not DER, or not the kind of object that was expected. */
        MALFORMED,
        /** The private key does not belong to the certificate, or is of a kind that is not accepted. */
        WRONG_KEY,
        NOT_YET_VALID,
        EXPIRED,
        /** The chain leads to no trusted authority, or its links do not fit. */
        FOREIGN,
        /** The certificate is not for the host that was asked for. */
        WRONG_NAME,
        /** The certificate may not be used for this: not an authority, or not a server's. */
        WRONG_USE
    }
}
