package dev.aquifer.webhook.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.aquifer.webhook.entitlement.AcceptedOwners;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Two watches over connections on which nothing comes. */
final class ClusterClientTest {
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);

    @Test
    void beginsASilentWatchAnewWithoutAList() throws IOException {
        PulseRate quick = new PulseRate(Duration.ofMillis(50), Duration.ofMillis(300));
        try (SilentApiServer api = new SilentApiServer(false);
                KubernetesClient client = client(api, quick);
                InformedCluster _ = new InformedCluster(client, AcceptedOwners.NONE, Served.ALL)) {

            await().atMost(LONGEST_WAIT).until(() -> api.watches() >= 4);

            assertThat(api.lists()).isEqualTo(2);
        }
    }

    @Test
    void leavesAWatchAloneWhoseServerAnswers() throws IOException {
        PulseRate quick = new PulseRate(Duration.ofMillis(20), Duration.ofSeconds(3));
        try (SilentApiServer api = new SilentApiServer(true);
                KubernetesClient client = client(api, quick);
                InformedCluster _ = new InformedCluster(client, AcceptedOwners.NONE, Served.ALL)) {

            await().atMost(LONGEST_WAIT).until(() -> api.pings() >= 2 * 170);

            assertThat(api.watches()).isEqualTo(2);
        }
    }

    private static KubernetesClient client(SilentApiServer api, PulseRate rate) {
        return ClusterClient.create(
                new ConfigBuilder(Config.empty()).withMasterUrl(api.url()).build(), rate);
    }
}
