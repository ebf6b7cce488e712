package dev.aquifer.webhook.cli;

import dev.aquifer.webhook.binder.pairs.BindMode;
import dev.aquifer.webhook.binding.source.HandleRules;
import dev.aquifer.webhook.origin.OriginResources;
import dev.aquifer.webhook.origin.OriginSettings;
import dev.aquifer.webhook.workload.JobSettings;
import dev.aquifer.webhook.workload.OwnerPods;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import java.nio.file.Path;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of {@code aquifer binder}, as picocli fills them in. */
final class BinderOptions {
    @Mixin
    private ManagementOptions management = new ManagementOptions();

    @Option(
            names = "--lease-name",
            paramLabel = "NAME",
            description = "Lease of the replica that writes, in --namespace (default: ${DEFAULT-VALUE}).")
    private String leaseName = "aquifer-binder";

    @Option(
            names = "--identity",
            paramLabel = "NAME",
            description =
                    "What this replica calls itself in the Lease, such as its pod's name (default: a random one).")
    private @Nullable String identity;

    @Option(
            names = "--bind",
            paramLabel = "HOW",
            description = "fast: this program finishes bindings itself, within a second; controller: they are left to"
                    + " Kubernetes' own controller, which takes up to 15 seconds, and minutes for hundreds (default:"
                    + " fast).")
    private BindMode bind = BindMode.FAST;

    @Option(
            names = "--image",
            paramLabel = "REFERENCE",
            description = "Image of the Jobs that make directories: this program's own (default: ${DEFAULT-VALUE}).")
    private String image = "aquifer";

    @Option(
            names = "--image-pull-policy",
            paramLabel = "POLICY",
            description = "Always, IfNotPresent or Never, for that image (default: ${DEFAULT-VALUE}).")
    private String imagePullPolicy = "IfNotPresent";

    @Option(
            names = "--owner-pods",
            paramLabel = "JSON",
            description =
                    "What is added to the pods of Jobs and origins, which run in owners' namespaces, each member as"
                            + " a pod has it: labels, annotations, env, nodeSelector, tolerations, affinity,"
                            + " topologySpreadConstraints, priorityClassName, pullSecrets (default: nothing).")
    private String ownerPods = "{}";

    @Option(
            names = "--node-image",
            paramLabel = "REFERENCE",
            description = "Image of aquifer-node, which the origins of cached volumes run. Without it there are no node"
                    + " agents, and volumes with readPath: Cached are not served (default: none).")
    private @Nullable String nodeImage;

    @Option(
            names = "--node-image-pull-policy",
            paramLabel = "POLICY",
            description = "Always, IfNotPresent or Never, for that image (default: ${DEFAULT-VALUE}).")
    private String nodeImagePullPolicy = "IfNotPresent";

    @Option(
            names = "--origin-resources",
            paramLabel = "JSON",
            description = "What an origin asks for and may take, as a container has it: requests and limits (default:"
                    + " requests of 100m cpu and 128Mi memory, a limit of 768Mi memory).")
    private @Nullable String originResources;

    @Option(
            names = "--enrol-at",
            paramLabel = "URL",
            description = "Where origins ask for certificates: admission's Service (default:"
                    + " https://aquifer-admission.NAMESPACE.svc).")
    private @Nullable String enrolAt;

    @Option(
            names = "--reports-from",
            paramLabel = "NAME",
            description = "Headless Service of admission's pods, from each of which what node agents report is read"
                    + " (default: ${DEFAULT-VALUE}).")
    private String reportsFrom = "aquifer-admission-each";

    @Option(
            names = "--reports-port",
            paramLabel = "PORT",
            description = "HTTPS port of those pods (default: ${DEFAULT-VALUE}).")
    private int reportsPort = 8443;

    @Option(
            names = "--service-name",
            paramLabel = "NAME",
            description = "Service of admission, which its certificates name (default: ${DEFAULT-VALUE}).")
    private String serviceName = "aquifer-admission";

    @Option(
            names = "--token",
            paramLabel = "PATH",
            description = "The token for admission, with the audience aquifer (default: ${DEFAULT-VALUE}).")
    private Path token = Path.of("/var/run/secrets/aquifer/token");

    @Option(
            names = "--handle-rules",
            paramLabel = "RULES",
            description =
                    "Rules of CSI drivers beside those that come with the program, as YAML or JSON: 'drivers: {NAME:"
                            + " {handle: Replace|Suffix|Refuse|Same, location: [ATTRIBUTE], reason: TEXT}}' (default: none).")
    private String handleRules = "drivers: {}";

    @Mixin
    private ServeOption serve = new ServeOption();

    @Mixin
    private AcceptOption accept = new AcceptOption();

    /** @throws IllegalArgumentException naming the option whose value cannot work */
    BinderSettings settings() {
        return new BinderSettings(
                management.settings(),
                management.namespace(),
                leaseName,
                identity == null ? UUID.randomUUID().toString() : identity,
                bind,
                new JobSettings(image, imagePullPolicy, pods()),
                serve.served(),
                accept.owners(),
                rules(),
                nodeImage == null || nodeImage.isEmpty() ? null : origins(nodeImage),
                new ReportSettings(serviceName, reportsFrom, reportsPort, token));
    }

    private OwnerPods pods() {
        try {
            return OwnerPods.parse(ownerPods);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("--owner-pods: " + e.getMessage(), e);
        }
    }

    private HandleRules rules() {
        try {
            return HandleRules.known().and(HandleRules.parse(handleRules));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("--handle-rules: " + e.getMessage(), e);
        }
    }

    private OriginSettings origins(String image) {
        String namespace = management.namespace();
        String at = enrolAt == null ? "https://aquifer-admission.%s.svc".formatted(namespace) : enrolAt;
        return new OriginSettings(namespace, image, nodeImagePullPolicy, at, pods(), resources());
    }

    private ResourceRequirements resources() {
        try {
            return originResources == null ? OriginResources.DEFAULT : OriginResources.parse(originResources);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("--origin-resources: " + e.getMessage(), e);
        }
    }
}
