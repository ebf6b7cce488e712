package dev.aquifer.node.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.aquifer.certs.CertificateAuthority;
import dev.aquifer.certs.LeafNames;
import dev.aquifer.certs.LeafRequest;
import dev.aquifer.certs.LeafUse;
import java.net.URI;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PeerNameTest {
    private static X509Certificate certificate(String... uris) {
        var authority = CertificateAuthority.create("test", Duration.ofDays(1), Instant.now(), new SecureRandom());
        var names = new LeafNames(
                List.of("localhost"),
                List.of(),
                Stream.of(uris).map(URI::create).toList());
        return authority
                .issue(new LeafRequest(names, Set.of(LeafUse.CLIENT), Duration.ofHours(1)), Instant.now())
                .leaf();
    }

    @ParameterizedTest
    @CsvSource({
        "aquifer://node/a, true",
        "aquifer://node/, false",
        "aquifer://origin/node/a, false",
        "https://node/a, false"
    })
    void aNodeIsKnownByItsName(String uri, boolean node) throws Exception {
        assertThat(PeerName.of(certificate(uri)).isNode()).isEqualTo(node);
        assertThat(PeerName.of(certificate(uri))).hasToString(uri);
    }

    @Test
    void aCertificateWithoutAUriOrWithTwoNamesNobody() {
        assertThatExceptionOfType(SSLPeerUnverifiedException.class).isThrownBy(() -> PeerName.of(certificate()));
        assertThatExceptionOfType(SSLPeerUnverifiedException.class)
                .isThrownBy(() -> PeerName.of(certificate("aquifer://node/a", "aquifer://node/b")));
    }
}
