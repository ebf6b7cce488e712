package dev.aquifer.webhook.binder.known;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aquifer.webhook.binder.pace.Backoff;
import dev.aquifer.webhook.binder.pace.RaisePace;
import dev.aquifer.webhook.binding.source.HandleRules;
import dev.aquifer.webhook.cluster.Served;
import dev.aquifer.webhook.entitlement.AcceptedOwners;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a plan asked for, in the words by which changes are told. */
final class RecordedFactsTest {
    @Test
    void everythingThatAPlanLooksAtIsNoted() {
        try (KubernetesClient client =
                        new KubernetesClientBuilder().withConfig(Config.empty()).build();
                KnownCluster cluster = new KnownCluster(
                        client, Served.ALL, AcceptedOwners.NONE, HandleRules.known(), null, new Nobody())) {
            RaisePace pace = new RaisePace(new Backoff(Duration.ZERO, Duration.ZERO, () -> 0), () -> 0);
            RecordedFacts facts = new RecordedFacts(cluster, pace, Instant.EPOCH);
            Map<String, Runnable> lookups = Map.of(
                    Interests.claim("owner", "data"), () -> facts.claim("owner", "data"),
                    Interests.volume("source"), () -> facts.volume("source"),
                    Interests.handle("d h"), () -> facts.handleOwners("d h"),
                    Interests.tenant("alice"), () -> facts.pairVolumesFor("alice"),
                    Interests.limits("alice"), () -> facts.storageLimits("alice"),
                    Interests.driver("d"), () -> facts.fsGroupPolicy("d"));

            lookups.values().forEach(Runnable::run);

            assertThat(facts.asked()).isEqualTo(lookups.keySet());
        }
    }
}
