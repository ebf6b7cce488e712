package dev.aquifer.node.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aquifer.node.dataset.DatasetId;
import dev.aquifer.node.link.Acquisition;
import dev.aquifer.node.link.LinkAnswer;
import dev.aquifer.node.link.LinkClient;
import dev.aquifer.node.link.LinkServer;
import dev.aquifer.node.link.MountedRoot;
import dev.aquifer.node.link.VolumeAttributes;
import dev.aquifer.node.linux.Fd;
import dev.aquifer.node.linux.Metadata;
import dev.aquifer.node.linux.Stat;
import dev.aquifer.node.origin.RunningOrigin;
import dev.aquifer.node.remote.OriginClients;
import dev.aquifer.node.testing.ScratchCache;
import dev.aquifer.node.testing.TestAuthority;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** The process of a node that fetches, as it is; kubelet and the process that mounts are played by the test. */
final class FetchingNode implements AutoCloseable {
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final Duration UPKEEP_EVERY = Duration.ofMillis(200);

    final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    /** All that it told the webhook. */
    final List<String> reports = new CopyOnWriteArrayList<>();

    final Set<MountedRoot> mounted = ConcurrentHashMap.newKeySet();
    private final Path cache;
    private final LinkClient client;
    private final LinkServer mounter;
    private final FetchProgram program;

    FetchingNode(FetchSettings settings, OriginClients origins) throws IOException {
        this.cache = settings.cache();
        this.client = new LinkClient(settings.socket());
        this.mounter = LinkServer.start(settings.mountSocket(), (_, _) -> new LinkAnswer.Mounted(List.copyOf(mounted)));
        this.program =
                FetchProgram.start(settings, origins, this::take, registry, InstantSource.system(), UPKEEP_EVERY);
    }

    private JsonObject take(String report) {
        reports.add(report);
        return new JsonObject();
    }

    /** What a volume says whose origin listens on this port. */
    static VolumeAttributes volume(DatasetId dataset, int port) {
        return volume(dataset, TestAuthority.ORIGIN.toString(), port);
    }

    static VolumeAttributes volume(DatasetId dataset, String origin, int port) {
        return new VolumeAttributes("climate-anna", dataset.value(), "climate-data/ref", origin, "localhost:" + port);
    }

    LinkAnswer ask(VolumeAttributes volume, Duration timeout) throws IOException {
        return ask(volume, RunningOrigin.KEY.text(), timeout);
    }

    /** What a pod is told that waits so long. */
    LinkAnswer ask(VolumeAttributes volume, String key, Duration timeout) throws IOException {
        String target = "/pods/" + Thread.currentThread().threadId();
        try (Acquisition acquisition = client.acquire(volume, key, target, timeout)) {
            return acquisition.answer();
        }
    }

    /** The snapshot on the disk that a pod gets. */
    Path tree(VolumeAttributes volume) throws IOException {
        LinkAnswer answer = ask(volume, LONG);
        assertThat(answer).isInstanceOf(LinkAnswer.Ready.class);
        return cache.resolve(((LinkAnswer.Ready) answer).directory());
    }

    /** A pod has it from now on. */
    void mount(Path tree) throws IOException {
        try (Fd root = dev.aquifer.node.linux.Files.openRoot(tree)) {
            Stat stat = Metadata.stat(root);
            mounted.add(new MountedRoot(stat.device().major(), stat.device().minor(), stat.inode()));
        }
    }

    JsonObject status() throws IOException {
        return client.status();
    }

    @Override
    public void close() throws IOException {
        program.close();
        mounter.close();
        ScratchCache.unlock(cache);
    }
}
