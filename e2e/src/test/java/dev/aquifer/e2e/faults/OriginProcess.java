package dev.aquifer.e2e.faults;

import dev.aquifer.e2e.NodeProgram;
import dev.aquifer.e2e.Ports;
import dev.aquifer.node.transfer.DatasetKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The program {@code aquifer-node origin}, which may be killed and started anew at the same address. */
final class OriginProcess implements AutoCloseable {
    private final Path folder;
    private final List<String> words;
    private final int port = Ports.free();
    private final Metrics metrics = new Metrics(Ports.free());
    private NodeProgram program;
    private int starts;

    /** @param options besides those that every origin has */
    OriginProcess(Path folder, Path source, Authority authority, String dataset, DatasetKey key, List<String> options)
            throws IOException {
        this.folder = Files.createDirectories(folder);
        this.words = new ArrayList<>(List.of(
                "origin",
                "--source=" + source,
                "--dataset=" + dataset,
                "--key-sha256=" + key.sha256().hex(),
                "--refresh=1s",
                "--port=" + port,
                "--metrics-port=" + metrics.port(),
                "--enrol-at=" + authority.address(),
                "--ca=" + authority.bundle(),
                "--token=" + authority.token(Authority.ORIGIN)));
        words.addAll(options);
        this.program = run();
    }

    int port() {
        return port;
    }

    Metrics metrics() {
        return metrics;
    }

    String log() throws IOException {
        return Files.readString(folder.resolve("log-" + starts));
    }

    void kill() {
        program.kill();
    }

    /** Stops it as Kubernetes does; returns its exit code. */
    int stop() {
        return program.stop();
    }

    /** In a new pod: what it had noted is gone. */
    void start() throws IOException {
        program = run();
    }

    private NodeProgram run() throws IOException {
        starts++;
        List<String> all = new ArrayList<>(words);
        all.add("--state=" + Files.createDirectories(folder.resolve("state-" + starts)));
        return NodeProgram.start(folder.resolve("log-" + starts), all.toArray(String[]::new));
    }

    @Override
    public void close() {
        program.kill();
    }
}
