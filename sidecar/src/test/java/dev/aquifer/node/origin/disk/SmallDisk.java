package dev.aquifer.node.origin.disk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file system of a test's own, in memory, that is soon full. */
final class SmallDisk implements AutoCloseable {
    private final Path root;

    SmallDisk(Path folder, String size) throws IOException {
        this.root = Files.createDirectory(folder.resolve("small"));
        run("mount", "-t", "tmpfs", "-o", "size=" + size, "tmpfs", root.toString());
    }

    Path root() {
        return root;
    }

    @Override
    public void close() throws IOException {
        run("umount", "--lazy", root.toString());
    }

    private static void run(String... words) throws IOException {
        try {
            assertThat(new ProcessBuilder(words).inheritIO().start().waitFor()).isZero();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while it waited for " + words[0]);
        }
    }
}
