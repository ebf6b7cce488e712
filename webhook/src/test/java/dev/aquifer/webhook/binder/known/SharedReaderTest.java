package dev.aquifer.webhook.binder.known;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aquifer.webhook.binding.plan.RevokePolicy.Evict;
import dev.aquifer.webhook.binding.plan.RevokePolicy.Keep;
import dev.aquifer.webhook.cluster.Served;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A SharedVolume of a definition that is newer than this program. */
final class SharedReaderTest {
    private static Shared unreadable(String spec) {
        Shared shared = new SharedReader(Served.ALL)
                .read(Serialization.unmarshal("""
                        apiVersion: aquifer.dev/v1alpha1
                        kind: SharedVolume
                        metadata: {name: ref, namespace: owner, uid: uid, resourceVersion: "1"}
                        spec: {readPath: Streamed, %s}
                        """.formatted(spec), GenericKubernetesResource.class))
                .value();
        assertThat(shared.volume()).isNull();
        return shared;
    }

    @Test
    void saysStillWhatBecomesOfPodsThatLoseTheirGrant() {
        assertThat(unreadable("onRevoke: Evict, evictDeadline: 90s").policy())
                .isEqualTo(new Evict(Duration.ofSeconds(90)));
        assertThat(unreadable("onRevoke: Keep").policy()).isEqualTo(new Keep());
        assertThat(unreadable("mountPath: /ref").policy()).isEqualTo(new Keep());
    }

    @Test
    void hasTheUsualDeadlineWhereItsOwnCannotBeRead() {
        assertThat(unreadable("onRevoke: Evict, evictDeadline: tomorrow").policy())
                .isEqualTo(new Evict(Duration.ofMinutes(10)));
    }
}
