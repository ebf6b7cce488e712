package dev.aquifer.webhook.tokens;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aquifer.webhook.testing.ControlPlane;
import dev.aquifer.webhook.testing.PodTokens;
import dev.aquifer.webhook.tokens.Naming.Known;
import dev.aquifer.webhook.tokens.Naming.Named;
import dev.aquifer.webhook.tokens.Naming.Unknown;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Tokens as the API server makes them for kubelet, reviewed by the API server. */
class ClusterTokensIT {
    @RegisterExtension
    static final ControlPlane api = new ControlPlane();

    private final String namespace = "enrolment-" + UUID.randomUUID();
    private final String node = "node-" + UUID.randomUUID();

    @SuppressWarnings("NullAway.Init") // before each
    private PodTokens tokens;

    @BeforeEach
    void prepare() {
        tokens = new PodTokens(api, namespace, node);
    }

    @Test
    void anAgentsProjectedTokenNamesItsNode() {
        Pod pod = tokens.pod("aquifer-node");

        assertThat(named(tokens.token("aquifer-node", "aquifer", pod))).isEqualTo(new Known(new Holder.Node(node)));
    }

    @Test
    void anOriginsProjectedTokenNamesItsServiceAccount() {
        Pod pod = tokens.pod("aquifer-origin-ref");

        assertThat(named(tokens.token("aquifer-origin-ref", "aquifer", pod)))
                .isEqualTo(new Known(new Holder.Origin(namespace, "aquifer-origin-ref")));
    }

    @Test
    void aTokenForAnotherAudienceProvesNothing() {
        Pod pod = tokens.pod("aquifer-node");

        assertThat(refusal(tokens.token("aquifer-node", "vault", pod))).isEqualTo(RefusalReason.NOT_AUTHENTICATED);
        assertThat(refusal("no.token.at-all")).isEqualTo(RefusalReason.NOT_AUTHENTICATED);
    }

    @Test
    void aTokenThatIsBoundToNoPodProvesNothing() {
        tokens.account("aquifer-node");

        assertThat(refusal(tokens.token("aquifer-node", "aquifer", null))).isEqualTo(RefusalReason.NOT_ENTITLED);
    }

    @Test
    void aTokenOfAPodThatIsGoneProvesNothing() {
        Pod pod = tokens.pod("aquifer-node");
        String token = tokens.token("aquifer-node", "aquifer", pod);
        api.client().resource(pod).withGracePeriod(0).delete();

        assertThat(refusal(token)).isEqualTo(RefusalReason.NOT_AUTHENTICATED);
    }

    @Test
    void anotherPodsTokenIsRefusedByName() {
        Pod pod = tokens.pod("default-of-a-tenant");

        assertThat(named(tokens.token("default-of-a-tenant", "aquifer", pod)))
                .isInstanceOfSatisfying(
                        Unknown.class,
                        unknown -> assertThat(unknown.refusal().message())
                                .contains("found one of 'system:serviceaccount:%s:default-of-a-tenant'"
                                        .formatted(namespace)));
    }

    private RefusalReason refusal(String token) {
        return ((Unknown) named(token)).refusal().reason();
    }

    private Named named(String token) {
        return new Naming(namespace, "aquifer-node", "aquifer-binder")
                .of(new ClusterTokens(api.client()).review(token));
    }
}
