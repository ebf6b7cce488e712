package dev.aquifer.webhook.origin;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.aquifer.webhook.binding.source.Dataset;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyBuilder;
import java.util.List;
import java.util.Map;

/** All objects of an origin in its owner's namespace, what others need first. They end with the SharedVolume. */
public final class OriginObjects {

    /** What the pods of node agents are selected by, whatever the release is called. */
    private static final Map<String, String> AGENTS =
            Map.of("app.kubernetes.io/name", "aquifer", "app.kubernetes.io/component", "node");

    /** What nodes get from it with the first snapshot; the list of datasets reaches them later than a pod. */
    private static final String MOUNT_POINTS = "mount-points.json";

    private OriginObjects() {}

    /** The objects to apply. */
    public static List<HasMetadata> of(Origin origin) {
        return List.of(
                account(origin),
                settings(origin),
                service(origin),
                policy(origin),
                new OriginDeployment(origin).manifest());
    }

    static ObjectMeta metadata(Origin origin) {
        return new ObjectMetaBuilder()
                .withNamespace(origin.namespace())
                .withName(origin.name())
                .withLabels(origin.labels())
                .addNewOwnerReference()
                .withApiVersion("aquifer.dev/v1alpha1")
                .withKind("SharedVolume")
                .withName(origin.volume().name())
                .withUid(origin.volume().uid())
                .endOwnerReference()
                .build();
    }

    private static ServiceAccount account(Origin origin) {
        return new ServiceAccountBuilder()
                .withMetadata(metadata(origin))
                .withAutomountServiceAccountToken(false)
                .build();
    }

    /** Here and not in its arguments: a new role is no reason to start anew, and to read all of the source again. */
    private static String mountPoints(Origin origin) {
        ArrayNode paths = JsonNodeFactory.instance.arrayNode();
        DatasetEntry.mountPoints(origin.volume()).forEach(paths::add);
        return paths.toString();
    }

    private static ConfigMap settings(Origin origin) {
        return new ConfigMapBuilder()
                .withMetadata(metadata(origin))
                .addToData("ca.crt", origin.authorities())
                .addToData(MOUNT_POINTS, mountPoints(origin))
                .build();
    }

    private static Service service(Origin origin) {
        return new ServiceBuilder()
                .withMetadata(metadata(origin))
                .withNewSpec()
                .withSelector(origin.selector())
                .addNewPort()
                .withName("https")
                .withPort(Dataset.PORT)
                .withTargetPort(new IntOrString("https"))
                .endPort()
                .endSpec()
                .build();
    }

    /** Node agents reach the data; anybody the metrics, which name no file and no tenant. */
    private static NetworkPolicy policy(Origin origin) {
        return new NetworkPolicyBuilder()
                .withMetadata(metadata(origin))
                .withNewSpec()
                .withNewPodSelector()
                .withMatchLabels(origin.selector())
                .endPodSelector()
                .withPolicyTypes("Ingress")
                .addNewIngress()
                .addNewFrom()
                .withNewNamespaceSelector()
                .addToMatchLabels(
                        "kubernetes.io/metadata.name", origin.settings().namespace())
                .endNamespaceSelector()
                .withNewPodSelector()
                .withMatchLabels(AGENTS)
                .endPodSelector()
                .endFrom()
                .addNewPort()
                .withPort(new IntOrString("https"))
                .endPort()
                .endIngress()
                .addNewIngress()
                .addNewPort()
                .withPort(new IntOrString("metrics"))
                .endPort()
                .endIngress()
                .endSpec()
                .build();
    }
}
