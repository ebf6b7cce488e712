package dev.aquifer.e2e.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.aquifer.e2e.CachedShare;
import dev.aquifer.e2e.Drill;
import dev.aquifer.e2e.HostDirectory;
import dev.aquifer.e2e.Installation;
import dev.aquifer.e2e.NeedsRoot;
import dev.aquifer.e2e.NodeAgents;
import dev.aquifer.e2e.OnInstallation;
import dev.aquifer.e2e.SteadyReader;
import io.fabric8.kubernetes.api.model.CSIPersistentVolumeSource;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimVolumeSource;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.SecretReference;
import io.fabric8.kubernetes.api.model.Volume;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A volume that pods of two tenants read from the cache of their node. */
@NeedsRoot
@ExtendWith(OnInstallation.class)
class CachedIT {
    private static final String OWNER = "cached-owner";
    private static final List<String> TENANTS = List.of("cached-anna", "cached-bob");
    private static final int PODS_EACH = Drill.pick(3, 15);

    private static final String ORCHESTRATOR = """
        apiVersion: v1
        kind: Pod
        metadata: {name: orchestrator, annotations: {aquifer.dev/volumes: %s/ref@writer}}
        spec:
          terminationGracePeriodSeconds: 0
          containers: [{name: main, image: "busybox:1", command: [/bin/sleep, "3600"]}]
        """.formatted(OWNER);

    @SuppressWarnings("NullAway.Init") // from the first method on
    private static HostDirectory data;

    /** What nodes count of the origin's bytes, and what its network interface sent. */
    private static long crossed;

    private static long sent;

    private final Installation aquifer;

    CachedIT(Installation aquifer) {
        this.aquifer = aquifer;
    }

    @BeforeAll
    static void share(Installation aquifer) throws IOException {
        data = HostDirectory.make("aquifer-cached-");
        SteadyReader.fill(data, 1);
        Path software = Files.createDirectory(data.path().resolve("software"));
        Files.setPosixFilePermissions(software, PosixFilePermissions.fromString("rwxrwxrwx"));
        Files.writeString(software.resolve("tool"), "1");
        long before = originBytes(aquifer);
        aquifer.cluster().kubectlOn(volume(), "apply", "-f", "-");
        // pods that are refused until admission knows the volume and its directories come ever more slowly
        aquifer.cluster().kubectl("-n", OWNER, "wait", "--for=condition=Ready", "sharedvolume/ref", "--timeout=120s");
        for (String tenant : TENANTS) {
            aquifer.cluster().kubectlOn(readers(tenant), "apply", "-f", "-");
        }
        for (String tenant : TENANTS) {
            aquifer.cluster().kubectl("-n", tenant, "rollout", "status", "deployment/readers", "--timeout=180s");
        }
        crossed = originBytes(aquifer) - before;
        sent = sentByOrigin(aquifer);
    }

    @AfterAll
    static void remove(Installation aquifer) throws IOException {
        aquifer.cluster()
                .kubectl("delete", "namespace", OWNER, TENANTS.getFirst(), TENANTS.getLast(), "--timeout=120s");
        aquifer.cluster().kubectl("delete", "persistentvolume", OWNER, "--ignore-not-found");
        data.close();
    }

    @Test
    void crossesTheWireOnceHoweverManyPodsReadIt() {
        Set<String> sums = TENANTS.stream()
                .flatMap(tenant -> pods(tenant).stream()
                        .map(pod -> exec(tenant, pod, "cat /ref/one /ref/two /ref/three | md5sum")))
                .collect(Collectors.toSet());

        assertThat(sums).containsExactly(SteadyReader.sum(data));
        assertThat(crossed).isEqualTo(3L * SteadyReader.FILE);
        // the listing, and the headers of TLS and TCP
        assertThat(sent).isBetween(3L * SteadyReader.FILE, 3L * SteadyReader.FILE * 11 / 10);
    }

    @Test
    void containersOfANewVolumeStartAtTheFirstTryOnDirectoriesThatItsSourceDoesNotHave() {
        assertThat(data.path().resolve("scratch")).doesNotExist();
        for (String tenant : TENANTS) {
            assertThat(running(tenant))
                    .flatExtracting(pod -> pod.getStatus().getContainerStatuses())
                    .extracting(ContainerStatus::getRestartCount)
                    .containsOnly(0);
            // only these: of pods that start beside a kubelet's own start it may say so
            assertThat(aquifer.client().v1().events().inNamespace(tenant).list().getItems())
                    .filteredOn(event -> event.getReason().equals("Failed"))
                    .noneMatch(event -> event.getInvolvedObject().getName().startsWith("readers-"));
        }
    }

    @Test
    void nobodyWritesToIt() {
        String tenant = TENANTS.getFirst();
        String pod = pods(tenant).getFirst();

        assertNoWrite("/ref", write -> exec(tenant, pod, write));
        List<String> targets = targets();
        assertThat(targets).hasSize(TENANTS.size() * PODS_EACH);
        assertThatThrownBy(() -> node("touch", targets.getFirst() + "/new"))
                .hasMessageContaining("Read-only file system");
        assertThatThrownBy(() -> node("sh", "-c", "echo x >> " + targets.getFirst() + "/one"))
                .hasMessageMatching("(?s).*(Read-only file system|Operation not permitted).*");
    }

