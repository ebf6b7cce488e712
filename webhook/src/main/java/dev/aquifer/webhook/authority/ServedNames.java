package dev.aquifer.webhook.authority;

import dev.aquifer.certs.LeafNames;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;

/**
 * The hosts that a replica's leaf is for: its Service under each of the Service's names, and more where a webhook
 * configuration names the server by URL.
 *
 * @param moreHosts DNS names and IP addresses
 */
public record ServedNames(String service, String namespace, List<String> moreHosts) {

    public ServedNames {
        moreHosts = List.copyOf(moreHosts);
    }

    /** The name under which an API server connects to the Service. */
    String serviceHost() {
        return "%s.%s.svc".formatted(service, namespace);
    }

    LeafNames leafNames() {
        var dnsNames = new ArrayList<>(List.of(
                service, "%s.%s".formatted(service, namespace), serviceHost(), serviceHost() + ".cluster.local"));
        var addresses = new ArrayList<InetAddress>();
        for (var host : moreHosts) {
            try {
                addresses.add(InetAddress.ofLiteral(host));
            } catch (IllegalArgumentException e) {
                dnsNames.add(host);
            }
        }
        return new LeafNames(dnsNames, addresses, List.of());
    }
}
