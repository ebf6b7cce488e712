package dev.aquifer.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.ContainerStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
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
    private static final int PODS_EACH = 3;
    private static final int FILE = 3_000_000;

    @SuppressWarnings("NullAway.Init") // from the first method on
    private static HostDirectory data;

    private static long before;

    private final Installation aquifer;

    CachedIT(Installation aquifer) {
        this.aquifer = aquifer;
    }

    @BeforeAll
    static void share(Installation aquifer) throws IOException {
        data = HostDirectory.make("aquifer-cached-");
        Random random = new Random(1);
        for (String name : List.of("one", "two", "three")) {
            byte[] bytes = new byte[FILE];
            random.nextBytes(bytes);
            Files.write(data.path().resolve(name), bytes);
        }
        Path software = Files.createDirectory(data.path().resolve("software"));
        Files.setPosixFilePermissions(software, PosixFilePermissions.fromString("rwxrwxrwx"));
        Files.writeString(software.resolve("tool"), "1");
        before = originBytes(aquifer);
        aquifer.cluster().kubectlOn(volume(), "apply", "-f", "-");
        // pods that are refused until admission knows the volume and its directories come ever more slowly
        aquifer.cluster().kubectl("-n", OWNER, "wait", "--for=condition=Ready", "sharedvolume/ref", "--timeout=120s");
        for (String tenant : TENANTS) {
            aquifer.cluster().kubectlOn(readers(tenant), "apply", "-f", "-");
        }
        for (String tenant : TENANTS) {
            aquifer.cluster().kubectl("-n", tenant, "rollout", "status", "deployment/readers", "--timeout=180s");
        }
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

        assertThat(sums).hasSize(1);
        assertThat(originBytes(aquifer) - before).isEqualTo(3L * FILE);
    }

    @Test
    void containersOfANewVolumeStartAtTheFirstTryOnDirectoriesThatItsSourceDoesNotHave() {
        assertThat(data.path().resolve("scratch")).doesNotExist();
        for (String tenant : TENANTS) {
            assertThat(aquifer.client()
                            .pods()
                            .inNamespace(tenant)
                            .withLabel("app", "readers")
                            .list()
                            .getItems())
                    .flatExtracting(pod -> pod.getStatus().getContainerStatuses())
                    .extracting(ContainerStatus::getRestartCount)
                    .containsOnly(0);
            assertThat(aquifer.cluster()
                            .kubectl("-n", tenant, "get", "events", "--field-selector=reason=Failed", "-o", "name"))
                    .isBlank();
        }
    }

    @Test
    void nobodyWritesToIt() {
        String tenant = TENANTS.getFirst();
        String pod = pods(tenant).getFirst();

        for (String write : List.of("touch /ref/new", "echo x >> /ref/one", "rm /ref/one", "mv /ref/one /ref/other")) {
            assertThatThrownBy(() -> exec(tenant, pod, write))
                    .as(write)
                    .hasMessageMatching("(?s).*(Read-only file system|Operation not permitted).*");
        }
        String mounts = node("cat", "/proc/self/mountinfo");
        List<String> targets = mounts.lines()
                .map(line -> line.split(" ", -1)[4])
                // the node of a test sees kubelet's folder in a second place, too
                .filter(target -> target.startsWith("/var/lib/kubelet/pods/")
                        && target.contains("kubernetes.io~csi/aquifer-ro-" + OWNER))
                .toList();
        assertThat(targets).hasSize(TENANTS.size() * PODS_EACH);
        assertThatThrownBy(() -> node("touch", targets.getFirst() + "/new"))
                .hasMessageContaining("Read-only file system");
        assertThatThrownBy(() -> node("sh", "-c", "echo x >> " + targets.getFirst() + "/one"))
                .hasMessageMatching("(?s).*(Read-only file system|Operation not permitted).*");
    }

    @Test
    void whatARoleWritesIsSeenAtOnce() throws IOException {
        String tenant = TENANTS.getLast();

        Files.writeString(data.path().resolve("software/tool"), "2");

        assertThat(exec(tenant, pods(tenant).getFirst(), "cat /ref/software/tool"))
                .isEqualTo("2");
    }

    private List<String> pods(String tenant) {
        return aquifer.client().pods().inNamespace(tenant).withLabel("app", "readers").list().getItems().stream()
                .map(pod -> pod.getMetadata().getName())
                .toList();
    }

    private String exec(String namespace, String pod, String script) {
        return aquifer.cluster()
                .kubectl("-n", namespace, "exec", pod, "--", "sh", "-c", script)
                .strip();
    }

    private String node(String... command) {
        String[] words = Stream.concat(Stream.of("1"), Stream.of(command)).toArray(String[]::new);
        return aquifer.cluster().command("node-exec", words).run();
    }

    private static long originBytes(Installation aquifer) {
        return new NodeAgents(aquifer).metric("aquifer_node_origin_bytes_total");
    }

    private static String volume() {
        return data.asClaimOf(OWNER) + """
            apiVersion: aquifer.dev/v1alpha1
            kind: SharedVolume
            metadata: {name: ref, namespace: %1$s}
            spec:
              source: {persistentVolumeClaim: {claimName: data}}
              mountPath: /ref
              readPath: Cached
              roles:
                - {name: reader, paths: [{path: /, access: ReadOnly}, {path: scratch, access: Scratch, sizeLimit: 10Mi}]}
                - {name: writer, paths: [{path: /, access: ReadOnly}, {path: software, access: ReadWrite}]}
              defaultRole: reader
              access: [{namespaces: {names: [cached-anna, cached-bob]}, roles: [reader]}]
            """.formatted(OWNER);
    }

    private static String readers(String tenant) {
        return """
            apiVersion: v1
            kind: Namespace
            metadata:
              name: %1$s
              labels: {aquifer.dev/inject: enabled}
              annotations: {aquifer.dev/accept-from: %2$s}
            ---
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
