package dev.aquifer.webhook.tokens;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aquifer.webhook.tokens.Naming.Known;
import dev.aquifer.webhook.tokens.Naming.Unknown;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class NamingTest {
    private static final String NODE = "system:serviceaccount:aquifer-system:aquifer-node";
    private static final String ORIGIN = "system:serviceaccount:climate-data:aquifer-origin-ref";

    private final Naming naming = new Naming("aquifer-system", "aquifer-node", "aquifer-binder");

    @Test
    void anAgentIsNamedAfterTheNodeOfItsToken() {
        Holder.Certified holder = known(token(NODE, "agent-x", "worker-3"));

        assertThat(holder).isEqualTo(new Holder.Node("worker-3"));
        assertThat(holder.names().uris()).hasToString("[aquifer://node/worker-3]");
        assertThat(holder.names().dnsNames()).isEmpty();
    }

    @Test
    void anOriginIsNamedAfterItsServiceAccountAndTheServiceOfThatName() {
        Holder.Certified holder = known(token(ORIGIN, "origin-x", "worker-3"));

        assertThat(holder.names().uris()).hasToString("[aquifer://origin/climate-data/aquifer-origin-ref]");
        assertThat(holder.names().dnsNames()).containsExactly("aquifer-origin-ref.climate-data.svc");
    }

    @Test
    void theBinderIsKnownAndNotNamed() {
        assertThat(naming.of(token("system:serviceaccount:aquifer-system:aquifer-binder", "binder-x", "worker-3")))
                .isEqualTo(new Known(new Holder.Binder()));
    }

    @ParameterizedTest
    @CsvSource({
        "system:serviceaccount:climate-data:aquifer-node, found one of 'system:serviceaccount:climate-data:aquifer-node'",
        "system:serviceaccount:aquifer-system:default, found one of",
        "system:serviceaccount:climate-data:default, found one of",
        "system:node:worker-3, found one of 'system:node:worker-3'",
        "system:serviceaccount:a:b:aquifer-origin-c, found one of",
        "system:serviceaccount:a:aquifer-origin-b.c, found one of",
        "admin, found one of 'admin'"
    })
    void othersGetNothing(String username, String message) {
        Answer.Refused refused = unknown(token(username, "pod", "worker-3"));

        assertThat(refused.reason()).isEqualTo(RefusalReason.NOT_ENTITLED);
        assertThat(refused.message()).contains(message);
    }

    @Test
    void aTokenThatTheApiServerRejectsOrThatIsForOthersProvesNothing() {
        ReviewedToken forOthers = new ReviewedToken(
                true, List.of("vault"), NODE, token(NODE, "p", "n").extra());

        assertThat(unknown(ReviewedToken.REJECTED).reason()).isEqualTo(RefusalReason.NOT_AUTHENTICATED);
        assertThat(unknown(forOthers).reason()).isEqualTo(RefusalReason.NOT_AUTHENTICATED);
    }

    @Test
    void aTokenThatIsBoundToNoPodIsRefused() {
        assertThat(unknown(token(NODE, null, "worker-3")).message())
                .contains("Expected a token that is bound to a pod");
        assertThat(unknown(token(ORIGIN, null, null)).message()).contains("Expected a token that is bound to a pod");
    }

    @Test
    void anAgentWhoseTokenDoesNotSayItsNodeIsRefused() {
        assertThat(unknown(token(NODE, "agent-x", null)).message())
                .contains("node agents need Kubernetes 1.30 or newer");
    }

    private Holder.Certified known(ReviewedToken token) {
        return (Holder.Certified) ((Known) naming.of(token)).holder();
    }

    private Answer.Refused unknown(ReviewedToken token) {
        return ((Unknown) naming.of(token)).refusal();
    }

    private static ReviewedToken token(String username, @Nullable String pod, @Nullable String node) {
        Map<String, List<String>> extra = new HashMap<>();
        if (pod != null) {
            extra.put("authentication.kubernetes.io/pod-name", List.of(pod));
        }
        if (node != null) {
            extra.put("authentication.kubernetes.io/node-name", List.of(node));
        }
        return new ReviewedToken(true, List.of("aquifer"), username, extra);
    }
}
