package dev.aquifer.node.csi;

import dev.aquifer.node.link.LinkAnswer;
import dev.aquifer.node.link.LinkClient;
import dev.aquifer.node.link.LinkServer;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Path;

/** A driver on real sockets, between a stand-in for the process that fetches and mounts in memory. */
final class CsiCase {
    final FakeMounter mounter = new FakeMounter();
    final FetchStandIn fetch = new FetchStandIn();
    final PublishedVolumes volumes = new PublishedVolumes();
    final Vertx vertx = Vertx.vertx();
    final CsiClient kubelet;
    final CsiClient registry;
    private final Path fetchSocket;
    private final Driver driver;
    private LinkServer link;

    CsiCase(Path folder, boolean controller) throws IOException, InterruptedException {
        DriverSettings settings = new DriverSettings(
                "1.2.3",
                "node-1",
                Path.of(Requests.KUBELET),
                folder.resolve("csi.sock"),
                Path.of(Requests.KUBELET, "plugins/csi.sock"),
                folder.resolve("reg.sock"),
                controller);
        fetchSocket = folder.resolve("fetch.sock");
        startFetch();
        driver = new Driver(vertx, settings, mounter, new LinkClient(fetchSocket), volumes);
        driver.start();
        kubelet = new CsiClient(vertx, settings.endpoint());
        registry = new CsiClient(vertx, settings.registration());
        ready("a");
    }

    /** The snapshot of this digit is complete. */
    void ready(String digit) {
        fetch.fills(_ -> new LinkAnswer.Ready(Requests.snapshot(digit), digit.repeat(64)));
    }

    void endFetch() throws IOException {
        link.close();
    }

    void startFetch() throws IOException {
        link = LinkServer.start(fetchSocket, fetch);
    }

    void close() throws IOException, InterruptedException {
        driver.stop();
        link.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
