package dev.aquifer.webhook.binder;

import static dev.aquifer.webhook.binder.BindingWorld.eventually;
import static dev.aquifer.webhook.binder.BindingWorld.patiently;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.aquifer.webhook.api.NodeCounts;
import dev.aquifer.webhook.binder.pairs.BindMode;
import dev.aquifer.webhook.origin.OriginSettings;
import dev.aquifer.webhook.report.CacheState;
import dev.aquifer.webhook.testing.ControlPlane;
import io.fabric8.kubernetes.api.model.PersistentVolume;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentStatusBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What the binder makes for cached volumes, and what becomes of it. No pod runs here: tests say that one is ready. */
final class OriginIT {
    private static final String AGENTS = "origin-it-agents";

    @RegisterExtension
    static final ControlPlane api = ControlPlane.withControllers().withDefinition();

    private static final BindingWorld world = new BindingWorld(api);

    @SuppressWarnings("NullAway.Init") // from the first method on
    private static BindingWorld.Running running;

    @BeforeAll
    static void start() {
        api.namespace(AGENTS, Map.of());
        world.apply("""
                {apiVersion: v1, kind: ConfigMap, metadata: {name: aquifer-authority, namespace: %s}, data: {ca.crt: PEM}}
                """.formatted(AGENTS));
        running = world.binder(
                "only", BindMode.FAST, new OriginSettings(AGENTS, "aquifer-node:it", "Never", "https://admission"));
    }

    @AfterAll
    static void stop() {
        running.close();
    }

    @Test
    void aCachedVolumeHasAnOriginAndPairsThatLeadToIt() throws IOException {
        share("serve");

        Deployment deployment = deployment("serve-owner");
        String origin = deployment.getMetadata().getName();
        assertThat(origin).startsWith("aquifer-origin-ref-");
        // one at a time: it mounts what one node may have, and answers under one name
        assertThat(deployment.getSpec().getReplicas()).isOne();
        assertThat(deployment.getSpec().getStrategy().getType()).isEqualTo("Recreate");
        PersistentVolume volume =
                world.volume(world.bound("serve-tenant").getSpec().getVolumeName());
        var csi = volume.getSpec().getCsi();
        assertThat(csi.getDriver()).isEqualTo("node.aquifer.dev");
        assertThat(csi.getVolumeAttributes())
                .containsEntry("aquifer.dev/tenant", "serve-tenant")
                .containsEntry("aquifer.dev/origin", "aquifer://origin/serve-owner/" + origin);
        Secret key = api.client()
                .secrets()
                .inNamespace(AGENTS)
                .withName(csi.getNodePublishSecretRef().getName())
                .get();
        assertThat(deployment
                        .getSpec()
                        .getTemplate()
                        .getSpec()
                        .getContainers()
                        .getFirst()
                        .getArgs())
                .contains("--key-sha256=" + sha256(key), "--exclude=results");
        listed(() -> assertThat(datasets().path(0).path("id").asText())
                .isEqualTo(csi.getVolumeAttributes().get("aquifer.dev/dataset")));
        assertThat(world.condition("serve-owner", "ref", "Cached")).isEqualTo("False/OriginNotReady");

        whileReady("serve-owner", origin, "True/Serving");
    }

    @Test
    void theKeysOfPrefetchedDatasetsAreWhereEveryNodeReadsThem() {
        share("fetch");
        share("wait");
        prefetch("fetch", true);

        // others of this control plane may have theirs there too
        listed(() -> assertThat(prefetched()).containsAllEntriesOf(key("fetch")));
        assertThat(prefetched()).doesNotContainKeys(key("wait").keySet().toArray(String[]::new));

        prefetch("fetch", false);

        listed(() -> assertThat(prefetched())
                .doesNotContainKeys(key("fetch").keySet().toArray(String[]::new)));
    }

    /** Of many changes in a row the list is written each half minute. */
    private static void listed(ThrowingRunnable assertion) {
        patiently().atMost(Duration.ofSeconds(90)).untilAsserted(assertion);
    }

