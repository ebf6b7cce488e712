package dev.aquifer.webhook.enrolment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aquifer.webhook.enrolment.Naming.Known;
import dev.aquifer.webhook.enrolment.Naming.Named;
import dev.aquifer.webhook.enrolment.Naming.Unknown;
import dev.aquifer.webhook.testing.ControlPlane;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.api.model.authentication.TokenRequestBuilder;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Tokens as the API server makes them for kubelet, reviewed by the API server. */
class EnrolmentIT {
    @RegisterExtension
    static final ControlPlane api = new ControlPlane();

    private final String namespace = "enrolment-" + UUID.randomUUID();
    private final String node = "node-" + UUID.randomUUID();

    @BeforeEach
    void prepare() {
        api.namespace(namespace, Map.of());
        api.client()
                .resource(new NodeBuilder()
                        .withNewMetadata()
                        .withName(node)
                        .endMetadata()
                        .build())
                .create();
    }

    @Test
    void anAgentsProjectedTokenNamesItsNode() {
        Pod pod = pod("aquifer-node");

        assertThat(named(token("aquifer-node", "aquifer", pod))).isEqualTo(new Known(new Holder.Node(node)));
    }

    @Test
    void anOriginsProjectedTokenNamesItsServiceAccount() {
        Pod pod = pod("aquifer-origin-ref");

        assertThat(named(token("aquifer-origin-ref", "aquifer", pod)))
                .isEqualTo(new Known(new Holder.Origin(namespace, "aquifer-origin-ref")));
    }

    @Test
    void aTokenForAnotherAudienceProvesNothing() {
        Pod pod = pod("aquifer-node");

        assertThat(refusal(token("aquifer-node", "vault", pod))).isEqualTo(Refusal.NOT_AUTHENTICATED);
        assertThat(refusal("no.token.at-all")).isEqualTo(Refusal.NOT_AUTHENTICATED);
    }

    @Test
    void aTokenThatIsBoundToNoPodProvesNothing() {
        account("aquifer-node");

        assertThat(refusal(token("aquifer-node", "aquifer", null))).isEqualTo(Refusal.NOT_ENTITLED);
    }

    @Test
    void aTokenOfAPodThatIsGoneProvesNothing() {
        Pod pod = pod("aquifer-node");
        String token = token("aquifer-node", "aquifer", pod);
        api.client().resource(pod).withGracePeriod(0).delete();

        assertThat(refusal(token)).isEqualTo(Refusal.NOT_AUTHENTICATED);
    }

    @Test
    void anotherPodsTokenIsRefusedByName() {
        Pod pod = pod("default-of-a-tenant");

        assertThat(named(token("default-of-a-tenant", "aquifer", pod)))
                .isInstanceOfSatisfying(
                        Unknown.class,
                        unknown -> assertThat(unknown.refusal().message())
                                .contains("found one of 'system:serviceaccount:%s:default-of-a-tenant'"
                                        .formatted(namespace)));
    }

    private Refusal refusal(String token) {
        return ((Unknown) named(token)).refusal().reason();
    }

    private Named named(String token) {
        return new Naming(namespace, "aquifer-node").of(new ClusterTokens(api.client()).review(token));
    }

    private void account(String name) {
        api.client()
                .resource(new ServiceAccountBuilder()
                        .withNewMetadata()
                        .withNamespace(namespace)
                        .withName(name)
                        .endMetadata()
                        .build())
                .create();
    }

    /** A pod on the node; no kubelet is there to run it. */
    private Pod pod(String account) {
        account(account);
        return api.client()
                .resource(new PodBuilder()
                        .withNewMetadata()
                        .withNamespace(namespace)
                        .withName("pod")
                        .endMetadata()
                        .withNewSpec()
                        .withServiceAccountName(account)
                        .withNodeName(node)
                        .addNewContainer()
                        .withName("main")
                        .withImage("main:1")
                        .endContainer()
                        .endSpec()
                        .build())
                .create();
    }

    private String token(String account, String audience, @Nullable Pod pod) {
        var request = new TokenRequestBuilder()
                .withNewSpec()
                .withAudiences(audience)
                .withExpirationSeconds(600L)
                .endSpec();
        if (pod != null) {
            request.editSpec()
                    .withNewBoundObjectRef(
                            "v1",
                            "Pod",
                            pod.getMetadata().getName(),
                            pod.getMetadata().getUid())
                    .endSpec();
        }
        return api.client()
                .serviceAccounts()
                .inNamespace(namespace)
                .withName(account)
                .tokenRequest(request.build())
                .getStatus()
                .getToken();
    }
}
