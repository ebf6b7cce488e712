package dev.aquifer.e2e.installation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aquifer.e2e.Cluster;
import dev.aquifer.e2e.Command;
import dev.aquifer.e2e.LongRunning;
import dev.aquifer.e2e.NeedsRoot;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An installation that signs with an authority of its administrator's, from a Secret that was there before it. */
@NeedsRoot
@LongRunning
class ExistingAuthorityIT {
    private static final Cluster CLUSTER = Cluster.named("authority");
    private static final String NAMESPACE = "aquifer-system";

    @TempDir
    private static Path folder;

    private static String certificate = "";

    @BeforeAll
    static void install() throws IOException {
        CLUSTER.up();
        makeAuthority();
        CLUSTER.kubectl("create", "namespace", NAMESPACE);
        CLUSTER.kubectl(
                "-n",
                NAMESPACE,
                "create",
                "secret",
                "tls",
                "site-authority",
                "--cert=" + folder.resolve("site.crt"),
                "--key=" + folder.resolve("site.key"));
        CLUSTER.kubectl("-n", NAMESPACE, "label", "secret", "site-authority", "aquifer.dev/authority=true");
        CLUSTER.install("--set", "cache.enabled=true", "--set", "admission.certificates.existingSecret=site-authority");
    }

    @AfterAll
    static void end() {
        CLUSTER.close();
    }

    /** As somebody makes one by hand. */
    private static void makeAuthority() throws IOException {
        Command.of(
                        "openssl",
                        "req",
                        "-x509",
                        "-newkey",
                        "ec",
                        "-pkeyopt",
                        "ec_paramgen_curve:P-256",
                        "-nodes",
                        "-days",
                        "365",
                        "-subj",
                        "/CN=site",
                        "-addext",
                        "keyUsage=critical,keyCertSign,cRLSign",
                        "-keyout",
                        folder.resolve("site.key").toString(),
                        "-out",
                        folder.resolve("site.crt").toString())
                .run();
        certificate = Files.readString(folder.resolve("site.crt")).strip();
    }

    /** The pod reads what its node fetched: agent and origin have met with certificates, and each trusts one authority. */
    @Test
    void servesTheApiServerAndSignsForAgentsAndOrigins() throws IOException {
        try (FirstUse use = FirstUse.of(CLUSTER)) {
            assertThat(use.read()).isEqualTo(FirstUse.MARKER);

            assertThat(ofSecret()).as("nobody has put another there").isEqualTo(certificate);
            for (String kind : new String[] {"mutatingwebhookconfiguration", "validatingwebhookconfiguration"}) {
                assertThat(decoded(CLUSTER.kubectl(
                                "get",
                                kind,
                                "aquifer-admission",
                                "-o",
                                "jsonpath={.webhooks[0].clientConfig.caBundle}")))
                        .as("whom the API server trusts")
                        .isEqualTo(certificate);
            }
            assertThat(trusted(NAMESPACE, "aquifer-authority"))
                    .as("whom agents trust")
                    .isEqualTo(certificate);
            String origin = CLUSTER.kubectl(
                    "-n", FirstUse.OWNER, "get", "deployments", "-o", "jsonpath={.items[0].metadata.name}");
            assertThat(trusted(FirstUse.OWNER, origin))
                    .as("whom the origin trusts")
                    .isEqualTo(certificate);
            assertThat(CLUSTER.kubectl("-n", NAMESPACE, "get", "secrets", "-o", "name"))
                    .doesNotContain("aquifer-admission-ca");
        }
    }

    private static String ofSecret() {
        return decoded(CLUSTER.kubectl(
                "-n", NAMESPACE, "get", "secret", "site-authority", "-o", "jsonpath={.data.tls\\.crt}"));
    }

    private static String trusted(String namespace, String map) {
        return CLUSTER.kubectl("-n", namespace, "get", "configmap", map, "-o", "jsonpath={.data.ca\\.crt}")
                .strip();
    }

    private static String decoded(String base64) {
        return new String(Base64.getDecoder().decode(base64), StandardCharsets.US_ASCII).strip();
    }
}