    @Test
    void whatNodesReportIsInTheStatus() {
        share("report");
        String origin = deployment("report-owner").getMetadata().getName();
        String dataset = key("report").keySet().iterator().next();
        String snapshot = "ab".repeat(32);
        world.reported.put(dataset, new CacheState(new NodeCounts(3, 1, 0, 0), snapshot, null, ""));
        whileReady("report-owner", origin, () -> {
            JsonNode status = status("report-owner");
            assertThat(status.path("snapshot").asText()).isEqualTo(snapshot);
            assertThat(status.path("nodes").path("complete").asInt()).isEqualTo(3);
            assertThat(status.toString()).contains("Serving", "complete on 3 nodes, filling on 1");
        });

        world.reported.put(
                dataset,
                new CacheState(
                        new NodeCounts(3, 0, 1, 0),
                        snapshot,
                        new CacheState.Trouble("NoRoom", "node n cannot fill: it needs 300 GiB of 200 GiB"),
                        ""));

        whileReady("report-owner", origin, "False/NoRoom");
    }

    @Test
    void theOriginOfAClaimForOneNodeIsWhereItsOwnersPodIs() {
        world.owner("once-owner", "ReadWriteOnce");
        runs("once-owner", "writer-1", "once-1");
        shareCached("once");
        eventually(() -> assertThat(placed("once-owner")).isEqualTo("once-1"));

        runs("once-owner", "writer-2", "once-2");
        api.client()
                .pods()
                .inNamespace("once-owner")
                .withName("writer-1")
                .withGracePeriod(0)
                .delete();

        eventually(() -> assertThat(placed("once-owner")).isEqualTo("once-2"));
        String origin = deployment("once-owner").getMetadata().getName();
        whileReady(
                "once-owner",
                origin,
                () -> assertThat(status("once-owner").path("conditions").toString())
                        .contains("the claim is ReadWriteOnce, so the origin stays on node \\\"once-2\\\""));
    }

    @Test
    void aClaimForOnePodAloneIsRefusedWithWhatToDo() {
        world.owner("alone-owner", "ReadWriteOncePod");
        shareCached("alone");

        eventually(() ->
                assertThat(world.condition("alone-owner", "ref", "SourceReady")).isEqualTo("False/ReadWriteOncePod"));
        eventually(() ->
                assertThat(world.condition("alone-owner", "ref", "Cached")).isEqualTo("False/SourceNotReady"));
        assertThat(status("alone-owner").path("conditions").toString())
                .contains("for one pod alone: share a volume of another access mode");
        assertThat(deployments("alone-owner")).isEmpty();
    }

    /** The origin's pod mounts it by subPath: kubelet would make it. */
    @Test
    void noOriginIsMadeBeforeTheSubdirectoryIsKnownToBeThere() {
        world.owner("below-owner");
        world.apply("""
                apiVersion: aquifer.dev/v1alpha1
                kind: SharedVolume
                metadata: {name: ref, namespace: below-owner}
                spec:
                  source: {persistentVolumeClaim: {claimName: data}, subdirectory: v1}
                  mountPath: /ref
                  readPath: Cached
                  roles: [{name: reader, paths: [{path: /, access: ReadOnly}]}]
                """);

        eventually(() ->
                assertThat(world.condition("below-owner", "ref", "Cached")).isEqualTo("False/SourceNotReady"));
        assertThat(world.condition("below-owner", "ref", "PathsReady")).isEqualTo("False/Making");
        assertThat(deployments("below-owner")).isEmpty();

        world.kubectl(
                "patch",
                "sharedvolume",
                "-n",
                "below-owner",
                "ref",
                "--type=merge",
                "-p",
                "{\"spec\":{\"directories\":{\"make\":false}}}");

        deployment("below-owner");
    }

    @Test
    void whatSomebodyTakesAwayComesBackWhileTheOriginIsNotReady() {
        share("back");
        Deployment deployment = deployment("back-owner");
        String origin = deployment.getMetadata().getName();

        api.client().services().inNamespace("back-owner").withName(origin).delete();
        api.client().configMaps().inNamespace("back-owner").withName(origin).edit(map -> {
            map.getData().put("ca.crt", "somebody else's");
            return map;
        });

        eventually(() -> {
            assertThat(api.client()
                            .services()
                            .inNamespace("back-owner")
                            .withName(origin)
                            .get())
                    .isNotNull();
            assertThat(api.client()
                            .configMaps()
                            .inNamespace("back-owner")
                            .withName(origin)
                            .get()
                            .getData())
                    .containsEntry("ca.crt", "PEM");
        });
    }

