package dev.aquifer.certs;

import static dev.aquifer.certs.Fixtures.HOST;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertPathValidator;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What others say of our certificates: OpenSSL with its strict checks, the JDK's own validator, and curl over TLS. */
class InteroperabilityTest {
    // OpenSSL and curl look at the real clock
    private final Instant now = Instant.now();
    private final CertificateAuthority authority = Fixtures.authority(now);
    private final CertificateAuthority other = Fixtures.authority(now);
    private final IssuedCertificate server = authority.issue(Fixtures.server(), now);
    private final IssuedCertificate client = authority.issue(Fixtures.client(), now);

    @TempDir
    private Path folder;

    private Path bundle;
    private Path foreign;

    @BeforeEach
    void writeBundles() throws Exception {
        bundle = write("bundle.pem", other.certificatePem() + authority.certificatePem());
        foreign = write("foreign.pem", other.certificatePem());
    }

    @Nested
    class OpensslVerify {
        @Test
        void acceptsALeafForItsHostAndUse() throws Exception {
            assertThat(verify(bundle, server, "sslserver", "-verify_hostname", HOST))
                    .contains(": OK");
            assertThat(verify(bundle, server, "sslserver", "-verify_ip", "127.0.0.1"))
                    .contains(": OK");
            assertThat(verify(bundle, client, "sslclient")).contains(": OK");
        }

        @Test
        void refusesWhatWasNotGranted() throws Exception {
            assertThat(verify(bundle, server, "sslserver", "-verify_hostname", "other.svc"))
                    .contains("hostname mismatch");
            assertThat(verify(bundle, server, "sslclient")).containsIgnoringCase("unsuitable certificate purpose");
            assertThat(verify(foreign, server, "sslserver")).contains("unable to get local issuer certificate");
        }

        private String verify(Path trusted, IssuedCertificate leaf, String purpose, String... more) throws Exception {
            var file = write("leaf.pem", leaf.chainPem());
            var command = new ArrayList<>(
                    List.of("openssl", "verify", "-x509_strict", "-CAfile", trusted.toString(), "-purpose", purpose));
            command.addAll(List.of(more));
            command.add(file.toString());
            return Tool.run(command.toArray(String[]::new)).output();
        }
    }

    @Test
    void theJdksPathValidatorAcceptsALeaf() throws Exception {
        var path = CertificateFactory.getInstance("X.509").generateCertPath(server.chain());
        var parameters = new PKIXParameters(Set.of(new TrustAnchor(authority.certificate(), null)));
        parameters.setRevocationEnabled(false);

        var result = CertPathValidator.getInstance("PKIX").validate(path, parameters);

        assertThat(result).isNotNull();
    }

    @Nested
    class Curl {
        @Test
        void completesAHandshakeWithOurServer() throws Exception {
            try (var https = TlsServer.start(server, authority)) {
                var tool = curl(https, "--cacert", bundle.toString());

                assertThat(tool.output()).isEqualTo("hello anonymous");
                assertThat(tool.exitCode()).isZero();
            }
        }

        @Test
        void isKnownByItsClientCertificate() throws Exception {
            var chain = write("client.pem", client.chainPem()).toString();
            var key = write("client.key", client.privateKeyPem()).toString();
            try (var https = TlsServer.start(server, authority)) {
                var tool = curl(https, "--cacert", bundle.toString(), "--cert", chain, "--key", key);

                assertThat(tool.output()).isEqualTo("hello " + Fixtures.NODE);
            }
        }

        @Test
        void refusesOurServerWhenItTrustsAnother() throws Exception {
            try (var https = TlsServer.start(server, authority)) {
                // 60: the peer's certificate cannot be verified
                assertThat(curl(https, "--cacert", foreign.toString()).exitCode())
                        .isEqualTo(60);
            }
        }

        private Tool curl(TlsServer https, String... more) throws Exception {
            var command = new ArrayList<>(List.of("curl", "--silent", "--show-error", "--max-time", "20"));
            command.addAll(List.of("--noproxy", "*", "--resolve", "%s:%d:127.0.0.1".formatted(HOST, https.port())));
            command.addAll(List.of(more));
            command.add("https://%s:%d/".formatted(HOST, https.port()));
            return Tool.run(command.toArray(String[]::new));
        }
    }

    private Path write(String name, String text) throws Exception {
        return Files.writeString(folder.resolve(name), text);
    }
}
