package dev.aquifer.certs;

import static dev.aquifer.certs.Fixtures.NODE;
import static dev.aquifer.certs.Fixtures.NOW;
import static dev.aquifer.certs.Fixtures.RANDOM;
import static dev.aquifer.certs.Refusal.assertInvalid;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aquifer.certs.InvalidCertificate.Problem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CertificateRequestTest {
    @TempDir
    private Path folder;

    @Test
    void isVerifiedByOpenssl() throws Exception {
        var pem = CertificateRequest.create(KeyPairs.generate(RANDOM)).pem();
        var file = Files.writeString(folder.resolve("csr.pem"), pem);

        var tool = Tool.run("openssl", "req", "-verify", "-noout", "-text", "-in", file.toString());

        assertThat(tool.output()).contains("verify OK").contains("prime256v1").contains("ecdsa-with-SHA256");
        assertThat(tool.exitCode()).isZero();
    }

    @Test
    void keepsThePublicKey() {
        var keys = KeyPairs.generate(RANDOM);

        assertThat(CertificateRequest.read(CertificateRequest.create(keys).pem())
                        .publicKey())
                .isEqualTo(keys.getPublic());
    }

    @Test
    void grantsNothingThatTheRequestAsksFor() throws Exception {
        var greedy = opensslRequest(
                "prime256v1",
                "-addext",
                "subjectAltName=DNS:kubernetes.default.svc",
                "-addext",
                "basicConstraints=CA:TRUE");

        var leaf = Fixtures.authority().sign(CertificateRequest.read(greedy).publicKey(), Fixtures.client(), NOW);

        assertThat(leaf.getSubjectAlternativeNames()).singleElement().isEqualTo(List.of(6, NODE.toString()));
        assertThat(leaf.getSubjectX500Principal().getName()).isEmpty();
        assertThat(leaf.getBasicConstraints()).isEqualTo(-1);
    }

    @Test
    void refusesAnotherCurve() throws Exception {
        var request = opensslRequest("secp384r1");

        assertInvalid(Problem.WRONG_KEY, () -> CertificateRequest.read(request)).withMessageContaining("P-256");
    }

    @Test
    void refusesARequestOfOneWhoDoesNotHoldTheKey() {
        var pem = CertificateRequest.create(KeyPairs.generate(RANDOM)).pem();
        var body = Base64.getMimeDecoder().decode(pem.replaceAll("-----.*-----", ""));
        // the last byte belongs to the signature
        body[body.length - 1] ^= 1;
        var forged = "-----BEGIN CERTIFICATE REQUEST-----\n%s\n-----END CERTIFICATE REQUEST-----\n"
                .formatted(Base64.getMimeEncoder().encodeToString(body));

        assertInvalid(Problem.WRONG_KEY, () -> CertificateRequest.read(forged))
                .withMessageContaining("another signature");
    }

    @Test
    void refusesACertificateInPlaceOfARequest() {
        assertInvalid(
                        Problem.MALFORMED,
                        () -> CertificateRequest.read(Fixtures.authority().certificatePem()))
                .withMessageContaining("CERTIFICATE REQUEST");
    }

    private String opensslRequest(String curve, String... extensions) throws Exception {
        var key = folder.resolve("key.pem").toString();
        var csr = folder.resolve("greedy.pem");
        var made = Tool.run("openssl", "ecparam", "-name", curve, "-genkey", "-noout", "-out", key);
        assertThat(made.exitCode()).as(made.output()).isZero();
        var command = new ArrayList<>(
                List.of("openssl", "req", "-new", "-key", key, "-subj", "/CN=admin", "-out", csr.toString()));
        command.addAll(List.of(extensions));
        var tool = Tool.run(command.toArray(String[]::new));
        assertThat(tool.exitCode()).as(tool.output()).isZero();
        return Files.readString(csr);
    }
}