    @Test
    void theKeyOfAnEarlierSourceGoesOnceNoPairNeedsIt() {
        share("moving");
        deployment("moving-owner");
        String first = dataset("moving-tenant");
        for (String place : List.of("v1", "v2", "v3")) {
            String dataset = dataset("moving-tenant");
            world.kubectl(
                    "patch",
                    "sharedvolume",
                    "-n",
                    "moving-owner",
                    "ref",
                    "--type=merge",
                    "-p",
                    "{\"spec\":{\"directories\":{\"make\":false},\"source\":{\"subdirectory\":\"%s\"}}}"
                            .formatted(place));
            eventually(() -> assertThat(dataset("moving-tenant")).isNotEqualTo(dataset));
        }

        eventually(() -> assertThat(keys(uid("moving-owner")))
                .extracting(key -> key.getMetadata().getName())
                .contains("aquifer-key-" + dataset("moving-tenant"))
                .doesNotContain("aquifer-key-" + first)
                .hasSizeLessThan(4));
    }

    @Test
    void itAllGoesWhenTheVolumeIsNotCachedAnyMore() {
        share("direct");
        deployment("direct-owner");

        world.kubectl(
                "patch",
                "sharedvolume",
                "-n",
                "direct-owner",
                "ref",
                "--type=merge",
                "-p",
                "{\"spec\":{\"readPath\":\"Direct\"}}");

        eventually(() -> {
            assertThat(deployments("direct-owner")).isEmpty();
            assertThat(keys(uid("direct-owner"))).isEmpty();
            assertThat(world.condition("direct-owner", "ref", "Cached")).isEqualTo("none");
        });
    }

    @Test
    void itAllGoesWithTheVolume() {
        share("leaving");
        deployment("leaving-owner");
        String uid = uid("leaving-owner");
        assertThat(keys(uid)).hasSize(1);

        world.kubectl("delete", "sharedvolume", "-n", "leaving-owner", "ref", "--timeout=30s");

        eventually(() -> {
            assertThat(deployments("leaving-owner")).isEmpty();
            assertThat(keys(uid)).isEmpty();
        });
    }

    /** Its origin goes with its owner's object; its key lies elsewhere. */
    @Test
    void theKeyOfAVolumeThatNobodyIsGrantedGoesWithItToo() {
        world.owner("lonely-owner");
        world.apply("""
                apiVersion: aquifer.dev/v1alpha1
                kind: SharedVolume
                metadata: {name: ref, namespace: lonely-owner}
                spec:
                  source: {persistentVolumeClaim: {claimName: data}}
                  mountPath: /ref
                  readPath: Cached
                  roles: [{name: reader, paths: [{path: /, access: ReadOnly}]}]
                """);
        deployment("lonely-owner");
        String uid = uid("lonely-owner");
        assertThat(keys(uid)).hasSize(1);

        world.kubectl("delete", "sharedvolume", "-n", "lonely-owner", "ref", "--timeout=30s");

        eventually(() -> assertThat(keys(uid)).isEmpty());
    }

    private static void share(String name) {
        world.owner(name + "-owner");
        shareCached(name);
    }

    /** What the owner has already. */
    private static void shareCached(String name) {
        world.apply("""
                apiVersion: aquifer.dev/v1alpha1
                kind: SharedVolume
                metadata: {name: ref, namespace: %1$s-owner}
                spec:
                  source: {persistentVolumeClaim: {claimName: data}}
                  mountPath: /ref
                  readPath: Cached
                  roles:
                    - {name: reader, paths: [{path: /, access: ReadOnly}, {path: results, access: Hidden}]}
                    - {name: writer, paths: [{path: results, access: ReadWrite}]}
                  access: [{namespaces: {names: [%1$s-tenant]}, roles: [reader]}]
                """.formatted(name));
        world.tenant(name + "-tenant");
    }

    /** An owner's pod with the claim, where the scheduler would have put it. */
    private static void runs(String owner, String pod, String node) {
        String text = """
                {apiVersion: v1, kind: Node, metadata: {name: %3$s}}
                ---
                apiVersion: v1
                kind: Pod
                metadata: {name: %2$s, namespace: %1$s}
                spec:
                  nodeName: %3$s
                  containers: [{name: main, image: busybox}]
                  volumes: [{name: data, persistentVolumeClaim: {claimName: data}}]
                """.formatted(owner, pod, node);
        // not before a controller has made the namespace's service account
        eventually(() -> world.apply(text));
    }

