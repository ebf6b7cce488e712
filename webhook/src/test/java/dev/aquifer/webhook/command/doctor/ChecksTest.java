package dev.aquifer.webhook.command.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aquifer.webhook.command.Manifest;
import dev.aquifer.webhook.command.nodes.Agents;
import dev.aquifer.webhook.rest.ApiServer;
import dev.aquifer.webhook.testing.PretendedApiServer;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class ChecksTest {
    private static final List<String> OF_WHAT_IS_SHARED = List.of(
            "volumes",
            "roles",
            "boundary",
            "handles",
            "kernels",
            "namespaces",
            "pod-security",
            "limits",
            "origin-room");

    private static final Agents UNASKED = new Agents() {
        @Override
        public String metrics(String namespace, String pod) {
            throw new AssertionError("no agent is asked before the checks run");
        }

        @Override
        public String status(String namespace, String pod) {
            throw new AssertionError("no agent is asked before the checks run");
        }
    };

    @Test
    void filesWithoutAnInstallationAreAskedForNone() {
        assertThat(names(checks("").ofFiles())).isEqualTo(OF_WHAT_IS_SHARED);
    }

    @Test
    void filesWithAnInstallationAreAskedForWhatNeedsNoCluster() {
        assertThat(names(checks(InstalledBinder.MANIFEST).ofFiles()))
                .containsAll(OF_WHAT_IS_SHARED)
                .contains("installation", "certificates", "policies", "nodes")
                .doesNotContain("authority", "serving", "agents", "caches", "reachability", "rights", "program-rights");
    }

    @Test
    void aClusterIsAskedForAllThatHasNoVolumeToAskFor() throws IOException {
        assertThat(names(cluster(api -> checks("").ofCluster(api, UNASKED, null, "own"))))
                .containsAll(OF_WHAT_IS_SHARED)
                .contains("installation", "authority", "caches", "reachability", "rights", "program-rights")
                .doesNotContain("injection");
    }

    @Test
    void aProbeLooksAtNothingThatOwnersAndTenantsAnswerFor() throws IOException {
        assertThat(names(cluster(api -> checks("").ofProbe(api, "own", "owner/volume"))))
                .contains("installation", "authority", "serving", "agents", "injection", "program-rights")
                .doesNotContainAnyElementsOf(OF_WHAT_IS_SHARED)
                .doesNotContain("caches", "reachability", "rights");
    }

    private static Checks checks(String yaml) {
        return new Checks(Manifest.of(yaml), Clock.systemUTC());
    }

    private static List<Check> cluster(Function<ApiServer, List<Check>> checks) throws IOException {
        try (PretendedApiServer server = new PretendedApiServer("/", exchange -> exchange.close())) {
            return checks.apply(new ApiServer(server.client()));
        }
    }

    private static List<String> names(List<Check> checks) {
        return checks.stream().map(Check::name).toList();
    }
}
