package dev.aquifer.webhook.binder;

import static dev.aquifer.webhook.binder.BindingWorld.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aquifer.webhook.binder.known.Shared;
import dev.aquifer.webhook.binder.pairs.BindMode;
import dev.aquifer.webhook.testing.ControlPlane;
import io.fabric8.kubernetes.api.model.Pod;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What becomes of running pods whose grant is withdrawn. Nobody runs them: the API server takes them for running. */
final class EvictionIT {
    @RegisterExtension
    static final ControlPlane api = ControlPlane.withControllers().withDefinition();

    private static final BindingWorld world = new BindingWorld(api);

    @SuppressWarnings("NullAway.Init") // from the first method on
    private static BindingWorld.Running running;

    @BeforeAll
    static void start() {
        // pods of a node that is not there are collected as garbage after a while
        world.apply("{apiVersion: v1, kind: Node, metadata: {name: nowhere}}");
        running = world.binder("eviction", BindMode.FAST);
    }

    @AfterAll
    static void stop() throws IOException {
        running.close();
        world.kubectl("delete", "node", "nowhere");
        world.onlyPairsWereWritten();
    }

    @Test
    void leavesPodsWhereTheOwnerWantsThemKept() {
        world.owner("keep-owner");
        world.share("keep-owner", "ref", "keep");
        world.tenant("keep-tenant", "keep");
        String claim = world.bound("keep-tenant").getMetadata().getName();
        pod("keep-tenant", claim);

        world.share("keep-owner", "ref", "nobody");
        eventually(
                () -> assertThat(world.claim("keep-tenant", claim).getMetadata().getDeletionTimestamp())
                        .isNotNull());
        BindingWorld.patiently().during(Duration.ofSeconds(3)).until(() -> find("keep-tenant") != null);

        world.kubectl("delete", "pod", "-n", "keep-tenant", "user", "--force");
        world.gone("keep-tenant");
    }

    @Test
    void asksPodsToLeaveAndSaysWhy() {
        world.owner("evict-owner");
        world.share("evict-owner", "ref", "evict", "onRevoke: Evict");
        world.tenant("evict-tenant", "evict");
        pod("evict-tenant", world.bound("evict-tenant").getMetadata().getName());

        world.share("evict-owner", "ref", "nobody", "onRevoke: Evict");
        eventually(() -> assertThat(find("evict-tenant")).isNull());
        said("evict-tenant", "Evicted");
        world.gone("evict-tenant");
    }

    /** As an uninstallation leaves it: the pairs are there, so nothing is made that the finalizer would come with. */
    @Test
    void asksPodsToLeaveWhenTheSharedVolumeIsDeletedWhoseFinalizerWasTakenOff() {
        world.owner("again-owner");
        world.share("again-owner", "ref", "again", "onRevoke: Evict");
        world.tenant("again-tenant", "again");
        pod("again-tenant", world.bound("again-tenant").getMetadata().getName());

        world.kubectl(
                "patch",
                "sharedvolume",
                "-n",
                "again-owner",
                "ref",
                "--type=merge",
                "-p",
                "{\"metadata\":{\"finalizers\":null}}");
        eventually(() -> assertThat(world.sharedVolume("again-owner", "ref")
                        .at("/metadata/finalizers/0")
                        .asText())
                .isEqualTo(Shared.FINALIZER));

        world.kubectl("delete", "sharedvolume", "-n", "again-owner", "ref", "--timeout=30s");
        eventually(() -> assertThat(find("again-tenant")).isNull());
        world.gone("again-tenant");
    }

    @Test
    void honoursABudgetUntilTheDeadlineOnly() {
        world.owner("budget-owner");
        world.share("budget-owner", "ref", "budget", "onRevoke: Evict\nevictDeadline: 8s");
        world.tenant("budget-tenant", "budget");
        podWithABudget("budget-tenant");

        Instant before = Instant.now();
        world.share("budget-owner", "ref", "nobody", "onRevoke: Evict\nevictDeadline: 8s");
        eventually(() -> assertThat(find("budget-tenant")).isNull());
        assertThat(said("budget-tenant", "DeletedAfterDeadline")).isAfter(before.plusSeconds(8));
        world.gone("budget-tenant");
    }

    /** The API server answers with an error to an eviction when two budgets count the pod. */
    @Test
    void aPodThatCannotBeEvictedHoldsUpNothingElse() {
        world.owner("stuck-owner");
        world.share("stuck-owner", "ref", "stuck", "onRevoke: Evict");
        for (String tenant : List.of("stuck-tenant", "other-tenant")) {
            world.tenant(tenant, "stuck");
            pod(tenant, world.bound(tenant).getMetadata().getName());
        }
        for (String budget : List.of("one", "two")) {
            world.apply("""
                    apiVersion: policy/v1
                    kind: PodDisruptionBudget
                    metadata: {name: %s, namespace: stuck-tenant}
                    spec: {maxUnavailable: 1, selector: {matchLabels: {app: user}}}
                    """.formatted(budget));
        }

        world.share("stuck-owner", "ref", "nobody", "onRevoke: Evict");
        said("stuck-tenant", "EvictionFailed");
        eventually(() -> assertThat(find("other-tenant")).isNull());
        eventually(
                () -> assertThat(world.condition("stuck-owner", "ref", "Bound")).isEqualTo("True/NothingToBind"));
        world.kubectl("delete", "sharedvolume", "-n", "stuck-owner", "ref", "--timeout=30s");
        assertThat(find("stuck-tenant")).isNotNull();

        world.kubectl("delete", "pod", "-n", "stuck-tenant", "user", "--force");
        world.gone("stuck-tenant");
    }

