package dev.aquifer.webhook.binder;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aquifer.webhook.binder.pairs.BindMode;
import dev.aquifer.webhook.testing.ControlPlane;
import io.fabric8.kubernetes.api.model.events.v1.Event;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Bindings are finished by the binder while Kubernetes' own controller has hundreds of others to bind. */
final class FastBindingIT {
    @RegisterExtension
    static final ControlPlane api =
            ControlPlane.withControllers().withDefinition().ofItsOwn();

    private static final int FOREIGN = 600;
    private static final int TENANTS = 150;

    private final BindingWorld world = new BindingWorld(api);

    @Test
    void losesNoClaimWhileHundredsOfOthersAreBeingBound() {
        world.owner("fast-owner");
        world.apply(yaml(TENANTS, number -> """
                {apiVersion: v1, kind: Namespace, metadata: {name: fast-%d, labels: {aquifer.dev/inject: enabled, fast: "true"}}}
                """.formatted(number)));
        api.namespace("fast-foreign", Map.of());
        try (var _ = world.binder("fast", BindMode.FAST)) {
            world.apply(yaml(FOREIGN, number -> """
                    apiVersion: v1
                    kind: PersistentVolumeClaim
                    metadata: {name: foreign-%1$d, namespace: fast-foreign}
                    spec: {accessModes: [ReadWriteOnce], storageClassName: "", volumeName: foreign-%1$d, resources: {requests: {storage: 1Gi}}}
                    ---
                    apiVersion: v1
                    kind: PersistentVolume
                    metadata: {name: foreign-%1$d}
                    spec: {accessModes: [ReadWriteOnce], storageClassName: "", capacity: {storage: 1Gi}, claimRef: {namespace: fast-foreign, name: foreign-%1$d}, persistentVolumeReclaimPolicy: Retain, hostPath: {path: /srv/foreign}}
                    """.formatted(number)));
            world.share("fast-owner", "ref", "fast");

            BindingWorld.patiently()
                    .atMost(Duration.ofMinutes(3))
                    .pollInterval(Duration.ofSeconds(1))
                    .untilAsserted(() -> assertThat(world.sharedVolume("fast-owner", "ref")
                                    .at("/status/boundNamespaces")
                                    .asInt())
                            .isEqualTo(TENANTS));
        }
        assertThat(api.client()
                        .persistentVolumeClaims()
                        .inAnyNamespace()
                        .withLabel("aquifer.dev/managed-by", "binder")
                        .list()
                        .getItems())
                .noneSatisfy(claim -> assertThat(claim.getStatus().getPhase()).isEqualTo("Lost"));
        List<Event> events =
                api.client().events().v1().events().inAnyNamespace().list().getItems();
        assertThat(events).extracting(Event::getReason).doesNotContain("ClaimLost", "ClaimMisbound");
    }

    private static String yaml(int count, IntFunction<String> one) {
        return IntStream.range(0, count).mapToObj(one).collect(Collectors.joining("---\n"));
    }
}
