package dev.aquifer.webhook.authority;

import dev.aquifer.certs.TrustBundle;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.net.HttpURLConnection;

/** The trust bundle in one ConfigMap, under {@code ca.crt}. Nothing else of the ConfigMap is ever written. */
final class BundleConfigMap implements BundleStore {
    static final String KEY = "ca.crt";

    private final KubernetesClient client;
    private final String namespace;
    private final String name;

    BundleConfigMap(KubernetesClient client, String namespace, String name) {
        this.client = client;
        this.namespace = namespace;
        this.name = name;
    }

    @Override
    public PublishedBundle read() {
        var found = resource().get();
        return found == null ? PublishedBundle.NONE : read(found);
    }

    @Override
    public PublishedBundle publish(PublishedBundle seen, TrustBundle bundle) {
        try {
            return seen.version() == null ? create(bundle) : replace(seen.version(), bundle, seen);
        } catch (KubernetesClientException e) {
            if (e.getCode() == HttpURLConnection.HTTP_CONFLICT || e.getCode() == HttpURLConnection.HTTP_NOT_FOUND) {
                return seen;
            }
            throw e;
        }
    }

    private PublishedBundle create(TrustBundle bundle) {
        var map = new ConfigMapBuilder()
                .withNewMetadata()
                .withNamespace(namespace)
                .withName(name)
                .addToLabels(Labels.MANAGED_BY, Labels.MANAGER)
                .endMetadata()
                .addToData(KEY, bundle.pem())
                .build();
        return read(client.resource(map).create());
    }

    private PublishedBundle replace(String version, TrustBundle bundle, PublishedBundle seen) {
        var present = resource().get();
        if (present == null || !version.equals(present.getMetadata().getResourceVersion())) {
            return seen;
        }
        var map = new ConfigMapBuilder(present).addToData(KEY, bundle.pem()).build();
        return read(client.resource(map).lockResourceVersion(version).update());
    }

    private Resource<ConfigMap> resource() {
        return client.configMaps().inNamespace(namespace).withName(name);
    }

    private static PublishedBundle read(ConfigMap map) {
        var data = map.getData();
        var pem = data == null ? null : data.get(KEY);
        return new PublishedBundle(pem == null ? "" : pem, map.getMetadata().getResourceVersion());
    }
}
