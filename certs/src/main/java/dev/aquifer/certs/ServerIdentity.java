package dev.aquifer.certs;

import dev.aquifer.certs.InvalidCertificate.Problem;
import java.net.InetAddress;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Whether a leaf may serve a host (RFC 9525): server use, and the exact name among its alternative names. */
final class ServerIdentity {
    private static final int DNS = 2;
    private static final int IP = 7;

    private ServerIdentity() {}

    static void require(X509Certificate leaf, String host) {
        try {
            var uses = leaf.getExtendedKeyUsage();
            if (uses != null && !uses.contains(LeafUse.SERVER.purpose().getId())) {
                throw new InvalidCertificate(
                        Problem.WRONG_USE, "Expected a certificate for a server, found one for other uses");
            }
            var names = leaf.getSubjectAlternativeNames();
            if (names == null || names.stream().noneMatch(name -> isFor(host, name))) {
                throw new InvalidCertificate(
                        Problem.WRONG_NAME,
                        "Expected a certificate for '%s', found one for %s".formatted(host, show(names)));
            }
        } catch (CertificateParsingException e) {
            throw new InvalidCertificate(
                    Problem.MALFORMED, "Expected readable names in the certificate, found others", e);
        }
    }

    private static boolean isFor(String host, List<?> name) {
        var value = String.valueOf(name.get(1));
        return switch ((Integer) name.get(0)) {
            case DNS -> value.toLowerCase(Locale.ROOT).equals(host.toLowerCase(Locale.ROOT));
            case IP -> sameAddress(value, host);
            default -> false;
        };
    }

    private static boolean sameAddress(String value, String host) {
        try {
            return InetAddress.ofLiteral(value).equals(InetAddress.ofLiteral(host));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static String show(@Nullable Collection<List<?>> names) {
        return names == null
                ? "no name"
                : names.stream()
                        .map(name -> String.valueOf(name.get(1)))
                        .toList()
                        .toString();
    }
}
