package dev.aquifer.webhook.cli;

import dev.aquifer.webhook.binder.pairs.BindMode;
import dev.aquifer.webhook.binding.source.HandleRules;
import dev.aquifer.webhook.cluster.Served;
import dev.aquifer.webhook.entitlement.AcceptedOwners;
import dev.aquifer.webhook.origin.OriginSettings;
import dev.aquifer.webhook.workload.JobSettings;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * All that an operator can choose for {@code aquifer binder}. Only values that can work pass; each message begins with
 * the option to change.
 *
 * @param management where probes and metrics are, and what is logged
 * @param namespace where this program runs, with its Lease
 * @param jobs what its Jobs have in common
 * @param served the namespaces that get volumes
 * @param acceptFrom the owners that every tenant accepts
 * @param rules of all CSI drivers that are known
 * @param identity names this replica, and no other
 * @param origins what the origins of cached volumes have in common; null where there are no node agents
 * @param reports where what those agents report is read
 */
record BinderSettings(
        ManagementSettings management,
        String namespace,
        String leaseName,
        String identity,
        BindMode bind,
        JobSettings jobs,
        Served served,
        AcceptedOwners acceptFrom,
        HandleRules rules,
        @Nullable OriginSettings origins,
        ReportSettings reports) {
    private static final Pattern URL = Pattern.compile("https://[A-Za-z0-9.-]+(:[0-9]{1,5})?");
    private static final Set<String> POLICIES = Set.of("Always", "IfNotPresent", "Never");

    BinderSettings {
        Wrong.unlessNamespace("--namespace", namespace);
        Wrong.unlessSubdomain("--lease-name", "the name of a Lease", leaseName);
        served.names().forEach(name -> Wrong.unlessNamespace("--serve", name));
        Wrong.unlessOwners(acceptFrom);
        Wrong.unless(!jobs.image().isBlank(), "--image", "a reference such as aquifer:1.0", jobs.image());
        Wrong.unless(
                POLICIES.contains(jobs.pullPolicy()),
                "--image-pull-policy",
                "Always, IfNotPresent or Never",
                jobs.pullPolicy());
        if (origins != null) {
            Wrong.unless(
                    !origins.image().isBlank(),
                    "--node-image",
                    "a reference such as aquifer-node:1.0",
                    origins.image());
            Wrong.unless(
                    POLICIES.contains(origins.pullPolicy()),
                    "--node-image-pull-policy",
                    "Always, IfNotPresent or Never",
                    origins.pullPolicy());
            Wrong.unless(
                    URL.matcher(origins.enrolAt()).matches(),
                    "--enrol-at",
                    "a URL such as https://aquifer-admission.aquifer-system.svc",
                    origins.enrolAt());
        }
        Wrong.unless(!identity.isBlank(), "--identity", "a name such as that of a pod", identity);
    }
}
