package dev.aquifer.webhook.tokens;

import io.fabric8.kubernetes.api.model.authentication.TokenReviewBuilder;
import io.fabric8.kubernetes.api.model.authentication.TokenReviewStatus;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Tokens of one cluster. Needs {@code create} of tokenreviews.authentication.k8s.io. */
final class ClusterTokens implements TokenReviewer {
    private final KubernetesClient client;

    ClusterTokens(KubernetesClient client) {
        this.client = client;
    }

    @Override
    public ReviewedToken review(String token) {
        var review = new TokenReviewBuilder()
                .withNewSpec()
                .withToken(token)
                .withAudiences(Naming.AUDIENCE)
                .endSpec()
                .build();
        return read(client.resource(review).create().getStatus());
    }

    private static ReviewedToken read(TokenReviewStatus status) {
        if (!Boolean.TRUE.equals(status.getAuthenticated()) || status.getUser() == null) {
            return ReviewedToken.REJECTED;
        }
        var user = status.getUser();
        return new ReviewedToken(
                true,
                Objects.requireNonNullElse(status.getAudiences(), List.of()),
                Objects.requireNonNullElse(user.getUsername(), ""),
                Objects.requireNonNullElse(user.getExtra(), Map.of()));
    }
}
