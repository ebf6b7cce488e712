package dev.aquifer.e2e.installation;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aquifer.e2e.Drill;
import dev.aquifer.e2e.Installation;
import dev.aquifer.e2e.LongRunning;
import dev.aquifer.e2e.NeedsRoot;
import dev.aquifer.e2e.OnInstallation;
import dev.aquifer.e2e.Pods;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The certificate authority changes again and again under a steady stream of pods: none of them is missed. */
@NeedsRoot
@LongRunning
@ExtendWith(OnInstallation.class)
class RotationIT {
    private static final int LEAST_MADE = 50;
    /** One signer in three seconds is due. */
    private static final Duration LONGEST = Duration.ofMinutes(4);

    private static final Map<String, String> HASTE = Map.of(
            "AQUIFER_CA_ROTATION", "3s",
            "AQUIFER_CA_SETTLE", "1s",
            "AQUIFER_CA_TICK", "200ms",
            "AQUIFER_LEAF_LIFETIME", "6s",
            "AQUIFER_CA_LIFETIME", "60s",
            "AQUIFER_DRAIN", "5s");

    private final Installation aquifer;

    RotationIT(Installation aquifer) {
        this.aquifer = aquifer;
    }

    @AfterEach
    void installAsItWas() {
        aquifer.installChart();
    }

    @Test
    void noAdmissionFailsWhileTheAuthorityChangesEveryThreeSeconds() {
        aquifer.installChart(Installation.admissionWith(HASTE));
        Set<String> signers = new HashSet<>();
        int made = 0;
        int wanted = Drill.pick(5, 15);

        Instant end = Instant.now().plus(LONGEST);
        while ((signers.size() < wanted || made <= LEAST_MADE) && Instant.now().isBefore(end)) {
            // the policy refuses a pod that asks and was not seen to, so a failed call shows as an exception here
            assertThat(Pods.isInjected(aquifer.client()
                            .resource(Pods.asking("stream").build())
                            .dryRun()
                            .create()))
                    .isTrue();
            if (made++ % 10 == 0) {
                signers.add(signer());
            }
        }

        assertThat(signers).hasSizeGreaterThanOrEqualTo(wanted);
        assertThat(made).isGreaterThan(LEAST_MADE);
    }

    /** The authority that signs now: the first of the bundle by which the API server trusts admission. */
    private String signer() {
        String bundle = aquifer.client()
                .admissionRegistration()
                .v1()
                .mutatingWebhookConfigurations()
                .withLabel("aquifer.dev/inject-ca", "true")
                .list()
                .getItems()
                .getFirst()
                .getWebhooks()
                .getFirst()
                .getClientConfig()
                .getCaBundle();
        String pem = new String(Base64.getDecoder().decode(bundle), US_ASCII);
        return pem.substring(0, pem.indexOf("-----END"));
    }
}
