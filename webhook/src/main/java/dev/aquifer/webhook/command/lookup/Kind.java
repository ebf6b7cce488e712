package dev.aquifer.webhook.command.lookup;

/** The kinds of objects that are looked at, and where the API server has them. */
public enum Kind {
    NAMESPACE("Namespace", "/api/v1/namespaces"),
    SHARED_VOLUME("SharedVolume", "/apis/aquifer.dev/v1alpha1/sharedvolumes"),
    NODE("Node", "/api/v1/nodes"),
    POD("Pod", "/api/v1/pods"),
    PERSISTENT_VOLUME("PersistentVolume", "/api/v1/persistentvolumes"),
    CLAIM("PersistentVolumeClaim", "/api/v1/persistentvolumeclaims"),
    CONFIG_MAP("ConfigMap", "/api/v1/configmaps"),
    LIMIT_RANGE("LimitRange", "/api/v1/limitranges"),
    QUOTA("ResourceQuota", "/api/v1/resourcequotas"),
    DEPLOYMENT("Deployment", "/apis/apps/v1/deployments"),
    DAEMON_SET("DaemonSet", "/apis/apps/v1/daemonsets"),
    CSI_DRIVER("CSIDriver", "/apis/storage.k8s.io/v1/csidrivers"),
    MUTATING_WEBHOOK(
            "MutatingWebhookConfiguration", "/apis/admissionregistration.k8s.io/v1/mutatingwebhookconfigurations"),
    VALIDATING_WEBHOOK(
            "ValidatingWebhookConfiguration", "/apis/admissionregistration.k8s.io/v1/validatingwebhookconfigurations"),
    POLICY("ValidatingAdmissionPolicy", "/apis/admissionregistration.k8s.io/v1/validatingadmissionpolicies"),
    POLICY_BINDING(
            "ValidatingAdmissionPolicyBinding",
            "/apis/admissionregistration.k8s.io/v1/validatingadmissionpolicybindings");

    private final String text;
    private final String path;

    Kind(String text, String path) {
        this.text = text;
        this.path = path;
    }

    /** As {@code kind} says it. */
    public String text() {
        return text;
    }

    /** Of those of all namespaces. */
    String path() {
        return path;
    }

    /**
     * Of those of one namespace.
     *
     * @param namespace empty for kinds that have none
     */
    public String path(String namespace) {
        int end = path.lastIndexOf('/');
        return namespace.isEmpty() ? path : path.substring(0, end) + "/namespaces/" + namespace + path.substring(end);
    }

    /** Of one object. */
    public String path(String namespace, String name) {
        return path(namespace) + "/" + name;
    }
}
