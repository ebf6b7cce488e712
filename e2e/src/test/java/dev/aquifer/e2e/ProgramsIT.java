package dev.aquifer.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.aquifer.node.transfer.DatasetKey;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The three programs of {@code aquifer-node} as processes beside each other, native where there is a native image. */
@NeedsRoot
final class ProgramsIT {
    private static final String DATASET = "0123456789abcdef".repeat(2);
    private static final DatasetKey KEY =
            DatasetKey.parse(Base64.getUrlEncoder().encodeToString("this-key-has-thirty-two-bytes...".getBytes(UTF_8)));
    private static final String ORIGIN = "aquifer://origin/climate-data/aquifer-origin-ref";

    @TempDir
    private Path folder;

    private final Vertx vertx = Vertx.vertx();
    private final StandInWebhook webhook = new StandInWebhook(vertx);
    private int originPort;
    private int originMetrics;
    private int fetchMetrics;
    private Path source;
    private NodeProgram origin;
    private NodeProgram fetch;
    private NodeProgram mount;
    private Kubelet kubelet;

    @BeforeEach
    void start() throws IOException {
        originPort = Ports.free();
        originMetrics = Ports.free();
        fetchMetrics = Ports.free();
        source = fill(Files.createDirectory(folder.resolve("source")));
        Files.createDirectory(folder.resolve("kubelet"));
        Files.createDirectory(folder.resolve("state"));
        Files.writeString(folder.resolve("ca.crt"), webhook.authorities());
        origin = startOrigin();
        fetch = startFetch("fetch.log");
        mount = startMount();
        kubelet = new Kubelet(vertx, folder.resolve("csi.sock"));
        awaitSocket("fetch.sock");
        awaitSocket("reg.sock");
    }

    @AfterEach
    void stop() throws IOException {
        if (mount.isAlive()) {
            try (Stream<Path> pods = Files.list(folder.resolve("kubelet"))) {
                pods.forEach(kubelet::unpublish);
            }
        }
        Stream.of(mount, fetch, origin).forEach(NodeProgram::close);
        webhook.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
        // files that pods saw are immutable, and nobody deletes them like that
        Command.of(
                        "sh",
                        "-c",
                        "chattr -f -R -i \"$1\" || true",
                        "sh",
                        folder.resolve("cache").toString())
                .run();
    }

    @Test
    void aPodSeesWhatTheSourceHoldsAndWritesNothing() throws IOException {
        Path target = publish("anna");

        assertThatItShowsTheSource(target);
        assertThatExceptionOfType(FileSystemException.class)
                .isThrownBy(() -> Files.writeString(target.resolve("new"), "x"))
                .withMessageContaining("Read-only file system");
        assertThat(metrics(fetchMetrics))
                .contains(
                        "aquifer_node_origin_bytes_total " + (double) bytes(),
                        "aquifer_node_certificate_expiry_timestamp_seconds ");
        assertThat(metrics(originMetrics)).contains("aquifer_origin_sent_file_bytes_total ");

        kubelet.unpublish(target);
        assertThat(target).doesNotExist();
        assertThat(Stream.of(mount, fetch, origin).map(NodeProgram::stop)).containsOnly(0);
        assertThat(logs())
                .contains("event=published", "event=certificate name=" + ORIGIN, "event=stopped")
                .doesNotContain(KEY.text(), StandInWebhook.token(""));
    }

    @Test
    void aCompleteSnapshotNeedsNeitherOriginNorWebhook() throws IOException {
        publish("anna");
        assertThat(Stream.of(fetch, origin).map(NodeProgram::stop)).containsOnly(0);
        webhook.close();

        fetch = startFetch("fetch-again.log");
        awaitSocket("fetch.sock");

        assertThatItShowsTheSource(publish("bob"));
        assertThat(metrics(fetchMetrics)).contains("aquifer_node_origin_bytes_total 0.0");
    }

