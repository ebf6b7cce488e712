package dev.aquifer.webhook.testing;

import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.api.model.authentication.TokenRequestBuilder;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Tokens as kubelet asks for them, of pods on one node that no kubelet runs. */
public final class PodTokens {
    private final ControlPlane api;
    private final String namespace;
    private final String node;

    /** Makes the namespace and the node. */
    public PodTokens(ControlPlane api, String namespace, String node) {
        this.api = api;
        this.namespace = namespace;
        this.node = node;
        api.namespace(namespace, Map.of());
        api.client()
                .resource(new NodeBuilder()
                        .withNewMetadata()
                        .withName(node)
                        .endMetadata()
                        .build())
                .create();
    }

    /** The token that a pod of this service account has for us; both are made. */
    public String token(String account) {
        return token(account, "aquifer", pod(account));
    }

    /**
     * A token of a service account.
     *
     * @param pod that it is bound to; null for none
     */
    public String token(String account, String audience, @Nullable Pod pod) {
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

    /** A service account. */
    public void account(String name) {
        api.client()
                .resource(new ServiceAccountBuilder()
                        .withNewMetadata()
                        .withNamespace(namespace)
                        .withName(name)
                        .endMetadata()
                        .build())
                .create();
    }

    /** A pod of a new service account, named as it is. */
    public Pod pod(String account) {
        account(account);
        return api.client()
                .resource(new PodBuilder()
                        .withNewMetadata()
                        .withNamespace(namespace)
                        .withName(account)
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
}
