package dev.aquifer.webhook.cli;

import dev.aquifer.webhook.binder.BindMode;

/**
 * All that an operator can choose for {@code aquifer binder}. Only values that can work pass; each message begins with
 * the option to change.
 *
 * @param management where probes and metrics are, and what is logged
 * @param namespace where this program runs, with its Lease
 * @param image what its Jobs run
 * @param identity names this replica, and no other
 */
record BinderSettings(
        ManagementSettings management,
        String namespace,
        String leaseName,
        String identity,
        BindMode bind,
        String image) {
    BinderSettings {
        Wrong.unlessNamespace("--namespace", namespace);
        Wrong.unlessSubdomain("--lease-name", "the name of a Lease", leaseName);
        Wrong.unless(!image.isBlank(), "--image", "a reference such as aquifer:1.0", image);
        Wrong.unless(!identity.isBlank(), "--identity", "a name such as that of a pod", identity);
    }
}
