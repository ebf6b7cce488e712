package dev.aquifer.certs;

import static dev.aquifer.certs.Fixtures.NOW;
import static dev.aquifer.certs.Fixtures.RANDOM;
import static dev.aquifer.certs.Refusal.assertInvalid;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aquifer.certs.InvalidCertificate.Problem;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PemTest {
    private final CertificateAuthority authority = Fixtures.authority();

    @Test
    void keepsCertificatesInOrder() {
        var certificates = List.of(authority.certificate(), Fixtures.authority().certificate());

        assertThat(Pem.certificates(Pem.write(certificates))).isEqualTo(certificates);
    }

    @Test
    void keepsAPrivateKey() {
        var key = KeyPairs.generate(RANDOM).getPrivate();

        assertThat(Pem.privateKey(Pem.write(key))).isEqualTo(key);
    }

    @Test
    void readsAKeyAsOpensslEcparamWritesIt() throws Exception {
        var written = Tool.run("openssl", "ecparam", "-name", "prime256v1", "-genkey");

        assertThat(written.output()).contains("EC PARAMETERS").contains("EC PRIVATE KEY");
        assertThat(Pem.privateKey(written.output()).getAlgorithm()).isEqualTo("EC");
    }

    @Test
    void ignoresTextAroundTheBlocks() {
        assertThat(Pem.certificates("# our authority\r\n" + authority.certificatePem() + "\r\nend"))
                .containsExactly(authority.certificate());
    }

    @Nested
    class Refuses {
        @ParameterizedTest
        @ValueSource(strings = {"", "   ", "no pem at all", "MIIB"})
        void textWithoutABlock(String text) {
            assertInvalid(Problem.MALFORMED, () -> Pem.certificates(text))
                    .withMessageContaining("Expected PEM with a CERTIFICATE block, found none");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----",
                    "-----BEGIN CERTIFICATE-----\n!!!!\n-----END CERTIFICATE-----",
                    "-----BEGIN CERTIFICATE-----\nMIIB",
                    "-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----",
                    "-----BEGIN CERTIFICATE-----\nAAAAAA==\n-----END PRIVATE KEY-----",
                })
        void aDamagedBlock(String text) {
            assertInvalid(Problem.MALFORMED, () -> Pem.certificates(text)).withMessageContaining("CERTIFICATE");
        }

        @Test
        void aTruncatedCertificate() {
            var pem = authority.certificatePem();
            for (int length = pem.length() - 28; length > 0; length -= 37) {
                var part = pem.substring(0, length);
                assertInvalid(Problem.MALFORMED, () -> Pem.certificates(part));
            }
        }

        @Test
        void aKeyAmongCertificatesWithoutShowingIt() {
            var key = authority.privateKeyPem();

            assertInvalid(Problem.MALFORMED, () -> Pem.certificates(authority.certificatePem() + key))
                    .withMessageContaining("PrivateKeyInfo")
                    .satisfies(e -> assertThat(e.getMessage()).doesNotContain(key.substring(30, 60)));
        }

        @Test
        void aCertificateInPlaceOfAKey() {
            assertInvalid(Problem.MALFORMED, () -> Pem.privateKey(authority.certificatePem()))
                    .withMessageContaining("Expected a PRIVATE KEY block");
        }

        @Test
        void twoKeys() {
            var two = authority.privateKeyPem() + authority.privateKeyPem();

            assertInvalid(Problem.MALFORMED, () -> Pem.privateKey(two)).withMessageContaining("found 2");
        }

        @Test
        void aKeyThatDoesNotBelongToTheChain() {
            var one = authority.issue(Fixtures.server(), NOW);
            var other = authority.issue(Fixtures.server(), NOW);

            assertInvalid(Problem.WRONG_KEY, () -> IssuedCertificate.read(other.privateKeyPem(), one.chainPem()))
                    .withMessageContaining(one.leaf().getSerialNumber().toString(16));
        }

        @Test
        void aChainWhoseLinksDoNotFit() {
            var leaf = authority.issue(Fixtures.server(), NOW);
            var foreign = Fixtures.authority().certificatePem();

            assertInvalid(
                            Problem.FOREIGN,
                            () -> IssuedCertificate.read(leaf.privateKeyPem(), leaf.chainPem() + foreign))
                    .withMessageContaining("signed by the next");
        }
    }

    @Test
    void readsAKeyWithItsWholeChain() {
        var leaf = authority.issue(Fixtures.server(), NOW);

        var read = IssuedCertificate.read(leaf.privateKeyPem(), leaf.chainPem() + authority.certificatePem());

        assertThat(read.leaf()).isEqualTo(leaf.leaf());
        assertThat(read.chain()).hasSize(2);
    }
}