    @Test
    void nobodyWritesToItWhereNothingGuardsTheClaimEither() {
        String tenant = TENANTS.getFirst();
        aquifer.cluster().kubectl("delete", "validatingwebhookconfiguration", "aquifer-admission");
        try {
            // the API server goes on asking for a moment
            await().atMost(Duration.ofMinutes(1))
                    .ignoreExceptions()
                    .until(() -> !aquifer.cluster()
                            .kubectlOn(unguarded(tenant), "apply", "-f", "-")
                            .isEmpty());
            aquifer.cluster().kubectl("-n", tenant, "wait", "--for=condition=Ready", "pod/unguarded", "--timeout=120s");
            assertNoWrite("/data", write -> exec(tenant, "unguarded", write));

            aquifer.cluster()
                    .kubectl(
                            "-n",
                            tenant,
                            "patch",
                            "pod",
                            "unguarded",
                            "--subresource=ephemeralcontainers",
                            "--type=strategic",
                            "-p",
                            """
                            {"spec": {"ephemeralContainers": [{"name": "debug", "image": "busybox:1", "command": ["sleep", "3600"],
                            "volumeMounts": [{"name": "data", "mountPath": "/data"}]}]}}""");
            await().atMost(Duration.ofMinutes(1))
                    .ignoreExceptions()
                    .until(() -> exec(tenant, "unguarded", "debug", "cat /data/one | wc -c")
                            .equals(String.valueOf(SteadyReader.FILE)));
            assertNoWrite("/data", write -> exec(tenant, "unguarded", "debug", write));
        } finally {
            aquifer.installChart();
            aquifer.cluster().kubectl("-n", tenant, "delete", "pod", "unguarded", "--ignore-not-found", "--now");
            // admission has yet to write into the new configuration whom to trust
            SteadyReader.awaitKnown(aquifer.cluster(), tenant, OWNER + "/ref");
        }
    }

    @Test
    void podsReadOnAndOthersStartWhileKubeletIsStartedAnew() {
        String tenant = TENANTS.getFirst();
        SteadyReader reading = SteadyReader.make(aquifer.cluster(), tenant, "reading", OWNER + "/ref")
                .awaitReady();
        List<SteadyReader> coming = IntStream.range(0, 8)
                .mapToObj(i -> SteadyReader.make(aquifer.cluster(), tenant, "coming-" + i, OWNER + "/ref"))
                .toList();

        for (int i = 0; i < Drill.pick(2, 10); i++) {
            aquifer.cluster().command("restart-kubelet", "1").run();
        }

        coming.forEach(SteadyReader::awaitReady);
        reading.awaitUndisturbed();
        // kubelet starts a container anew if it ended while it was starting it
        coming.forEach(SteadyReader::awaitReadAlike);
        reading.remove();
        coming.forEach(SteadyReader::remove);
        await().atMost(Duration.ofMinutes(2)).until(() -> targets().size() == TENANTS.size() * PODS_EACH);
    }

    @Test
    void whatAnOrchestratorWritesWorkersOfAnotherTenantSeeAtOnce() {
        String tenant = TENANTS.getFirst();
        aquifer.cluster().kubectlOn(ORCHESTRATOR, "apply", "-n", tenant, "-f", "-");
        aquifer.cluster().kubectl("-n", tenant, "wait", "--for=condition=Ready", "pod/orchestrator", "--timeout=120s");
        String other = TENANTS.getLast();
        String worker = pods(other).getFirst();

        exec(
                tenant,
                "orchestrator",
                "echo 2 > /ref/software/tool && mkdir /ref/software/new && echo 3 > /ref/software/new/tool");

        assertThat(exec(other, worker, "cat /ref/software/tool /ref/software/new/tool"))
                .isEqualTo("2\n3");
        assertNoWrite("/ref", write -> exec(tenant, "orchestrator", write));
        assertThatThrownBy(() -> exec(other, worker, "echo 4 > /ref/software/tool"))
                .hasMessageContaining("Read-only file system");
        aquifer.cluster().kubectl("-n", tenant, "delete", "pod", "orchestrator", "--now");
    }

    @Test
    void itsKeyIsForNodesThatRunPodsWithIt() {
        SecretReference key = published(aquifer).getNodePublishSecretRef();
        String node = running(TENANTS.getFirst()).getFirst().getSpec().getNodeName();

        assertThat(readBy(node, key)).isEqualTo("secret/" + key.getName());
        assertThatThrownBy(() -> readBy("another-node", key)).hasMessageContaining("no relationship found");
    }

    private String readBy(String node, SecretReference secret) {
        return aquifer.cluster()
                .kubectl(
                        "--as=system:node:" + node,
                        "--as-group=system:nodes",
                        "-n",
                        secret.getNamespace(),
                        "get",
                        "secret",
                        secret.getName(),
                        "-o",
                        "name")
                .strip();
    }

