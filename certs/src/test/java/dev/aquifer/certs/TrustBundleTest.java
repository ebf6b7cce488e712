package dev.aquifer.certs;

import static dev.aquifer.certs.Fixtures.CA_LIFETIME;
import static dev.aquifer.certs.Fixtures.HOST;
import static dev.aquifer.certs.Fixtures.LEAF_LIFETIME;
import static dev.aquifer.certs.Fixtures.NOW;
import static dev.aquifer.certs.Fixtures.RANDOM;
import static dev.aquifer.certs.Refusal.assertInvalid;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.aquifer.certs.InvalidCertificate.Problem;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TrustBundleTest {
    private final CertificateAuthority authority = Fixtures.authority();
    private final CertificateAuthority other = Fixtures.authority();
    private final TrustBundle bundle = bundle(authority);
    private final IssuedCertificate leaf = authority.issue(Fixtures.server(), NOW);

    @ParameterizedTest
    @ValueSource(strings = {HOST, "AQUIFER.aquifer-system.svc", "localhost", "127.0.0.1"})
    void acceptsALeafForEachOfItsHosts(String host) {
        assertThatCode(() -> bundle.verifyServer(leaf.chain(), host, NOW)).doesNotThrowAnyException();
    }

    @Test
    void acceptsLeavesOfEveryAuthorityInIt() {
        var both = TrustBundle.read(bundle(authority, other).pem());

        both.verify(leaf.chain(), NOW);
        both.verify(other.issue(Fixtures.server(), NOW).chain(), NOW);
        assertThat(both.authorities()).hasSize(2);
    }

    @Test
    void holdsEachAuthorityOnce() {
        assertThat(bundle(authority, other, authority).authorities())
                .containsExactly(authority.certificate(), other.certificate());
    }

    @Test
    void acceptsAChainThatEndsWithItsRoot() {
        bundle.verify(List.of(leaf.leaf(), authority.certificate()), NOW);
    }

    @Nested
    class Refuses {
        @Test
        void aLeafOfAnAuthorityThatIsNotInIt() {
            assertInvalid(Problem.FOREIGN, () -> bundle(other).verify(leaf.chain(), NOW))
                    .withMessageContaining(
                            authority.certificate().getSubjectX500Principal().toString())
                    .withMessageContaining(
                            other.certificate().getSubjectX500Principal().toString());
        }

        @Test
        void anythingWhenItIsEmpty() {
            assertInvalid(Problem.FOREIGN, () -> new TrustBundle(List.of()).verify(leaf.chain(), NOW));
        }

        @Test
        void anExpiredLeaf() {
            assertInvalid(
                            Problem.EXPIRED,
                            () -> bundle.verify(
                                    leaf.chain(), NOW.plus(LEAF_LIFETIME).plusSeconds(1)))
                    .withMessageContaining(leaf.leaf().getSerialNumber().toString(16));
        }

        @Test
        void aLeafFromTheFuture() {
            assertInvalid(Problem.NOT_YET_VALID, () -> bundle.verify(leaf.chain(), NOW.minusSeconds(301)));
        }

        @Test
        void aLeafWhoseRootHasExpired() {
            var shortLived = CertificateAuthority.create("short", Duration.ofHours(1), NOW, RANDOM);
            var before = NOW.plus(Duration.ofMinutes(30));
            var outliving = new CertificateTemplate(RANDOM)
                    .leaf(
                            new Issuer(shortLived.certificate(), Pem.privateKey(shortLived.privateKeyPem())),
                            KeyPairs.generate(RANDOM).getPublic(),
                            Fixtures.server(),
                            before,
                            NOW.plus(CA_LIFETIME));

            bundle(shortLived).verify(List.of(outliving), before);
            assertInvalid(
                            Problem.EXPIRED,
                            () -> bundle(shortLived).verify(List.of(outliving), NOW.plus(Duration.ofHours(2))))
                    .withMessageContaining("CN=short");
        }

        @ParameterizedTest
        @ValueSource(strings = {"aquifer.other.svc", "svc", "127.0.0.2", "*.aquifer-system.svc", ""})
        void anotherHost(String host) {
            assertInvalid(Problem.WRONG_NAME, () -> bundle.verifyServer(leaf.chain(), host, NOW))
                    .withMessageContaining(HOST);
        }

        @Test
        void aClientsLeafInPlaceOfAServers() {
            var client = authority.issue(Fixtures.client(), NOW);

            assertInvalid(Problem.WRONG_USE, () -> bundle.verifyServer(client.chain(), HOST, NOW));
        }
    }

    private static TrustBundle bundle(CertificateAuthority... authorities) {
        return new TrustBundle(List.of(authorities).stream()
                .map(CertificateAuthority::certificate)
                .toList());
    }
}
