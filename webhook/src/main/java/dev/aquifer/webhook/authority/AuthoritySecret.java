package dev.aquifer.webhook.authority;

import dev.aquifer.certs.CertificateAuthority;
import dev.aquifer.certs.InvalidCertificate;
import dev.aquifer.certs.InvalidCertificate.Problem;
import dev.aquifer.certs.Pem;
import java.security.SecureRandom;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The Secret's data as text: {@code tls.crt} and {@code tls.key} of the signer, {@code ca.crt} with all that are trusted
 * (for people, never read), {@code next.*} while a successor waits, {@code retired.*} with one line of time for each
 * certificate.
 */
final class AuthoritySecret {
    static final String CERTIFICATE = "tls.crt";
    static final String KEY = "tls.key";
    static final String BUNDLE = "ca.crt";
    static final String NEXT_CERTIFICATE = "next.crt";
    static final String NEXT_KEY = "next.key";
    static final String NEXT_SHOWN_SINCE = "next.shown-since";
    static final String RETIRED_CERTIFICATES = "retired.crt";
    static final String RETIRED_DROP_AT = "retired.drop-at";

    private final SecureRandom random;

    AuthoritySecret(SecureRandom random) {
        this.random = random;
    }

    Map<String, String> write(AuthorityState state) {
        var data = new LinkedHashMap<String, String>();
        data.put(CERTIFICATE, state.current().certificatePem());
        data.put(KEY, state.current().privateKeyPem());
        data.put(BUNDLE, state.bundle().pem());
        var successor = state.successor();
        if (successor != null) {
            data.put(NEXT_CERTIFICATE, successor.authority().certificatePem());
            data.put(NEXT_KEY, successor.authority().privateKeyPem());
            if (successor.shownSince() != null) {
                data.put(NEXT_SHOWN_SINCE, successor.shownSince().toString());
            }
        }
        if (!state.retired().isEmpty()) {
            var retired = state.retired();
            data.put(
                    RETIRED_CERTIFICATES,
                    Pem.write(
                            retired.stream().map(RetiredAuthority::certificate).toList()));
            data.put(
                    RETIRED_DROP_AT,
                    retired.stream().map(old -> old.dropAt().toString()).collect(Collectors.joining("\n")));
        }
        return data;
    }

    /** Never throws: what cannot be read is said in the answer. */
    StoredAuthority read(Map<String, String> data, String version) {
        try {
            var current = CertificateAuthority.read(text(data, CERTIFICATE), text(data, KEY), random);
            var damage = new ArrayList<String>();
            var successor = successor(data, damage);
            return new StoredAuthority.Usable(
                    new AuthorityState(current, successor, retired(data, damage)), version, List.copyOf(damage));
        } catch (InvalidCertificate e) {
            return new StoredAuthority.Corrupt(version, String.valueOf(e.getMessage()));
        }
    }

    private @Nullable Successor successor(Map<String, String> data, List<String> damage) {
        if (!data.containsKey(NEXT_CERTIFICATE)) {
            return null;
        }
        try {
            var since = data.get(NEXT_SHOWN_SINCE);
            return new Successor(
                    CertificateAuthority.read(text(data, NEXT_CERTIFICATE), text(data, NEXT_KEY), random),
                    since == null ? null : Instant.parse(since));
        } catch (InvalidCertificate | DateTimeException e) {
            damage.add("next.*: " + e.getMessage());
            return null;
        }
    }

    private static List<RetiredAuthority> retired(Map<String, String> data, List<String> damage) {
        if (!data.containsKey(RETIRED_CERTIFICATES)) {
            return List.of();
        }
        try {
            var certificates = Pem.certificates(text(data, RETIRED_CERTIFICATES));
            var times = text(data, RETIRED_DROP_AT).lines().map(Instant::parse).toList();
            if (times.size() != certificates.size()) {
                throw new InvalidCertificate(
                        Problem.MALFORMED,
                        "Expected one time for each of %d certificates, found %d"
                                .formatted(certificates.size(), times.size()));
            }
            return IntStream.range(0, times.size())
                    .mapToObj(i -> new RetiredAuthority(certificates.get(i), times.get(i)))
                    .toList();
        } catch (InvalidCertificate | DateTimeException e) {
            damage.add("retired.*: " + e.getMessage());
            return List.of();
        }
    }

    private static String text(Map<String, String> data, String key) {
        var value = data.get(key);
        if (value == null) {
            throw new InvalidCertificate(Problem.MALFORMED, "Expected the key '%s', found none".formatted(key));
        }
        return value;
    }
}
