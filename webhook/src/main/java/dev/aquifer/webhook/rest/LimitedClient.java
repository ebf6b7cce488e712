package dev.aquifer.webhook.rest;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.NamespacedKubernetesClient;
import io.fabric8.kubernetes.client.RequestConfigBuilder;

/** A client whose requests end in time. */
public final class LimitedClient {
    private LimitedClient() {}

    /** The same connections in the same name; no request takes longer, and none is made again. */
    public static NamespacedKubernetesClient of(KubernetesClient client, int timeoutMillis) {
        return client.adapt(NamespacedKubernetesClient.class)
                .withRequestConfig(
                        new RequestConfigBuilder(client.getConfiguration().getRequestConfig())
                                .withRequestTimeout(timeoutMillis)
                                .withRequestRetryBackoffLimit(0)
                                .build())
                .call(limited -> limited);
    }
}
