package dev.aquifer.webhook.command;

/** Parts of what the chart installs, each to stand behind other objects. */
public final class Installation {
    private Installation() {}

    /** Has the API server call admission in this namespace. */
    public static String calledIn(String namespace) {
        return """
            ---
            apiVersion: admissionregistration.k8s.io/v1
            kind: MutatingWebhookConfiguration
            metadata: {name: aquifer-%1$s, labels: {app.kubernetes.io/name: aquifer}}
            webhooks: [{name: pods.aquifer.dev, clientConfig: {service: {name: admission, namespace: %1$s}}}]
            """.formatted(namespace);
    }

    /** An admission that was told this. */
    public static String admission(String namespace, String argument) {
        return """
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata:
              name: aquifer-admission
              namespace: %s
              labels: {app.kubernetes.io/name: aquifer, app.kubernetes.io/component: admission}
            spec: {template: {spec: {containers: [{args: [admission, "%s"]}]}}}
            """.formatted(namespace, argument);
    }
}
