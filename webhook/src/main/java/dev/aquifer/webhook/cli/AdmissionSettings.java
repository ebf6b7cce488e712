package dev.aquifer.webhook.cli;

import dev.aquifer.webhook.authority.AuthorityObjects;
import dev.aquifer.webhook.authority.AuthoritySettings;
import dev.aquifer.webhook.authority.ServedNames;
import dev.aquifer.webhook.cluster.Served;
import dev.aquifer.webhook.entitlement.AcceptedOwners;
import java.time.Duration;
import java.util.regex.Pattern;

/**
 * All that an operator can choose for {@code aquifer admission}. Only values that can work pass; each message begins
 * with the option to change.
 *
 * @param management where probes and metrics are, and what is logged
 * @param port the HTTPS port that the API server calls, on the same address; 0 takes any free one
 * @param names the Service, in the namespace where this program runs, and the hosts that certificates are for
 * @param objects what the certificate authority keeps in the same namespace
 * @param nodeAccount the service account of node agents, in the same namespace
 * @param binderAccount that of the binder, which reads what node agents report
 * @param authority how long certificates live
 * @param acceptFrom the owners that every tenant accepts
 * @param recursiveReadOnly whether read-only mounts ask for {@code recursiveReadOnly: IfPossible} (Kubernetes 1.33)
 * @param seLinux whether nodes enforce SELinux
 * @param served the namespaces that get volumes
 * @param drain how long to go on answering after "not ready", until every API server has noticed
 */
record AdmissionSettings(
        ManagementSettings management,
        int port,
        ServedNames names,
        AuthorityObjects objects,
        String nodeAccount,
        String binderAccount,
        AuthoritySettings authority,
        AcceptedOwners acceptFrom,
        boolean recursiveReadOnly,
        boolean seLinux,
        Duration drain,
        Served served) {
    private static final Pattern HOST = Pattern.compile("[0-9a-f:]+:[0-9a-f:.]*|" + Wrong.SUBDOMAIN.pattern());
    private static final Duration LONGEST_DRAIN = Duration.ofMinutes(10);

    AdmissionSettings {
        Wrong.unlessPort("--port", port);
        Wrong.unless(port == 0 || port != management.port(), "--management-port", "a port other than --port", port);
        Wrong.unlessNamespace("--namespace", names.namespace());
        requireMatch(Wrong.LABEL, "--service-name", "the name of a Service", names.service());
        names.moreHosts().forEach(more -> requireMatch(HOST, "--more-hosts", "DNS names or IP addresses", more));
        Wrong.unlessSubdomain("--ca-secret", "the name of a Secret", objects.secret());
        Wrong.unlessSubdomain("--ca-config-map", "the name of a ConfigMap", objects.bundle());
        Wrong.unlessSubdomain("--node-account", "the name of a service account", nodeAccount);
        Wrong.unlessSubdomain("--binder-account", "the name of a service account", binderAccount);
        Wrong.unlessOwners(acceptFrom);
        served.names().forEach(name -> Wrong.unlessNamespace("--serve", name));
        Wrong.unless(drain.compareTo(LONGEST_DRAIN) <= 0, "--drain", "at most 10m", drain);
    }

    private static void requireMatch(Pattern pattern, String option, String expected, String found) {
        Wrong.unless(pattern.matcher(found).matches(), option, expected, found);
    }
}
