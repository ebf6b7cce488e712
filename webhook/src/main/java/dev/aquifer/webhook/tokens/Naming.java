package dev.aquifer.webhook.tokens;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which name a token proves. Pure.
 *
 * @param namespace Aquifer's own
 * @param nodeAccount the service account of node agents, in that namespace
 * @param binderAccount that of the binder
 */
public record Naming(String namespace, String nodeAccount, String binderAccount) {
    static final String AUDIENCE = "aquifer";

    /** Whoever may make service accounts in a namespace may be its origins: a node goes only to the one that it is told. */
    private static final String ORIGINS = "aquifer-origin-";

    private static final Pattern SERVICE_ACCOUNT =
            Pattern.compile("system:serviceaccount:([a-z0-9-]+):([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)");

    /** The outcome. */
    public sealed interface Named {}

    /** The token proves that it is his. */
    public record Known(Holder holder) implements Named {}

    /** It proves nothing that is of use here. */
    public record Unknown(Answer.Refused refusal) implements Named {}

    Named of(ReviewedToken token) {
        if (!token.authenticated() || !token.audiences().contains(AUDIENCE)) {
            return unknown(
                    RefusalReason.NOT_AUTHENTICATED,
                    "Expected a service-account token with the audience %s, found one that the API server does not accept; project one with that audience, and read its file anew for each request"
                            .formatted(AUDIENCE));
        }
        Matcher account = SERVICE_ACCOUNT.matcher(token.username());
        if (!account.matches()) {
            return notEntitled(token.username());
        }
        if (token.pod() == null) {
            return unknown(
                    RefusalReason.NOT_ENTITLED,
                    "Expected a token that is bound to a pod, found one of '%s' that is not; use the token that kubelet projects into the pod"
                            .formatted(token.username()));
        }
        if (account.group(1).equals(namespace) && account.group(2).equals(nodeAccount)) {
            return node(token);
        }
        if (account.group(1).equals(namespace) && account.group(2).equals(binderAccount)) {
            return new Known(new Holder.Binder());
        }
        return account.group(2).startsWith(ORIGINS)
                ? new Known(new Holder.Origin(account.group(1), account.group(2)))
                : notEntitled(token.username());
    }

    private static Named node(ReviewedToken token) {
        String node = token.node();
        return node == null
                ? unknown(
                        RefusalReason.NOT_ENTITLED,
                        "Expected a token that names the node of its pod, found one that does not; node agents need Kubernetes 1.30 or newer")
                : new Known(new Holder.Node(node));
    }

    private Named notEntitled(String username) {
        return unknown(
                RefusalReason.NOT_ENTITLED,
                "Expected a token of service account '%s/%s', or of one whose name begins with '%s', found one of '%s'; only node agents and origins get certificates"
                        .formatted(namespace, nodeAccount, ORIGINS, username));
    }

    private static Named unknown(RefusalReason reason, String message) {
        return new Unknown(new Answer.Refused(reason, message));
    }
}
