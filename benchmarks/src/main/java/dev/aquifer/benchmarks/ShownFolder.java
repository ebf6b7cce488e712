package dev.aquifer.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A folder, shown read-only at another place by the kernel, as the node agent shows a snapshot to a pod. */
record ShownFolder(Path path) implements AutoCloseable {
    ShownFolder(Path folder, Path path) throws IOException {
        this(Files.createDirectories(path));
        run("mount", "--bind", folder.toString(), path.toString());
        run("mount", "-o", "remount,bind,ro,nosuid,nodev", path.toString());
    }

    @Override
    public void close() throws IOException {
        run("umount", path.toString());
    }

    private static void run(String... command) throws IOException {
        try {
            int code = new ProcessBuilder(command).inheritIO().start().waitFor();
            if (code != 0) {
                throw new IOException("'%s' ended with %d".formatted(String.join(" ", command), code));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
