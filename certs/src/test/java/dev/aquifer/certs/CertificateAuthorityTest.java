package dev.aquifer.certs;

import static dev.aquifer.certs.Fixtures.CA_LIFETIME;
import static dev.aquifer.certs.Fixtures.HOST;
import static dev.aquifer.certs.Fixtures.LEAF_LIFETIME;
import static dev.aquifer.certs.Fixtures.NODE;
import static dev.aquifer.certs.Fixtures.NOW;
import static dev.aquifer.certs.Fixtures.RANDOM;
import static dev.aquifer.certs.Refusal.assertInvalid;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.aquifer.certs.InvalidCertificate.Problem;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.bouncycastle.asn1.x509.AuthorityKeyIdentifier;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.SubjectKeyIdentifier;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CertificateAuthorityTest {
    private final CertificateAuthority authority = Fixtures.authority();

    @Nested
    class TheAuthoritysOwnCertificate {
        private final X509Certificate certificate = authority.certificate();

        @Test
        void maySignLeavesAndNoFurtherAuthorities() {
            assertThat(certificate.getBasicConstraints()).isZero();
            assertThat(certificate.getCriticalExtensionOIDs())
                    .containsExactlyInAnyOrder(Extension.basicConstraints.getId(), Extension.keyUsage.getId());
            assertThat(certificate.getKeyUsage())
                    .containsExactly(false, false, false, false, false, true, true, false, false);
        }

        @Test
        void isValidFromFiveMinutesBackForItsLifetime() {
            assertThat(certificate.getNotBefore()).isEqualTo(NOW.minus(Duration.ofMinutes(5)));
            assertThat(certificate.getNotAfter()).isEqualTo(NOW.plus(CA_LIFETIME));
        }

        @Test
        void hasANameOfItsOwn() {
            assertThat(Fixtures.authority().certificate().getSubjectX500Principal())
                    .isNotEqualTo(certificate.getSubjectX500Principal());
        }

        @Test
        void isTheSameAfterPem() {
            var read = CertificateAuthority.read(authority.certificatePem(), authority.privateKeyPem(), RANDOM);

            assertThat(read.certificate()).isEqualTo(certificate);
            new TrustBundle(List.of(certificate))
                    .verify(read.issue(Fixtures.server(), NOW).chain(), NOW);
        }
    }

    @Test
    void belowAnotherOneShowsTheWayToIt(@TempDir Path folder) throws Exception {
        openssl(folder, "root", "-x509 -subj /CN=root -days 9");
        signed(folder, "own", "root", 9);
        Instant now = Instant.now();

        var issued = read(folder, "own", "own").issue(Fixtures.server(), now);

        assertThat(issued.chain()).hasSize(2);
        bundle(folder, "root").verify(issued.chain(), now);
        bundle(folder, "own").verify(issued.chain(), now);
    }

    @Test
    void farBelowARootShowsAllOfTheWay(@TempDir Path folder) throws Exception {
        openssl(folder, "root", "-x509 -subj /CN=root -days 9");
        signed(folder, "between", "root", 3);
        signed(folder, "own", "between", 9);
        Instant now = Instant.now();

        var authority = read(folder, "own", "own", "between", "root");
        var issued = authority.issue(Fixtures.server(), now);

        assertThat(issued.chain()).as("without the root").hasSize(3);
        bundle(folder, "root").verify(issued.chain(), now);
        bundle(folder, "own").verify(issued.chain(), now);
        assertThat(authority.certificatePem()).isEqualTo(pem(folder, "own", "between", "root"));
        assertThat(authority.notAfter())
                .as("the end of what is shown with each leaf")
                .isBefore(now.plus(Duration.ofDays(4)))
                .isEqualTo(issued.chain().getLast().getNotAfter().toInstant());
        assertInvalid(Problem.MALFORMED, () -> read(folder, "own", "own", "root"))
                .withMessageContaining("'CN=root' has not signed 'CN=own'");
    }

    private static void openssl(Path folder, String name, String more) throws Exception {
        String file = folder.resolve(name).toString();
        Tool.run(("openssl req -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -keyout %s.key -out %s.crt "
                        + more)
                .formatted(file, file)
                .split(" "));
    }

    private static void signed(Path folder, String name, String signer, int days) throws Exception {
        openssl(folder, name, "-subj /CN=" + name);
        Path extensions = Files.writeString(
                folder.resolve("extensions"),
                "basicConstraints=critical,CA:TRUE\nkeyUsage=critical,keyCertSign,cRLSign\n");
        String file = folder.resolve(name).toString();
        String by = folder.resolve(signer).toString();
        Tool.run(
                "openssl x509 -req -in %s.crt -CA %s.crt -CAkey %s.key -CAcreateserial -days %d -extfile %s -out %s.signed"
                        .formatted(file, by, by, days, extensions, file)
                        .split(" "));
        Files.move(Path.of(file + ".signed"), Path.of(file + ".crt"), StandardCopyOption.REPLACE_EXISTING);
    }

    private static CertificateAuthority read(Path folder, String key, String... chain) throws IOException {
        return CertificateAuthority.read(pem(folder, chain), Files.readString(folder.resolve(key + ".key")), RANDOM);
    }

    private static TrustBundle bundle(Path folder, String name) throws IOException {
        return TrustBundle.read(pem(folder, name));
    }

    private static String pem(Path folder, String... names) throws IOException {
        var pem = new StringBuilder();
        for (var name : names) {
            pem.append(Files.readString(folder.resolve(name + ".crt")));
        }
        return pem.toString();
    }

    @Nested
    class ACertificateThatWasFound {
        private static final String NAME = "aquifer test";

        @Test
        void couldHaveBeenMadeHere() {
            assertThat(CertificateAuthority.couldHaveMade(authority.certificate(), NAME))
                    .isTrue();
        }

        @Test
        void isOthersWhenItHasAnotherName() {
            assertThat(CertificateAuthority.couldHaveMade(authority.certificate(), "aquifer"))
                    .isFalse();
        }

        @Test
        void isOthersWhenItIsALeaf() {
            var leaf = authority.issue(Fixtures.server(), NOW).leaf();

            assertThat(CertificateAuthority.couldHaveMade(leaf, NAME)).isFalse();
        }

        @Test
        void isOthersWhenItsKeyIsOfAnotherKind() throws Exception {
            var generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(384);

            var found = made("aquifer test 0123abcd", generator.generateKeyPair());

            assertThat(CertificateAuthority.couldHaveMade(found, NAME)).isFalse();
        }

        @Test
        void isOthersWhenItDidNotSignItself() throws Exception {
            var forged =
                    made("aquifer test 0123abcd", KeyPairs.generate(RANDOM)).getEncoded();
            forged[forged.length - 1] ^= 1;
            var found = CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(forged));

            assertThat(CertificateAuthority.couldHaveMade((X509Certificate) found, NAME))
                    .isFalse();
        }

        private static X509Certificate made(String name, KeyPair keys) {
            return new CertificateTemplate(RANDOM).authority(name, keys, NOW, NOW.plus(CA_LIFETIME));
        }
    }

    @Nested
    class ALeaf {
        @Test
        void hasTheNamesAndUsesOfTheRequestAndNoOthers() throws Exception {
            var server = authority.issue(Fixtures.server(), NOW).leaf();
            var client = authority.issue(Fixtures.client(), NOW).leaf();

            assertThat(server.getSubjectAlternativeNames())
                    .containsExactlyInAnyOrder(List.of(2, HOST), List.of(2, "localhost"), List.of(7, "127.0.0.1"));
            assertThat(server.getExtendedKeyUsage())
                    .containsExactly(LeafUse.SERVER.purpose().getId());
            assertThat(client.getSubjectAlternativeNames()).singleElement().isEqualTo(List.of(6, NODE.toString()));
            assertThat(client.getExtendedKeyUsage())
                    .containsExactly(LeafUse.CLIENT.purpose().getId());
        }

        @Test
        void maySignNothingButConnections() {
            var leaf = authority.issue(Fixtures.server(), NOW).leaf();

            assertThat(leaf.getBasicConstraints()).isEqualTo(-1);
            assertThat(leaf.getKeyUsage())
                    .containsExactly(true, false, false, false, false, false, false, false, false);
        }

        @Test
        void pointsToItsAuthoritysKey() throws Exception {
            var leaf = authority.issue(Fixtures.server(), NOW).leaf();

            var authorityId = SubjectKeyIdentifier.getInstance(JcaX509ExtensionUtils.parseExtensionValue(
                    authority.certificate().getExtensionValue(Extension.subjectKeyIdentifier.getId())));
            var issuerId = AuthorityKeyIdentifier.getInstance(JcaX509ExtensionUtils.parseExtensionValue(
                    leaf.getExtensionValue(Extension.authorityKeyIdentifier.getId())));
            assertThat(issuerId.getKeyIdentifierOctets()).isEqualTo(authorityId.getKeyIdentifier());
            assertThat(leaf.getExtensionValue(Extension.subjectKeyIdentifier.getId()))
                    .isNotNull();
        }

        @Test
        void isValidFromFiveMinutesBackForItsLifetime() {
            var leaf = authority.issue(Fixtures.server(), NOW).leaf();

            assertThat(leaf.getNotBefore()).isEqualTo(NOW.minus(Duration.ofMinutes(5)));
            assertThat(leaf.getNotAfter()).isEqualTo(NOW.plus(LEAF_LIFETIME));
        }

        @Test
        void doesNotOutliveItsAuthority() {
            var late = NOW.plus(CA_LIFETIME).minusSeconds(10);

            assertThat(authority.issue(Fixtures.server(), late).leaf().getNotAfter())
                    .isEqualTo(authority.certificate().getNotAfter());
        }

        @Test
        void hasARandomSerialNumberOf128Bits() {
            var serials = Stream.generate(
                            () -> authority.issue(Fixtures.server(), NOW).leaf().getSerialNumber())
                    .limit(40)
                    .toList();

            assertThat(serials).doesNotHaveDuplicates().allMatch(serial -> serial.signum() == 1);
            assertThat(serials.stream()
                            .mapToInt(serial -> serial.bitLength())
                            .max()
                            .orElseThrow())
                    .isBetween(121, 128);
        }

        @Test
        void isNotPrintedWithItsKey() {
            var issued = authority.issue(Fixtures.server(), NOW);

            assertThat(issued.toString())
                    .contains("serial")
                    .doesNotContain("privateKey")
                    .doesNotContain("PRIVATE");
        }
    }

    @Nested
    class Refuses {
        @Test
        void toSignWhenExpired() {
            var late = NOW.plus(CA_LIFETIME).plusSeconds(1);

            assertInvalid(Problem.EXPIRED, () -> authority.issue(Fixtures.server(), late))
                    .withMessageContaining("aquifer test")
                    .withMessageContaining("must be renewed");
        }

        @Test
        void toSignBeforeItIsValid() {
            var early = NOW.minus(Duration.ofMinutes(6));

            assertInvalid(Problem.NOT_YET_VALID, () -> authority.issue(Fixtures.server(), early))
                    .withMessageContaining("clock");
        }

        @Test
        void toSignAnotherKindOfKey() throws Exception {
            var rsa = KeyPairGenerator.getInstance("RSA").generateKeyPair().getPublic();
            var p384 = KeyPairGenerator.getInstance("EC");
            p384.initialize(384);

            assertInvalid(Problem.WRONG_KEY, () -> authority.sign(rsa, Fixtures.server(), NOW))
                    .withMessageContaining("P-256")
                    .withMessageContaining("RSA");
            assertInvalid(
                    Problem.WRONG_KEY,
                    () -> authority.sign(p384.generateKeyPair().getPublic(), Fixtures.server(), NOW));
        }

        @Test
        void aKeyThatIsNotTheAuthoritys() {
            var other = Fixtures.authority();

            assertInvalid(
                            Problem.WRONG_KEY,
                            () -> CertificateAuthority.read(authority.certificatePem(), other.privateKeyPem(), RANDOM))
                    .withMessageContaining("another key");
        }

        @Test
        void aLeafInPlaceOfAnAuthority() {
            var leaf = authority.issue(Fixtures.server(), NOW);

            assertInvalid(
                    Problem.WRONG_USE, () -> CertificateAuthority.read(leaf.chainPem(), leaf.privateKeyPem(), RANDOM));
        }

        @Test
        void twoCertificatesInPlaceOfOne() {
            var two = authority.certificatePem() + authority.certificatePem();

            assertInvalid(Problem.MALFORMED, () -> CertificateAuthority.read(two, authority.privateKeyPem(), RANDOM))
                    .withMessageContaining("found 2");
        }

        @Test
        void aLifetimeOfLessThanASecond() {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> CertificateAuthority.create("x", Duration.ofMillis(999), NOW, RANDOM))
                    .withMessageContaining("at least 1 s");
            assertThatIllegalArgumentException().isThrownBy(() -> Fixtures.server(Duration.ZERO));
        }
    }
}
