package dev.aquifer.webhook.command.doctor;

/** The binder as the chart installs it. */
final class InstalledBinder {
    /** Without what it is to be. */
    static final String MANIFEST = """
            apiVersion: apps/v1
            kind: Deployment
            metadata:
              name: aquifer-binder
              namespace: aquifer
              labels: {app.kubernetes.io/name: aquifer, app.kubernetes.io/component: binder}
            """;

    private InstalledBinder() {}
}
