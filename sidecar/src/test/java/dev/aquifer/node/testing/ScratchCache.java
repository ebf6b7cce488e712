package dev.aquifer.node.testing;

import dev.aquifer.node.cache.Protection;
import dev.aquifer.node.linux.Errno;
import dev.aquifer.node.linux.Fd;
import dev.aquifer.node.linux.LinuxException;
import dev.aquifer.node.linux.Open;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;

/** How the folder of a test's cache can be deleted, though files in it are immutable, and a removal may not have ended yet. */
public final class ScratchCache {
    private ScratchCache() {}

    public static void unlock(Path folder) throws IOException {
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

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
                // it may be gone, or lost by its disk
                if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
                    return FileVisitResult.CONTINUE;
                }
                throw failure;
            }

            private FileVisitResult lift(Path path) throws IOException {
                try (Fd fd = dev.aquifer.node.linux.Files.open(path, Open.READ)) {
                    protection.lift(fd);
                } catch (LinuxException failure) {
                    if (failure.errno() != Errno.ENOENT) {
                        throw failure;
                    }
                }
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
