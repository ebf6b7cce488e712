package dev.aquifer.certs;

import java.net.InetAddress;
import java.net.URI;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;

/** The subject alternative names of a leaf: at least one, DNS names without wildcards, URIs absolute and in ASCII. */
public record LeafNames(List<String> dnsNames, List<InetAddress> addresses, List<URI> uris) {
    private static final int DNS_NAME_LENGTH = 253;
    private static final Pattern DNS_NAME =
            Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*");

    public LeafNames {
        dnsNames = List.copyOf(dnsNames);
        addresses = List.copyOf(addresses);
        uris = List.copyOf(uris);
        if (dnsNames.isEmpty() && addresses.isEmpty() && uris.isEmpty()) {
            throw new IllegalArgumentException("Expected at least one DNS name, address or URI, found none");
        }
        dnsNames.forEach(LeafNames::requireDnsName);
        uris.forEach(LeafNames::requireAbsolute);
    }

    public static LeafNames dns(String... names) {
        return new LeafNames(List.of(names), List.of(), List.of());
    }

    public static LeafNames uri(URI uri) {
        return new LeafNames(List.of(), List.of(), List.of(uri));
    }

    GeneralNames toGeneralNames() {
        var dns = dnsNames.stream().map(name -> new GeneralName(GeneralName.dNSName, name));
        var ip = addresses.stream()
                .map(address -> new GeneralName(GeneralName.iPAddress, new DEROctetString(address.getAddress())));
        var uri = uris.stream().map(name -> new GeneralName(GeneralName.uniformResourceIdentifier, name.toString()));
        return new GeneralNames(Stream.of(dns, ip, uri).flatMap(names -> names).toArray(GeneralName[]::new));
    }

    private static void requireDnsName(String name) {
        if (name.length() > DNS_NAME_LENGTH || !DNS_NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "Expected a DNS name of lower-case letters, digits, '-' and '.', found '%s'".formatted(name));
        }
    }

    private static void requireAbsolute(URI uri) {
        if (!uri.isAbsolute() || !uri.toString().equals(uri.toASCIIString())) {
            throw new IllegalArgumentException("Expected an absolute URI in ASCII, found '%s'".formatted(uri));
        }
    }
}
