package dev.aquifer.node.fetch;

import dev.aquifer.node.cache.FreeSpaceFloor;
import dev.aquifer.node.cache.Protection;
import dev.aquifer.node.cache.Quota;
import dev.aquifer.node.cache.Usage;
import dev.aquifer.node.linux.Fd;
import dev.aquifer.node.linux.Open;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;

/** A cache of a test, and how its folder can be deleted though files in it are immutable. */
final class ScratchCache {
    private ScratchCache() {}

    /** With sockets and lists in the folder, and room for a gigabyte. */
    static FetchSettings settings(Path folder, Path cache, boolean verity, long scrubBytesPerSecond, int workers) {
        return new FetchSettings(
                cache,
                folder.resolve("fetch.sock"),
                folder.resolve("mount.sock"),
                folder.resolve("datasets"),
                folder.resolve("keys"),
                new Quota(new Usage(1L << 30, 100_000), 90, 80),
                new FreeSpaceFloor(0),
                verity,
                scrubBytesPerSecond,
                2,
                workers);
    }

    static void unlock(Path folder) throws IOException {
        Protection protection = new Protection(false);
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path dir, BasicFileAttributes attributes) throws IOException {
                return lift(dir);
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                return attributes.isRegularFile() ? lift(file) : FileVisitResult.CONTINUE;
            }

            private FileVisitResult lift(Path path) throws IOException {
                try (Fd fd = dev.aquifer.node.linux.Files.open(path, Open.READ)) {
                    protection.lift(fd);
                }
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
