package dev.aquifer.webhook.cli;

import dev.aquifer.webhook.entitlement.AcceptedOwners;
import java.time.Duration;
import java.util.regex.Pattern;

/**
 * All that an operator can choose for {@code aquifer admission}. Only values that can work pass; each message begins
 * with the option to change.
 *
 * @param host the address that both ports listen on
 * @param port the HTTPS port that the API server calls; 0 takes any free one
 * @param managementPort the plain HTTP port of probes and metrics; 0 takes any free one
 * @param namespace where this program runs, with its Service and its Secret
 * @param serviceName the Service whose names the certificate carries
 * @param caSecret the Secret that holds the certificate authority
 * @param acceptFrom the owners that every tenant accepts
 * @param caLifetime how long an authority's certificate is valid
 * @param leafLifetime how long a server certificate is valid, at most half of the authority's
 * @param recursiveReadOnly whether read-only mounts ask for {@code recursiveReadOnly: IfPossible} (Kubernetes 1.33)
 * @param drain how long to go on answering after "not ready", until every API server has noticed
 * @param log what is logged
 */
record AdmissionSettings(
        String host,
        int port,
        int managementPort,
        String namespace,
        String serviceName,
        String caSecret,
        AcceptedOwners acceptFrom,
        Duration caLifetime,
        Duration leafLifetime,
        boolean recursiveReadOnly,
        Duration drain,
        LogSettings log) {
    private static final Pattern LABEL = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");
    private static final Pattern SUBDOMAIN =
            Pattern.compile("(?=.{1,253}$)[a-z0-9]([a-z0-9-]*[a-z0-9])?(\\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*");
    private static final String EVERYONE = "*";
    private static final Duration SHORTEST_LEAF = Duration.ofSeconds(1);
    private static final Duration LONGEST_CA = Duration.ofDays(3650);
    private static final Duration LONGEST_DRAIN = Duration.ofMinutes(10);

    AdmissionSettings {
        requirePort("--port", port);
        requirePort("--management-port", managementPort);
        require(port == 0 || port != managementPort, "--management-port", "a port other than --port", managementPort);
        require(!host.isBlank(), "--host", "an address such as 0.0.0.0", host);
        require(LABEL.matcher(namespace).matches(), "--namespace", "the name of a namespace", namespace);
        require(LABEL.matcher(serviceName).matches(), "--service-name", "the name of a Service", serviceName);
        require(SUBDOMAIN.matcher(caSecret).matches(), "--ca-secret", "the name of a Secret", caSecret);
        acceptFrom.names().forEach(AdmissionSettings::requireOwner);
        require(leafLifetime.compareTo(SHORTEST_LEAF) >= 0, "--leaf-lifetime", "at least 1s", leafLifetime);
        require(caLifetime.compareTo(LONGEST_CA) <= 0, "--ca-lifetime", "at most 3650d", caLifetime);
        require(
                caLifetime.compareTo(leafLifetime.multipliedBy(2)) >= 0,
                "--ca-lifetime",
                "at least twice --leaf-lifetime (%s)".formatted(leafLifetime),
                caLifetime);
        require(drain.compareTo(LONGEST_DRAIN) <= 0, "--drain", "at most 10m", drain);
    }

    private static void requirePort(String option, int port) {
        require(port >= 0 && port <= 65535, option, "a port from 0 to 65535", port);
    }

    private static void requireOwner(String owner) {
        require(
                EVERYONE.equals(owner) || LABEL.matcher(owner).matches(),
                "--accept-from",
                "names of namespaces with commas between, or *",
                owner);
    }

    private static void require(boolean holds, String option, String expected, Object found) {
        if (!holds) {
            throw new IllegalArgumentException("%s: expected %s, found '%s'".formatted(option, expected, found));
        }
    }
}
