package dev.aquifer.e2e.faults;

import dev.aquifer.e2e.Command;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** A small file system of its own, in a file, and ballast to fill it with. */
final class SmallDisk implements AutoCloseable {
    private static final int MOST_FILES = 100_000;

    private final Path root;

    /** An ext4 of so many megabytes and so many inodes, mounted in the folder. */
    SmallDisk(Path folder, int megabytes, int inodes) throws IOException {
        Path image = folder.resolve("disk.img");
        this.root = Files.createDirectories(folder.resolve("disk"));
        Command.of("truncate", "-s", megabytes + "M", image.toString()).run();
        Command.of("mkfs.ext4", "-q", "-m", "0", "-N", Integer.toString(inodes), image.toString())
                .run();
        Command.of("mount", "-o", "loop", image.toString(), root.toString()).run();
    }

    /** Where a cache may be. */
    Path cache() {
        return root.resolve("cache");
    }

    /** Takes all blocks that are free. */
    void takeBlocks() {
        byte[] zeros = new byte[1 << 16];
        try (OutputStream ballast = Files.newOutputStream(ballast().resolve("blocks"))) {
            while (true) {
                ballast.write(zeros);
            }
        } catch (IOException full) {
            // that is what was wanted
        }
    }

    /** Takes all inodes that are free. */
    void takeInodes() {
        try {
            for (int i = 0; i < MOST_FILES; i++) {
                Files.createFile(ballast().resolve("inode-" + i));
            }
        } catch (IOException full) {
            return;
        }
        throw new IllegalStateException("expected the inodes to end, found more than " + MOST_FILES);
    }

    /** Gives all of that back. */
    void giveBack() {
        Command.of("find", ballast().toString(), "-mindepth", "1", "-delete").run();
    }

    private Path ballast() {
        try {
            return Files.createDirectories(root.resolve("ballast"));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        Command.of("umount", root.toString()).run();
    }
}
