package dev.aquifer.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A folder, shown read-only at another place by the kernel, as the node agent shows a snapshot to a pod. */
record ShownFolder(Path path) implements AutoCloseable {
    ShownFolder(Path folder, Path path) throws IOException {
        this(Files.createDirectories(path));
        Programs.run(List.of("mount", "--bind", folder.toString(), path.toString()));
        Programs.run(List.of("mount", "-o", "remount,bind,ro,nosuid,nodev", path.toString()));
    }

    @Override
    public void close() throws IOException {
        Programs.run(List.of("umount", path.toString()));
    }
}
