package dev.aquifer.webhook.admission;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import dev.aquifer.webhook.entitlement.Reason;
import dev.aquifer.webhook.inject.Decision;
import dev.aquifer.webhook.inject.Decision.Admit;
import dev.aquifer.webhook.inject.Decision.Deny;
import io.vertx.core.buffer.Buffer;
import java.util.Base64;
import java.util.List;

/** Writes the AdmissionReview that answers another (admission.k8s.io/v1), from pieces that are encoded beforehand. */
final class ReviewWriter {
    private static final byte[] UID =
            ascii("{\"apiVersion\":\"admission.k8s.io/v1\",\"kind\":\"AdmissionReview\",\"response\":{\"uid\":\"");
    private static final byte[] ALLOWED = ascii("\",\"allowed\":true");
    private static final byte[] PATCH = ascii(",\"patchType\":\"JSONPatch\",\"patch\":\"");
    private static final byte[] DENIED =
            ascii("\",\"allowed\":false,\"status\":{\"status\":\"Failure\",\"message\":\"");
    private static final byte[] WARNINGS = ascii(",\"warnings\":[\"");
    private static final byte[] NEXT = ascii("\",\"");
    private static final byte[] QUOTE = ascii("\"");
    private static final byte[] END_ARRAY = ascii("\"]");
    private static final byte[] END = ascii("}}");
    /** What the answer has beside uid, patch and texts, rounded up. */
    private static final int FRAME = 320;

    private static final JsonStringEncoder TEXT = JsonStringEncoder.getInstance();

    private ReviewWriter() {}

    static Buffer write(String uid, Decision decision) {
        return switch (decision) {
            case Admit admit -> admitted(uid, admit);
            case Deny deny -> denied(uid, deny);
        };
    }

    private static Buffer admitted(String uid, Admit admit) {
        byte[] patch = admit.patch();
        Buffer answer = Buffer.buffer(FRAME + uid.length() + patch.length / 3 * 4 + 4);
        answer.appendBytes(UID).appendBytes(quote(uid)).appendBytes(ALLOWED);
        if (patch.length > 0) {
            answer.appendBytes(PATCH)
                    .appendBytes(Base64.getEncoder().encode(patch))
                    .appendBytes(QUOTE);
        }
        return end(answer, admit.warnings());
    }

    private static Buffer denied(String uid, Deny deny) {
        Buffer answer = Buffer.buffer(FRAME + uid.length() + deny.message().length());
        answer.appendBytes(UID)
                .appendBytes(quote(uid))
                .appendBytes(DENIED)
                .appendBytes(quote(deny.message()))
                .appendBytes(status(deny.reason()));
        return end(answer, deny.warnings());
    }

    private static Buffer end(Buffer answer, List<String> warnings) {
        byte[] before = WARNINGS;
        for (String warning : warnings) {
            answer.appendBytes(before).appendBytes(quote(WarningText.of(warning)));
            before = NEXT;
        }
        if (!warnings.isEmpty()) {
            answer.appendBytes(END_ARRAY);
        }
        return answer.appendBytes(END);
    }

    /** The rest of a metav1.Status behind its message. Clients that see retryAfterSeconds try again by themselves. */
    private static byte[] status(Reason reason) {
        return switch (reason) {
            case UNKNOWN_NAMESPACE -> status(503, "ServiceUnavailable", "\"retryAfterSeconds\":1,", reason);
            case INTERNAL -> status(500, "InternalError", "", reason);
            case MALFORMED_POD, MALFORMED_REVIEW, INVALID_ANNOTATION, UNKNOWN_CONTAINER ->
                status(400, "BadRequest", "", reason);
            case INJECTED,
                    UNCHANGED,
                    NOT_SELECTED,
                    OPTED_OUT,
                    MIRROR_POD,
                    WINDOWS,
                    NOT_GRANTED,
                    AMBIGUOUS_VOLUME,
                    AMBIGUOUS_ROLE,
                    NO_ROLE,
                    NOT_BOUND,
                    PATHS_NOT_READY,
                    PATH_TAKEN,
                    PATHS_OVERLAP,
                    CLAIM_TAKEN,
                    FS_GROUP,
                    SELINUX_LEVEL,
                    GUARDED,
                    TOO_MANY -> status(403, "Forbidden", "", reason);
        };
    }

    /** The API server hands the cause on to whoever made the pod (metav1.StatusCause, whose type is its reason). */
    private static byte[] status(int code, String status, String retry, Reason reason) {
        return ascii("\",\"code\":%d,\"reason\":\"%s\",\"details\":{%s\"causes\":[{\"reason\":\"%s\"}]}}"
                .formatted(code, status, retry, reason.label()));
    }

    private static byte[] quote(String text) {
        return TEXT.quoteAsUTF8(Surrogates.replaceLone(text));
    }

    private static byte[] ascii(String text) {
        return text.getBytes(US_ASCII);
    }
}
