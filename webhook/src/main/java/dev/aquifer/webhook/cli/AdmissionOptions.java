package dev.aquifer.webhook.cli;

import dev.aquifer.webhook.authority.AuthorityObjects;
import dev.aquifer.webhook.authority.ServedNames;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of {@code aquifer admission}, as picocli fills them in. */
final class AdmissionOptions {
    @Mixin
    private ManagementOptions management = new ManagementOptions();

    @Option(
            names = "--port",
            paramLabel = "PORT",
            description = "HTTPS port for the API server: POST /mutate (default: ${DEFAULT-VALUE}).")
    private int port = 8443;

    @Option(
            names = "--service-name",
            paramLabel = "NAME",
            description = "Service that the API server calls; its names go into the certificate (default:"
                    + " ${DEFAULT-VALUE}).")
    private String serviceName = "aquifer-admission";

    @Option(
            names = "--more-hosts",
            paramLabel = "HOST",
            split = ",",
            description = "DNS names and IP addresses by which webhook configurations name this server in a URL, beside"
                    + " its Service (default: none).")
    private List<String> moreHosts = new ArrayList<>();

    @Option(
            names = "--ca-secret",
            paramLabel = "NAME",
            description = "Secret of the certificate authority, made when it is not there (default: ${DEFAULT-VALUE}).")
    private String caSecret = "aquifer-admission-ca";

    @Option(
            names = "--ca-config-map",
            paramLabel = "NAME",
            description = "ConfigMap in which node agents and origins find whom to trust, made when it is not there"
                    + " (default: ${DEFAULT-VALUE}).")
    private String caConfigMap = "aquifer-authority";

    @Option(
            names = "--node-account",
            paramLabel = "NAME",
            description = "Service account of node agents, whose pods get certificates that name their node at POST"
                    + " /v1/certificates (default: ${DEFAULT-VALUE}).")
    private String nodeAccount = "aquifer-node";

    @Option(
            names = "--binder-account",
            paramLabel = "NAME",
            description = "Service account of the binder, which alone reads what node agents report (default:"
                    + " ${DEFAULT-VALUE}).")
    private String binderAccount = "aquifer-binder";

    @Mixin
    private AcceptOption accept = new AcceptOption();

    @Mixin
    private CertificateOptions certificates = new CertificateOptions();

    @Option(
            names = "--recursive-read-only",
            paramLabel = "BOOLEAN",
            arity = "1",
            description = "Whether read-only mounts ask for recursiveReadOnly: IfPossible, which Kubernetes 1.33 has"
                    + " (default: ${DEFAULT-VALUE}).")
    private boolean recursiveReadOnly = true;

    @Option(
            names = "--selinux",
            paramLabel = "BOOLEAN",
            arity = "1",
            description =
                    "Whether nodes enforce SELinux: then pods that write where nodes relabel a source's files need"
                            + " the level that its SharedVolume states (default: ${DEFAULT-VALUE}).")
    private boolean seLinux;

    @Option(
            names = "--drain",
            paramLabel = "DURATION",
            description = "How long to go on answering after a request to stop, until the API servers have noticed"
                    + " (default: 5s).")
    private Duration drain = Duration.ofSeconds(5);

    @Mixin
    private ServeOption serve = new ServeOption();

    /** @throws IllegalArgumentException naming the option whose value cannot work */
    AdmissionSettings settings() {
        return new AdmissionSettings(
                management.settings(),
                port,
                new ServedNames(serviceName, management.namespace(), moreHosts),
                new AuthorityObjects(caSecret, caConfigMap),
                nodeAccount,
                binderAccount,
                certificates.settings(),
                accept.owners(),
                recursiveReadOnly,
                seLinux,
                drain,
                serve.served());
    }
}
