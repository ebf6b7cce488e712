package dev.aquifer.webhook.tokens;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the API server says of a token (authentication.k8s.io/v1 TokenReview, status).
 *
 * @param audiences those that were asked about and that the token is for
 * @param extra what the token is bound to
 */
record ReviewedToken(boolean authenticated, List<String> audiences, String username, Map<String, List<String>> extra) {
    private static final String POD = "authentication.kubernetes.io/pod-name";
    private static final String NODE = "authentication.kubernetes.io/node-name";

    static final ReviewedToken REJECTED = new ReviewedToken(false, List.of(), "", Map.of());

    ReviewedToken {
        audiences = List.copyOf(audiences);
        extra = Map.copyOf(extra);
    }

    /** The pod that the token is bound to; null when to none. */
    @Nullable String pod() {
        return only(POD);
    }

    /** The node that runs that pod; null when that is not said. */
    @Nullable String node() {
        return only(NODE);
    }

    private @Nullable String only(String key) {
        List<String> values = extra.getOrDefault(key, List.of());
        return values.size() == 1 ? values.getFirst() : null;
    }
}
