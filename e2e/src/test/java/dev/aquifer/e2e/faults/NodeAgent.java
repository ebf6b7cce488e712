package dev.aquifer.e2e.faults;

import static org.awaitility.Awaitility.await;

import dev.aquifer.e2e.Command;
import dev.aquifer.e2e.NodeProgram;
import dev.aquifer.e2e.Ports;
import dev.aquifer.node.link.LinkClient;
import dev.aquifer.node.link.VolumeAttributes;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A node of its own folder: both processes of the agent, and the kubelet that calls them. Either may be killed and started anew. */
final class NodeAgent implements AutoCloseable {
    private final Path folder;
    private final Path cache;
    private final List<String> fetchOptions;
    private final Map<String, String> environment;
    private final Metrics metrics = new Metrics(Ports.free());
    private final Kubelet kubelet;
    private NodeProgram fetch;
    private NodeProgram mount;
    private int starts;

    /**
     * A node that is ready.
     *
     * @param fetchOptions besides those that every node has
     * @param environment of both processes, besides this one's
     */
    NodeAgent(
            Path folder,
            Path cache,
            Authority authority,
            VolumeAttributes volume,
            String key,
            List<String> fetchOptions,
            Map<String, String> environment)
            throws IOException {
        this.folder = Files.createDirectories(folder);
        this.cache = Files.createDirectories(cache);
        Files.createDirectories(folder.resolve("kubelet"));
        this.fetchOptions = new ArrayList<>(List.of(
                "--enrol-at=" + authority.address(),
                "--ca=" + authority.bundle(),
                "--token=" + authority.token(Authority.NODE),
                "--metrics-port=" + metrics.port()));
        this.fetchOptions.addAll(fetchOptions);
        this.environment = environment;
        this.kubelet = new Kubelet(folder.resolve("csi.sock"), folder.resolve("kubelet"), volume, key);
        this.fetch = runFetch();
        this.mount = runMount();
        awaitReady();
    }

    Kubelet kubelet() {
        return kubelet;
    }

    Metrics metrics() {
        return metrics;
    }

    Path cache() {
        return cache;
    }

    /** What fetch knows of its one dataset; empty while it knows none, or is not there. */
    JsonObject dataset() {
        try {
            var datasets = new LinkClient(folder.resolve("fetch.sock")).status().getJsonArray("datasets");
            return datasets.isEmpty() ? new JsonObject() : datasets.getJsonObject(0);
        } catch (IOException away) {
            return new JsonObject();
        }
    }

    /** Whether a snapshot of its dataset is being filled now. */
    boolean isFilling() {
        JsonObject fill = dataset().getJsonObject("fill");
        return fill != null && fill.getString("snapshot") != null;
    }

    /** Bytes that its fill has fetched and verified so far; 0 where none goes on. */
    long fetched() {
        JsonObject fill = dataset().getJsonObject("fill");
        return fill == null ? 0 : fill.getLong("fetchedBytes");
    }

    /** What {@code aquifer-node status} prints of it. */
    String status(String... options) {
        List<String> words = new ArrayList<>(List.of("status", "--fetch-socket=" + folder.resolve("fetch.sock")));
        words.addAll(List.of(options));
        return NodeProgram.command(words.toArray(String[]::new)).run();
    }

    /** What the newest run of fetch has logged. */
    String log() throws IOException {
        return Files.readString(folder.resolve("fetch-log-" + starts));
    }

    /** The process of the program that mounts. */
    long mountPid() {
        return mount.pid();
    }

    long fetchPid() {
        return fetch.pid();
    }

    boolean isAlive() {
        return fetch.isAlive() && mount.isAlive();
    }

    /** What the first run of the program that mounts has logged. */
    String mountLog() throws IOException {
        return Files.readString(folder.resolve("mount-log-1"));
    }

    /** Stops both as Kubernetes does; returns their exit codes. */
    List<Integer> stop() {
        return List.of(mount.stop(), fetch.stop());
    }

    void killFetch() {
        fetch.kill();
    }

    void startFetch() {
        fetch = runFetch();
    }

    /** @param options besides those that every node has */
    void restartMount(String... options) {
        mount.kill();
        mount = runMount(options);
    }

    /** Where the node's pods have volumes now, as the kernel says. */
    List<String> mounts() throws IOException {
        try (var lines = Files.lines(Path.of("/proc/self/mountinfo"))) {
            return lines.map(line -> line.split(" ", -1)[4])
                    .filter(path -> path.startsWith(folder.resolve("kubelet").toString()))
                    .toList();
        }
    }

    private NodeProgram runFetch() {
        starts++;
        List<String> words = new ArrayList<>(List.of(
                "fetch",
                "--cache=" + cache,
                "--fetch-socket=" + folder.resolve("fetch.sock"),
                "--mount-socket=" + folder.resolve("mount.sock"),
                "--datasets=" + folder.resolve("datasets"),
                "--keys=" + folder.resolve("keys")));
        words.addAll(fetchOptions);
        return NodeProgram.start(folder.resolve("fetch-log-" + starts), environment, words.toArray(String[]::new));
    }

    private NodeProgram runMount(String... options) {
        return NodeProgram.mount(folder.resolve("mount-log-" + starts), environment, folder, cache, options);
    }

    private void awaitReady() {
        await().atMost(Duration.ofSeconds(60))
                .until(() -> Files.exists(folder.resolve("reg.sock")) && Files.exists(folder.resolve("fetch.sock")));
    }

    /** Ends the node, with its mounts and its cache, which holds files that nobody else could remove. */
    @Override
    public void close() throws IOException {
        kubelet.close();
        mount.kill();
        fetch.kill();
        for (String target : mounts()) {
            Command.of("umount", target).run();
        }
        // a link has no flags, of which chattr complains
        Command.of("sh", "-c", "chattr -f -R -i \"$1\" || true", "sh", cache.toString())
                .run();
        Command.of("find", cache.toString(), "-mindepth", "1", "-delete").run();
    }
}
