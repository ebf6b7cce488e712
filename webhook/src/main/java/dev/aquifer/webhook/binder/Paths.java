package dev.aquifer.webhook.binder;

import dev.aquifer.webhook.cluster.Served;
import java.util.List;

/** Where the API server has what the binder reads and writes. */
final class Paths {
    static final String VOLUMES = "/api/v1/persistentvolumes";
    static final String SHARED_VOLUMES = "/apis/aquifer.dev/v1alpha1/sharedvolumes";
    static final String PODS = "/api/v1/pods";
    static final String STATUS = "/status";

    private Paths() {}

    static String volume(String name) {
        return VOLUMES + "/" + name;
    }

    static String claims(String namespace) {
        return "/api/v1/namespaces/" + namespace + "/persistentvolumeclaims";
    }

    static String claim(String namespace, String name) {
        return claims(namespace) + "/" + name;
    }

    static String pods(String namespace) {
        return "/api/v1/namespaces/" + namespace + "/pods";
    }

    /** Of all namespaces that are looked at. */
    static List<String> pods(Served served) {
        return served.everywhere()
                ? List.of(PODS)
                : served.names().stream().map(Paths::pods).toList();
    }

    static String jobs(String namespace) {
        return "/apis/batch/v1/namespaces/" + namespace + "/jobs";
    }

    static String job(String namespace, String name) {
        return jobs(namespace) + "/" + name;
    }

    static String secrets(String namespace) {
        return "/api/v1/namespaces/" + namespace + "/secrets";
    }

    static String secret(String namespace, String name) {
        return secrets(namespace) + "/" + name;
    }

    /** Where an object of an origin is. */
    static String ofKind(String kind, String namespace, String name) {
        String collection = switch (kind) {
            case "ConfigMap" -> "/api/v1/namespaces/%s/configmaps";
            case "Service" -> "/api/v1/namespaces/%s/services";
            case "ServiceAccount" -> "/api/v1/namespaces/%s/serviceaccounts";
            case "Deployment" -> "/apis/apps/v1/namespaces/%s/deployments";
            case "NetworkPolicy" -> "/apis/networking.k8s.io/v1/namespaces/%s/networkpolicies";
            default -> throw new IllegalArgumentException("Expected a kind of an origin's object, found " + kind);
        };
        return collection.formatted(namespace) + "/" + name;
    }

    static String sharedVolume(String owner, String name) {
        return "/apis/aquifer.dev/v1alpha1/namespaces/" + owner + "/sharedvolumes/" + name;
    }

    static String events(String namespace) {
        return "/apis/events.k8s.io/v1/namespaces/" + namespace + "/events";
    }
}
