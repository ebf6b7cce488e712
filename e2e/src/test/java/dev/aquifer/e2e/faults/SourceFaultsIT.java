package dev.aquifer.e2e.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aquifer.e2e.Drill;
import dev.aquifer.e2e.NeedsRoot;
import io.vertx.grpc.common.GrpcStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The source changes while it is being fetched: pods see it as it was or as it is, never a mixture. */
@NeedsRoot
final class SourceFaultsIT {
    private static final int TIMES = Drill.pick(2, 20);
    private static final String APPENDED = "a/log";

    @TempDir
    Path folder;

    /** What is done to a large file. */
    enum Change {
        IN_PLACE_WITH_ITS_TIME_PUT_BACK {
            @Override
            void make(Source source, String file) throws IOException {
                source.changeSecretly(file);
            }
        },
        TRUNCATED {
            @Override
            void make(Source source, String file) throws IOException {
                source.truncate(file, Source.LARGE / 3);
            }
        },
        DELETED {
            @Override
            void make(Source source, String file) throws IOException {
                source.delete(file);
            }
        };

        abstract void make(Source source, String file) throws IOException;
    }

    @ParameterizedTest
    @EnumSource
    void aFileThatChangesInTheFillIsSeenAsItWasOrAsItIs(Change change) throws Exception {
        try (World world = new World(folder, System.nanoTime(), "--megabytes-per-second=16")) {
            for (int i = 0; i < TIMES; i++) {
                String file = Source.LARGE_FILES.get(world.random().nextInt(Source.LARGE_FILES.size()));
                world.source().write(file, Source.LARGE);
                fill(world, () -> change.make(world.source(), file));
            }
        }
    }

    private static void fill(World world, Fault change) throws Exception {
        Map<String, String> before = world.source().sums();
        try (NodeAgent node = world.node()) {
            CompletableFuture<Path> pod =
                    CompletableFuture.supplyAsync(() -> node.kubelet().mount("pod-1"));
            Moments.until(() -> node.dataset().containsKey("fill"));
            Moments.pass(world.random(), 1800);
            change.happen();
            Map<String, String> after = world.source().sums();
            assertThat(Source.sums(pod.join())).isIn(before, after);
        }
    }

    @Test
    @Timeout(180)
    void aFileThatIsAppendedToForEverIsNamed() throws Exception {
        try (World world = new World(folder, System.nanoTime());
                Appending _ = new Appending(world.source().file(APPENDED));
                NodeAgent node = world.node()) {
            Kubelet.Answer answer = node.kubelet().publish("pod-1", Duration.ofSeconds(25));
            while (!answer.message().contains("cache.onChange: Skip")) {
                assertThat(answer.code()).as(answer.message()).isEqualTo(GrpcStatus.ABORTED);
                answer = node.kubelet().publish("pod-1", Duration.ofSeconds(25));
            }
            assertThat(answer.message()).contains(APPENDED);
        }
    }

    @Test
    void aFileThatIsAppendedToForEverIsLeftOutWhereTheOwnerWantsThat() throws Exception {
        try (World world = new World(folder, System.nanoTime(), "--on-change=Skip");
                Appending _ = new Appending(world.source().file(APPENDED));
                NodeAgent node = world.node()) {
            Path pod = node.kubelet().mount("pod-1");
            Map<String, String> others = world.source().sums();
            others.remove(APPENDED);
            assertThat(Source.sums(pod)).isEqualTo(others);
        }
    }

    /** Appends to a file every 100 ms. */
    private static final class Appending implements AutoCloseable {
        private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();

        Appending(Path file) throws IOException {
            Files.writeString(file, "first\n");
            var _ = timer.scheduleAtFixedRate(
                    () -> {
                        try {
                            Files.writeString(file, "more\n", StandardOpenOption.APPEND);
                        } catch (IOException e) {
                            throw new java.io.UncheckedIOException(e);
                        }
                    },
                    100,
                    100,
                    TimeUnit.MILLISECONDS);
        }

        @Override
        public void close() {
            timer.shutdownNow();
        }
    }
}
