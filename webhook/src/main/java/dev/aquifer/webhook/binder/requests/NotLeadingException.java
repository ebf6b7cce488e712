package dev.aquifer.webhook.binder.requests;

/** The lease is lost, or is not known to be held: nothing may be written. */
public final class NotLeadingException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NotLeadingException() {
        super("expected to hold the lease, found it lost: another replica goes on");
    }
}
