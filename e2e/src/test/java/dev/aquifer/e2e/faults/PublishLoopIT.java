package dev.aquifer.e2e.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aquifer.e2e.Drill;
import dev.aquifer.e2e.NeedsRoot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pods come and go for months. */
@NeedsRoot
final class PublishLoopIT {
    private static final int TIMES = Drill.pick(300, 10_000);
    private static final int WARM_UP = 200;
    private static final int AT_ONCE = 4;
    private static final int DESCRIPTORS = 8;
    private static final long KIBIBYTES = 24 << 10;

    @TempDir
    Path folder;

    @Test
    void publishesAndUnpublishesLeaveNothingBehind() throws Exception {
        try (World world = new World(folder, System.nanoTime());
                NodeAgent node = world.node()) {
            Path first = node.kubelet().mount("pod-0");
            publishAndUnpublish(node, WARM_UP);
            Held mountBefore = Held.by(node.mountPid());
            Held fetchBefore = Held.by(node.fetchPid());

            publishAndUnpublish(node, TIMES);

            assertThat(node.mounts()).containsExactly(first.toString());
            mountBefore.assertNoMore(Held.by(node.mountPid()), "mount");
            fetchBefore.assertNoMore(Held.by(node.fetchPid()), "fetch");
            assertThat(Source.sums(first)).isEqualTo(world.source().sums());
        }
    }

    private static void publishAndUnpublish(NodeAgent node, int times) throws InterruptedException, ExecutionException {
        try (ExecutorService pods = Executors.newFixedThreadPool(AT_ONCE)) {
            List<Future<?>> ends = new ArrayList<>();
            for (int i = 1; i <= times; i++) {
                String pod = "pod-" + i;
                ends.add(pods.submit(() -> {
                    assertThat(node.kubelet().publish(pod).message()).isEqualTo("null");
                    assertThat(node.kubelet().target(pod)).isNotEmptyDirectory();
                    assertThat(node.kubelet().unpublish(pod).isOk()).isTrue();
                    assertThat(node.kubelet().target(pod)).doesNotExist();
                }));
            }
            for (Future<?> end : ends) {
                end.get();
            }
        }
    }

    /** What a process holds. */
    private record Held(long descriptors, long kibibytes) {
        static Held by(long process) throws IOException {
            Path folder = Path.of("/proc/" + process);
            try (Stream<Path> open = Files.list(folder.resolve("fd"));
                    Stream<String> status = Files.lines(folder.resolve("status"))) {
                long resident = status.filter(line -> line.startsWith("VmRSS:"))
                        .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
                        .findFirst()
                        .orElseThrow();
                return new Held(open.count(), resident);
            }
        }

        void assertNoMore(Held after, String program) {
            System.out.printf("faults: %s after %d publishes: %s, before %s%n", program, TIMES, after, this);
            assertThat(after.descriptors).as("open files of " + program).isLessThan(descriptors + DESCRIPTORS);
            assertThat(after.kibibytes).as("memory of " + program).isLessThan(kibibytes + KIBIBYTES);
        }
    }
}