    private Path publish(String pod) {
        Path target = folder.resolve("kubelet").resolve(pod);
        kubelet.publish(
                target,
                KEY.text(),
                Map.of(
                        "aquifer.dev/format", "1",
                        "aquifer.dev/tenant", pod,
                        "aquifer.dev/dataset", DATASET,
                        "aquifer.dev/shared-volume", "climate-data/ref",
                        "aquifer.dev/origin", ORIGIN,
                        "aquifer.dev/origin-address", "localhost:" + originPort,
                        "csi.storage.k8s.io/pod.namespace", pod,
                        "csi.storage.k8s.io/pod.name", "worker",
                        "csi.storage.k8s.io/pod.uid", pod));
        return target;
    }

    private NodeProgram startOrigin() throws IOException {
        return NodeProgram.start(
                folder.resolve("origin.log"),
                "origin",
                "--source=" + source,
                "--dataset=" + DATASET,
                "--key-sha256=" + KEY.sha256().hex(),
                "--state=" + folder.resolve("state"),
                "--port=" + originPort,
                "--metrics-port=" + originMetrics,
                "--enrol-at=" + webhook.address(),
                "--ca=" + folder.resolve("ca.crt"),
                "--token=" + token("origin-token", ORIGIN));
    }

    private NodeProgram startFetch(String log) throws IOException {
        return NodeProgram.start(
                folder.resolve(log),
                "fetch",
                "--cache=" + folder.resolve("cache"),
                "--fetch-socket=" + folder.resolve("fetch.sock"),
                "--mount-socket=" + folder.resolve("mount.sock"),
                "--datasets=" + folder.resolve("datasets"),
                "--keys=" + folder.resolve("keys"),
                "--metrics-port=" + fetchMetrics,
                "--quota=1Gi",
                "--enrol-at=" + webhook.address(),
                "--ca=" + folder.resolve("ca.crt"),
                "--token=" + token("node-token", "aquifer://node/node-1"));
    }

    private NodeProgram startMount() {
        return NodeProgram.mount(folder.resolve("mount.log"), folder, folder.resolve("cache"));
    }

    private Path token(String file, String name) throws IOException {
        return Files.writeString(folder.resolve(file), StandInWebhook.token(name));
    }

    private void awaitSocket(String name) {
        await().atMost(Duration.ofSeconds(30)).until(() -> Files.exists(folder.resolve(name)));
    }

    private void assertThatItShowsTheSource(Path target) {
        assertThat(Command.of("diff", "--recursive", "--no-dereference", source.toString(), target.toString())
                        .run())
                .isEmpty();
    }

    private String logs() throws IOException {
        return Files.readString(folder.resolve("mount.log"))
                + Files.readString(folder.resolve("fetch.log"))
                + Files.readString(folder.resolve("origin.log"));
    }

    private long bytes() throws IOException {
        try (Stream<Path> files = Files.walk(source)) {
            return files.filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
                    .mapToLong(file -> file.toFile().length())
                    .sum();
        }
    }

    private static String metrics(int port) throws IOException {
        try (var in = URI.create("http://localhost:%d/metrics".formatted(port))
                .toURL()
                .openStream()) {
            return new String(in.readAllBytes(), UTF_8);
        }
    }

    /** A large file and many small ones at several depths, an empty one, an empty directory and a link. */
    private static Path fill(Path source) throws IOException {
        Random random = new Random(1);
        for (int i = 0; i < 200; i++) {
            Path file = source.resolve("d%d/e%d/file-%d".formatted(i % 3, i % 7, i));
            Files.createDirectories(file.getParent());
            byte[] content = new byte[i == 1 ? 20_000_001 : i * 50];
            random.nextBytes(content);
            Files.write(file, content);
        }
        Files.createDirectory(source.resolve("empty"));
        Files.createSymbolicLink(source.resolve("link"), Path.of("d1/e1/file-1"));
        return source;
    }
}
