package dev.aquifer.webhook.inject;

import dev.aquifer.webhook.entitlement.Excerpt;
import dev.aquifer.webhook.entitlement.Reason;
import java.util.List;
import java.util.stream.Stream;

/** What admission answers for a pod. */
public sealed interface Decision {

    /** Why; never null, and of a set that no tenant can widen. */
    Reason reason();

    /** Sentences for the person who creates the pod; often empty. */
    List<String> warnings();

    /** The same with one more of these sentences, after the others. */
    default Decision withWarning(String warning) {
        List<String> more =
                Stream.concat(warnings().stream(), Stream.of(warning)).toList();
        return switch (this) {
            case Admit(Reason reason, byte[] patch, List<String> _) -> new Admit(reason, patch, more);
            case Deny(Reason reason, String message, List<String> _) -> new Deny(reason, message, more);
        };
    }

    /**
     * The pod is admitted.
     *
     * @param patch a JSON Patch (RFC 6902) in UTF-8, empty when nothing is to change
     */
    @SuppressWarnings("ArrayRecordComponent") // written to the wire once and never compared
    record Admit(Reason reason, byte[] patch, List<String> warnings) implements Decision {
        public Admit {
            warnings = List.copyOf(warnings);
        }
    }

    /** The pod is refused, with a sentence that says what to do. */
    record Deny(Reason reason, String message, List<String> warnings) implements Decision {
        public Deny {
            message = Excerpt.ofSentence(message);
            warnings = List.copyOf(warnings);
        }
    }
}
