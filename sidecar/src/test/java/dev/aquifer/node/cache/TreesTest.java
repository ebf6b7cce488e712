package dev.aquifer.node.cache;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aquifer.node.linux.Fd;
import dev.aquifer.node.linux.Open;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TreesTest {
    private static final Executor THREADS = task -> Thread.ofPlatform().daemon().start(task);

    @TempDir
    Path folder;

    /** Several times, for some looks at a file fall between its last name and its end. */
    @RepeatedTest(5)
    void goesOnWhileTheTreeIsRemoved() throws IOException {
        for (int i = 0; i < 4_000; i++) {
            Path directory = Files.createDirectories(folder.resolve("tree/" + i % 40));
            Files.createFile(directory.resolve("file-" + i));
        }
        try (Fd dir = dev.aquifer.node.linux.Files.open(folder, Open.READ)) {
            CompletableFuture<Usage> removal = CompletableFuture.supplyAsync(() -> remove(dir), THREADS);
            int counts = 0;
            while (!removal.isDone()) {
                assertThat(TreeCount.of(dir).inodes()).isLessThanOrEqualTo(4_042);
                counts++;
            }
            assertThat(counts).isPositive();
            assertThat(removal.join().inodes()).isEqualTo(4_041);
            assertThat(TreeCount.of(dir).inodes()).isEqualTo(1);
        }
    }

    @Test
    void endsBesideAnotherRemoval() throws IOException {
        for (int i = 0; i < 2_000; i++) {
            Path directory = Files.createDirectories(folder.resolve("tree/" + i % 40));
            Files.createFile(directory.resolve("file-" + i));
        }
        try (Fd dir = dev.aquifer.node.linux.Files.open(folder, Open.READ)) {
            CompletableFuture<Usage> one = CompletableFuture.supplyAsync(() -> remove(dir), THREADS);
            CompletableFuture<Usage> other = CompletableFuture.supplyAsync(() -> remove(dir), THREADS);
            assertThat(one.join().plus(other.join()).inodes()).isGreaterThanOrEqualTo(2_041);
            assertThat(TreeCount.of(dir).inodes()).isEqualTo(1);
        }
    }

    private static Usage remove(Fd dir) {
        try {
            return TreeRemoval.of(dir, "tree".getBytes(StandardCharsets.US_ASCII), new Protection(false))
                    .orThrow();
        } catch (IOException wrong) {
            throw new UncheckedIOException(wrong);
        }
    }
}
