package dev.aquifer.webhook.command;

import java.util.Collection;

/** A context was named that no kubeconfig has. Another one is not asked in its place. */
final class UnknownContextException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    UnknownContextException(String context, Collection<String> known) {
        super("--context: expected a context of the kubeconfig, found '%s'; %s"
                .formatted(context, known.isEmpty() ? "there is none" : "there are " + String.join(", ", known)));
    }
}
