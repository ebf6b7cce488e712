package dev.aquifer.e2e.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aquifer.e2e.Command;
import dev.aquifer.e2e.Drill;
import dev.aquifer.e2e.NeedsRoot;
import io.vertx.grpc.common.GrpcStatus;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The node's disk rots, or has no room left. */
@NeedsRoot
final class DiskFaultsIT {
    private static final int TIMES = Drill.pick(2, 20);
    private static final int MEGABYTES = 80;
    private static final int INODES = 900;

    @TempDir
    Path folder;

    @Test
    void aByteThatRotsOnTheDiskIsFoundInOneScrubAndMended() throws Exception {
        try (World world = new World(folder, System.nanoTime());
                NodeAgent node = world.node("--scrub-rate=400Mi")) {
            Map<String, String> sums = world.source().sums();
            Path pod = node.kubelet().mount("pod-1");
            // no argument of a program can carry the others
            List<String> names = sums.keySet().stream()
                    .filter(name -> name.matches("[ -~]+"))
                    .toList();
            for (int i = 0; i < TIMES; i++) {
                String name = names.get(world.random().nextInt(names.size()));
                flip(inCache(node, name), world);
                assertThat(Source.sums(pod)).isNotEqualTo(sums);

                // a scrub begins with the agent, and a new pod's publish brings the dataset's key
                node.killFetch();
                node.startFetch();
                node.kubelet().mount("pod-" + (i + 2));
                Moments.until(() -> node.metrics().value("aquifer_node_scrub_mended_total") > 0);

                assertThat(Source.sums(pod)).as("after %s was mended", name).isEqualTo(sums);
                Path mended = inCache(node, name);
                assertThatThrownBy(() -> Files.newByteChannel(mended, StandardOpenOption.WRITE))
                        .hasMessageContaining("Operation not permitted");
            }
        }
    }

    /** On the disk itself, below everybody. */
    private static void flip(Path file, World world) throws IOException {
        Command.of("chattr", "-i", file.toString()).run();
        try (RandomAccessFile content = new RandomAccessFile(file.toFile(), "rw")) {
            long at = world.random().nextLong(content.length());
            content.seek(at);
            int before = content.read();
            content.seek(at);
            content.write(before ^ (1 << world.random().nextInt(8)));
            content.getFD().sync();
        }
        Command.of("chattr", "+i", file.toString()).run();
    }

    private static Path inCache(NodeAgent node, String name) throws IOException {
        String snapshot = node.dataset().getString("snapshot");
        return node.cache().resolve("datasets/%s/snapshots/%s/%s".formatted(World.DATASET, snapshot, name));
    }

    @Test
    void aDiskThatIsFullIsNamedAndTheFillGoesOnOnceThereIsRoom() throws Exception {
        fillWithout(SmallDisk::takeBlocks);
    }

    @Test
    void inodesThatAreUsedUpAreNamedAndTheFillGoesOnOnceThereAreSome() throws Exception {
        fillWithout(SmallDisk::takeInodes);
    }

    private void fillWithout(Consumer<SmallDisk> take) throws Exception {
        try (World world = new World(folder, System.nanoTime(), "--megabytes-per-second=16");
                SmallDisk disk = new SmallDisk(folder, MEGABYTES, INODES)) {
            Map<String, String> sums = world.source().sums();
            int refused = 0;
            long verified = 0;
            for (int i = 0; i < TIMES; i++) {
                try (NodeAgent node = world.node(world.wire(), disk.cache())) {
                    Interrupted fill = interrupted(world, node, disk, take, i % 2 == 0);
                    refused += fill.refused() ? 1 : 0;
                    verified += fill.verified();
                    assertThat(Source.sums(node.kubelet().mount("pod-1"))).isEqualTo(sums);
                    assertThat(bytesOf(node) - fill.fetched())
                            .as(
                                    "bytes fetched after %d of %d were verified",
                                    fill.verified(), world.source().bytes())
                            .isLessThanOrEqualTo((double) (world.source().bytes() - fill.verified()));
                }
            }
            assertThat(refused).as("fills that had no room").isPositive();
            assertThat(verified).as("bytes verified before there was no room").isPositive();
        }
    }

    /**
     * A fill whose disk was full for a while.
     *
     * @param refused whether the pod was told
     * @param verified bytes that were there before the disk was full
     * @param fetched bytes that had been fetched when there was room again
     */
    private record Interrupted(boolean refused, long verified, double fetched) {}

    private static double bytesOf(NodeAgent node) throws IOException {
        return node.metrics().value("aquifer_node_origin_bytes_total");
    }

    /**
     * The disk fills up in the fill; returns once the pods were told, and there is room again.
     *
     * @param late not before something is verified
     */
    private static Interrupted interrupted(
            World world, NodeAgent node, SmallDisk disk, Consumer<SmallDisk> take, boolean late) throws IOException {
        CompletableFuture<Kubelet.Answer> pod =
                CompletableFuture.supplyAsync(() -> node.kubelet().publish("pod-1"));
        Moments.until(() -> node.dataset().containsKey("fill"));
        if (late) {
            Moments.until(() -> node.fetched() > 0);
        }
        Moments.pass(world.random(), late ? 300 : 1200);
        long verified = node.fetched();
        take.accept(disk);
        Kubelet.Answer answer = pod.join();
        if (!answer.isOk()) {
            assertThat(answer.code()).as(answer.message()).isEqualTo(GrpcStatus.RESOURCE_EXHAUSTED);
            assertThat(answer.message()).contains("file system", "free", "on the node");
        }
        assertThat(node.isAlive()).isTrue();
        LockSupport.parkNanos(world.random().nextInt(500_000_000));
        double fetched = bytesOf(node);
        disk.giveBack();
        return new Interrupted(!answer.isOk(), verified, fetched);
    }

    @Test
    void aFullDiskDoesNotKeepPodsFromWhatIsComplete() throws Exception {
        try (World world = new World(folder, System.nanoTime());
                SmallDisk disk = new SmallDisk(folder, MEGABYTES, INODES);
                NodeAgent node = world.node(world.wire(), disk.cache())) {
            Map<String, String> sums = world.source().sums();
            Path first = node.kubelet().mount("pod-1");
            disk.takeBlocks();
            disk.takeInodes();
            assertThat(Source.sums(node.kubelet().mount("pod-2"))).isEqualTo(sums);
            node.killFetch();
            node.startFetch();
            assertThat(Source.sums(node.kubelet().mount("pod-3"))).isEqualTo(sums);
            assertThat(Source.sums(first)).isEqualTo(sums);
        }
    }
}
