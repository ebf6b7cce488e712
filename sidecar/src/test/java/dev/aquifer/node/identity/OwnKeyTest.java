package dev.aquifer.node.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aquifer.certs.CertificateRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class OwnKeyTest {
    private final OwnKey key = OwnKey.generate(new SecureRandom());

    @Test
    void theAuthorityAcceptsTheRequestAsProofOfTheKey() {
        var read = CertificateRequest.read(key.request());

        assertThat(key.fits(read.publicKey())).isTrue();
        assertThat(OwnKey.generate(new SecureRandom()).fits(read.publicKey())).isFalse();
    }

    @Test
    void opensslAcceptsTheRequest(@TempDir Path folder) throws Exception {
        var file = Files.writeString(folder.resolve("request.pem"), key.request());

        var output = run("openssl", "req", "-in", file.toString(), "-verify", "-noout", "-text");

        assertThat(output)
                .containsIgnoringCase("verify OK")
                .contains("ecdsa-with-SHA256", "NIST CURVE: P-256", "Version: 1");
    }

    private static String run(String... command) throws IOException, InterruptedException {
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output;
    }
}