    /** Where this volume is mounted for pods. */
    private List<String> targets() {
        return node("cat", "/proc/self/mountinfo")
                .lines()
                .map(line -> line.split(" ", -1)[4])
                // the node of a test sees kubelet's folder in a second place, too
                .filter(target -> target.startsWith("/var/lib/kubelet/pods/")
                        && target.contains("kubernetes.io~csi/aquifer-ro-" + OWNER))
                .toList();
    }

    private static void assertNoWrite(String root, UnaryOperator<String> shell) {
        for (String write : List.of(
                "touch %s/new", "echo x >> %s/one", "rm %s/one", "mv %s/one %1$s/other", "ln %s/one %1$s/another")) {
            assertThatThrownBy(() -> shell.apply(write.formatted(root)))
                    .as(write)
                    .hasMessageMatching("(?s).*(Read-only file system|Operation not permitted).*");
        }
    }

    private List<String> pods(String tenant) {
        return running(tenant).stream().map(pod -> pod.getMetadata().getName()).toList();
    }

    private List<Pod> running(String tenant) {
        return aquifer.client()
                .pods()
                .inNamespace(tenant)
                .withLabel("app", "readers")
                .list()
                .getItems();
    }

    /** What kubelet is to publish of the volume. */
    private static CSIPersistentVolumeSource published(Installation aquifer) {
        return aquifer.client().persistentVolumes().list().getItems().stream()
                .filter(volume -> volume.getMetadata().getName().contains(OWNER))
                .map(volume -> volume.getSpec().getCsi())
                .filter(Objects::nonNull)
                .findFirst()
                .orElseThrow();
    }

    private String exec(String namespace, String pod, String script) {
        return exec(namespace, pod, "main", script);
    }

    private String exec(String namespace, String pod, String container, String script) {
        return aquifer.cluster()
                .kubectl("-n", namespace, "exec", pod, "-c", container, "--", "sh", "-c", script)
                .strip();
    }

    private String node(String... command) {
        return node(aquifer, command);
    }

    private static String node(Installation aquifer, String... command) {
        String[] words = Stream.concat(Stream.of("1"), Stream.of(command)).toArray(String[]::new);
        return aquifer.cluster().command("node-exec", words).run();
    }

    /** By the kernel's count of the bytes that left the pod of the origin, since that was made (proc(5), net/dev). */
    private static long sentByOrigin(Installation aquifer) {
        String dataset = published(aquifer).getVolumeAttributes().get("aquifer.dev/dataset");
        String device =
                node(aquifer, "sh", "-c", "grep eth0 /proc/$(pgrep -of '[-]-dataset=%s')/net/dev".formatted(dataset));
        return Long.parseLong(device.strip().split("[: ]+", -1)[9]);
    }

    private static long originBytes(Installation aquifer) {
        return new NodeAgents(aquifer).metric("aquifer_node_origin_bytes_total");
    }

    private static String volume() {
        return data.sharedBy(OWNER) + """
              readPath: Cached
              roles:
                - {name: reader, paths: [{path: /, access: ReadOnly}, {path: scratch, access: Scratch, sizeLimit: 10Mi}]}
                - {name: writer, paths: [{path: /, access: ReadOnly}, {path: software, access: ReadWrite}]}
              defaultRole: reader
              access:
                - {namespaces: {names: [cached-anna, cached-bob]}, roles: [reader]}
                - {namespaces: {names: [cached-anna]}, roles: [writer]}
            """;
    }

    /** A pod that admission did not make, with the claim of one that it did, writable as far as its author can say. */
    private String unguarded(String tenant) {
        String claim = running(tenant).stream()
                .flatMap(pod -> pod.getSpec().getVolumes().stream())
                .map(Volume::getPersistentVolumeClaim)
                .filter(Objects::nonNull)
                .map(PersistentVolumeClaimVolumeSource::getClaimName)
                .filter(name -> name.startsWith("aquifer-ro-" + OWNER))
                .findFirst()
                .orElseThrow();
        return """
            apiVersion: v1
            kind: Pod
            metadata: {name: unguarded, namespace: %s}
            spec:
              containers:
                - {name: main, image: "busybox:1", command: [sleep, "3600"], volumeMounts: [{name: data, mountPath: /data}]}
              volumes: [{name: data, persistentVolumeClaim: {claimName: %s}}]
            """.formatted(tenant, claim);
    }

    private static String readers(String tenant) {
        return CachedShare.tenant(tenant, OWNER) + """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: readers, namespace: %1$s}
            spec:
              replicas: %3$d
              selector: {matchLabels: {app: readers}}
              template:
                metadata:
                  labels: {app: readers}
                  annotations: {aquifer.dev/volumes: %2$s/ref}
                spec:
                  terminationGracePeriodSeconds: 0
                  containers: [{name: main, image: "busybox:1", command: [/bin/sleep, "3600"]}]
            """.formatted(tenant, OWNER, PODS_EACH);
    }
}
