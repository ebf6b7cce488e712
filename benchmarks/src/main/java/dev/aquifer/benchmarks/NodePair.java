package dev.aquifer.benchmarks;

import dev.aquifer.node.link.LinkAnswer;
import dev.aquifer.node.link.LinkClient;
import dev.aquifer.node.link.VolumeAttributes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** The two processes of a node beside each other, on a cache of their own that is empty. */
final class NodePair implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final String CERTIFIED = "aquifer_node_certificate_expiry_timestamp_seconds";
    private static final String VOLUME = "benchmark/ref";

    private final Path folder;
    private final Metrics metrics;
    private final Process fetch;
    private final Process mount;

    /**
     * Returns once both could work.
     *
     * @param command what starts {@code aquifer-node}
     * @param own an empty folder, or none yet
     * @param desk gives the node its certificate
     */
    NodePair(List<String> command, Path own, EnrolmentDesk desk) throws IOException {
        this.folder = Files.createDirectories(own);
        Files.createDirectories(folder.resolve("kubelet"));
        this.metrics = new Metrics(Programs.freePort());
        var sockets = List.of(
                "--cache=" + folder.resolve("cache"),
                "--fetch-socket=" + folder.resolve("fetch.sock"),
                "--mount-socket=" + folder.resolve("mount.sock"));
        var fetching = new ArrayList<>(desk.options());
        fetching.addAll(sockets);
        this.fetch = start(
                command,
                "fetch",
                fetching,
                "--datasets=" + folder.resolve("datasets"),
                "--metrics-port=" + metrics.port());
        this.mount = start(
                command,
                "mount",
                sockets,
                "--node-name=benchmark",
                "--kubelet-root=" + folder.resolve("kubelet"),
                "--endpoint=" + folder.resolve("csi.sock"),
                "--registration=" + folder.resolve("reg.sock"));
        awaitBoth();
    }

    Process fetch() {
        return fetch;
    }

    Process mount() {
        return mount;
    }

    /**
     * Waits until a snapshot is on the disk, and fills the cache with the newest where there is none.
     *
     * @return the snapshot that a pod would get
     */
    LinkAnswer.Ready fill(int originPort) throws IOException {
        try (var acquired = new LinkClient(folder.resolve("fetch.sock"))
                .acquire(attributes(originPort), BenchmarkKeys.KEY.text(), "/pods/1", PATIENCE)) {
            if (acquired.answer() instanceof LinkAnswer.Ready ready) {
                return ready;
            }
            throw new IOException("expected a snapshot, found " + acquired.answer());
        }
    }

    /** Fills the cache, and shows the snapshot as a pod would have it. */
    ShownSnapshot show(int originPort) throws IOException {
        fill(originPort);
        return ShownSnapshot.publish(
                folder.resolve("csi.sock"),
                folder.resolve("kubelet"),
                attributes(originPort),
                BenchmarkKeys.KEY.text());
    }

    private static VolumeAttributes attributes(int originPort) {
        return new VolumeAttributes(
                "tenant", BenchmarkKeys.DATASET.value(), VOLUME, BenchmarkKeys.ORIGIN, "localhost:" + originPort);
    }

    private Process start(List<String> command, String subcommand, List<String> options, String... arguments)
            throws IOException {
        var words = new ArrayList<>(command);
        words.add(subcommand);
        words.addAll(options);
        words.addAll(List.of(arguments));
        return new ProcessBuilder(words)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve(subcommand + ".log").toFile())
                .start();
    }

    private void awaitBoth() throws IOException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!Files.exists(folder.resolve("reg.sock")) || metrics.value(CERTIFIED) == 0) {
            if (System.nanoTime() > deadline || !fetch.isAlive() || !mount.isAlive()) {
                throw new IOException(
                        "expected both programs to start, found " + Files.readString(folder.resolve("fetch.log")));
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }
    }

    @Override
    public void close() throws IOException {
        fetch.destroy();
        mount.destroy();
        try {
            fetch.waitFor();
            mount.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        remove(folder);
    }

    /** The cache has made its files immutable, and nobody may delete them like that. */
    static void remove(Path folder) throws IOException {
        Programs.run(List.of("sh", "-c", "chattr -f -R -i \"$1\"; rm -rf \"$1\"", "sh", folder.toString()));
    }
}