    /** The one node where the owner's origin may run. */
    private static String placed(String owner) {
        return deployment(owner)
                .getSpec()
                .getTemplate()
                .getSpec()
                .getAffinity()
                .getNodeAffinity()
                .getRequiredDuringSchedulingIgnoredDuringExecution()
                .getNodeSelectorTerms()
                .getFirst()
                .getMatchFields()
                .getFirst()
                .getValues()
                .getFirst();
    }

    private static Deployment deployment(String owner) {
        eventually(() -> assertThat(deployments(owner)).hasSize(1));
        return deployments(owner).getFirst();
    }

    private static List<Deployment> deployments(String owner) {
        return api.client().apps().deployments().inNamespace(owner).list().getItems();
    }

    private static List<Secret> keys(String volumeUid) {
        return api.client()
                .secrets()
                .inNamespace(AGENTS)
                .withLabel("aquifer.dev/shared-volume-uid", volumeUid)
                .list()
                .getItems();
    }

    private static void prefetch(String name, boolean wanted) {
        world.kubectl(
                "patch",
                "sharedvolume",
                "-n",
                name + "-owner",
                "ref",
                "--type=merge",
                "-p",
                "{\"spec\":{\"cache\":{\"prefetch\":%s}}}".formatted(wanted));
    }

    private static Map<String, String> prefetched() {
        Secret all = api.client()
                .secrets()
                .inNamespace(AGENTS)
                .withName("aquifer-prefetch-keys")
                .get();
        return all == null ? Map.of() : Objects.requireNonNullElse(all.getData(), Map.of());
    }

    /** The key of the one dataset of this owner, by the dataset. */
    private static Map<String, String> key(String name) {
        Secret key = keys(uid(name + "-owner")).getFirst();
        String dataset = key.getMetadata().getName().substring("aquifer-key-".length());
        return Map.of(dataset, key.getData().get("key"));
    }

    /** Which the tenant's claim shows. */
    private static String dataset(String tenant) {
        var csi = world.volume(world.bound(tenant).getSpec().getVolumeName())
                .getSpec()
                .getCsi();
        return Objects.requireNonNull(csi.getVolumeAttributes().get("aquifer.dev/dataset"));
    }

    private static JsonNode status(String owner) {
        return world.sharedVolume(owner, "ref").path("status");
    }

    private static String uid(String owner) {
        return world.sharedVolume(owner, "ref").at("/metadata/uid").asText();
    }

    private static JsonNode datasets() throws IOException {
        var map = api.client()
                .configMaps()
                .inNamespace(AGENTS)
                .withName("aquifer-datasets")
                .get();
        JsonNode all = JsonMapper.builder()
                .build()
                .readTree(map.getData().get("datasets-0.json"))
                .path("datasets");
        return JsonMapper.builder()
                .build()
                .valueToTree(all.valueStream()
                        .filter(entry -> entry.path("sharedVolume").asText().equals("serve-owner/ref"))
                        .toList());
    }

    /** Waits until the volume's condition Cached is like this, while its origin is said to be ready. */
    private static void whileReady(String owner, String origin, String cached) {
        whileReady(
                owner,
                origin,
                () -> assertThat(world.condition(owner, "ref", "Cached")).isEqualTo(cached));
    }

    private static void whileReady(String owner, String origin, ThrowingRunnable assertion) {
        Thread saying = Thread.ofVirtual().start(() -> {
            while (!Thread.currentThread().isInterrupted()) {
                try {
                    becomesReady(owner, origin);
                } catch (KubernetesClientException tooLate) {
                    // the controller wrote first
                }
            }
        });
        try {
            eventually(assertion);
        } finally {
            saying.interrupt();
        }
    }

    /** What Kubernetes' controller would say once its pod was; it says otherwise again when it looks again. */
    private static void becomesReady(String owner, String origin) {
        api.client().apps().deployments().inNamespace(owner).withName(origin).editStatus(current -> {
            current.setStatus(new DeploymentStatusBuilder()
                    .withObservedGeneration(current.getMetadata().getGeneration())
                    .withReplicas(1)
                    .withAvailableReplicas(1)
                    .withReadyReplicas(1)
                    .build());
            return current;
        });
    }

    private static String sha256(Secret secret) {
        String text = new String(
                Base64.getDecoder().decode(secret.getData().get("key")), java.nio.charset.StandardCharsets.US_ASCII);
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256")
                            .digest(Base64.getUrlDecoder().decode(text)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