    @Test
    void aGracePeriodEndsWithTheDeadlineHoweverLongItIs() {
        world.owner("grace-owner");
        world.share("grace-owner", "ref", "grace", "onRevoke: Evict\nevictDeadline: 5s");
        world.tenant("grace-tenant", "grace");
        String claim = world.bound("grace-tenant").getMetadata().getName();
        pod("grace-tenant", "user", claim, 2_000_000_000);
        pod("grace-tenant", "ending", claim, 2_000_000_000);
        world.kubectl("delete", "pod", "-n", "grace-tenant", "ending", "--wait=false");
        eventually(() -> assertThat(grace("grace-tenant", "ending")).isEqualTo(2_000_000_000));

        world.share("grace-owner", "ref", "nobody", "onRevoke: Evict\nevictDeadline: 5s");
        eventually(() -> assertThat(grace("grace-tenant", "user")).isBetween(0L, 35L));
        eventually(() -> assertThat(grace("grace-tenant", "ending")).isEqualTo(30));
        said("grace-tenant", "GraceShortened");

        world.kubectl("delete", "pods", "-n", "grace-tenant", "--all", "--force");
        world.gone("grace-tenant");
    }

    @Test
    void anotherLeaderGoesOnWithADeletedVolumesEvictions() {
        world.owner("heir-owner");
        world.share("heir-owner", "ref", "heir", "onRevoke: Evict\nevictDeadline: 15s");
        world.tenant("heir-tenant", "heir");
        podWithABudget("heir-tenant");

        Instant before = Instant.now();
        world.kubectl("delete", "sharedvolume", "-n", "heir-owner", "ref", "--timeout=30s");
        running.close();
        running = world.binder("eviction-heir", BindMode.FAST);
        eventually(() -> assertThat(find("heir-tenant")).isNull());
        assertThat(said("heir-tenant", "DeletedAfterDeadline")).isAfter(before.plusSeconds(15));
        world.gone("heir-tenant");
    }

    private static @Nullable Pod find(String namespace) {
        return api.client().pods().inNamespace(namespace).withName("user").get();
    }

    /** When the binder said it. */
    private static Instant said(String namespace, String reason) {
        return BindingWorld.patiently()
                .until(
                        () -> api.client().events().v1().events().inNamespace(namespace).list().getItems().stream()
                                .filter(event -> reason.equals(event.getReason()))
                                .map(event -> Instant.parse(event.getEventTime().getTime()))
                                .findFirst(),
                        Optional::isPresent)
                .orElseThrow();
    }

    private static @Nullable Long grace(String namespace, String name) {
        return api.client()
                .pods()
                .inNamespace(namespace)
                .withName(name)
                .get()
                .getMetadata()
                .getDeletionGracePeriodSeconds();
    }

    /** A pod that no eviction can take away. */
    private static void podWithABudget(String namespace) {
        world.apply("""
                apiVersion: policy/v1
                kind: PodDisruptionBudget
                metadata: {name: all, namespace: %s}
                spec: {minAvailable: 1, selector: {matchLabels: {app: user}}}
                """.formatted(namespace));
        pod(namespace, world.bound(namespace).getMetadata().getName());
        eventually(() -> assertThat(api.client()
                        .policy()
                        .v1()
                        .podDisruptionBudget()
                        .inNamespace(namespace)
                        .withName("all")
                        .get()
                        .getStatus()
                        .getExpectedPods())
                .isEqualTo(1));
    }

    private static void pod(String namespace, String claim) {
        pod(namespace, "user", claim, 0);
    }

    private static void pod(String namespace, String name, String claim, long graceSeconds) {
        eventually(() -> world.apply("""
                apiVersion: v1
                kind: Pod
                metadata: {name: %s, namespace: %s, labels: {app: user}}
                spec:
                  nodeName: nowhere
                  terminationGracePeriodSeconds: %d
                  containers: [{name: main, image: "busybox:1"}]
                  volumes: [{name: data, persistentVolumeClaim: {claimName: %s}}]
                """.formatted(name, namespace, graceSeconds, claim)));
        world.kubectl(
                "patch",
                "pod",
                "-n",
                namespace,
                name,
                "--subresource=status",
                "-p",
                "{\"status\":{\"phase\":\"Running\",\"conditions\":[{\"type\":\"Ready\",\"status\":\"True\"}]}}");
    }
}
