package dev.aquifer.webhook.binder.requests;

import dev.aquifer.webhook.cluster.Served;
import java.util.List;

/** Where the API server has what the binder reads and writes. */
public final class Paths {
    public static final String VOLUMES = "/api/v1/persistentvolumes";
    public static final String SHARED_VOLUMES = "/apis/aquifer.dev/v1alpha1/sharedvolumes";
    static final String PODS = "/api/v1/pods";
    public static final String STATUS = "/status";

    private Paths() {}

    public static String volume(String name) {
        return VOLUMES + "/" + name;
    }

    public static String claims(String namespace) {
        return "/api/v1/namespaces/" + namespace + "/persistentvolumeclaims";
    }

    public static String claim(String namespace, String name) {
        return claims(namespace) + "/" + name;
    }

    public static String pods(String namespace) {
        return "/api/v1/namespaces/" + namespace + "/pods";
    }

    /** Of all namespaces that are looked at. */
    public static List<String> pods(Served served) {
        return served.everywhere()
                ? List.of(PODS)
                : served.names().stream().map(Paths::pods).toList();
    }

    public static String jobs(String namespace) {
        return "/apis/batch/v1/namespaces/" + namespace + "/jobs";
    }

    public static String job(String namespace, String name) {
        return jobs(namespace) + "/" + name;
    }

    public static String secrets(String namespace) {
        return "/api/v1/namespaces/" + namespace + "/secrets";
    }

    public static String secret(String namespace, String name) {
        return secrets(namespace) + "/" + name;
    }

    /** Where an object of an origin is. */
    public static String ofKind(String kind, String namespace, String name) {
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

    public static String sharedVolume(String owner, String name) {
        return "/apis/aquifer.dev/v1alpha1/namespaces/" + owner + "/sharedvolumes/" + name;
    }

    static String events(String namespace) {
        return "/apis/events.k8s.io/v1/namespaces/" + namespace + "/events";
    }
}
