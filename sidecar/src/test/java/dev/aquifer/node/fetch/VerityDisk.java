package dev.aquifer.node.fetch;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A small ext4 with fs-verity, in a file, whose blocks can rot. */
final class VerityDisk {
    private static final int BLOCK = 4096;
    /** The first line of {@code filefrag -v}: logical blocks, and the first physical one. */
    private static final Pattern EXTENT = Pattern.compile("(?m)^\\s*0:\\s+0\\.\\.\\s*\\d+:\\s+(\\d+)\\.\\.");

    private final Path image;
    private final Path root;

    /** Mounted in the folder; the test is skipped where the kernel has no fs-verity. */
    VerityDisk(Path folder) throws Exception {
        assumeThat(Path.of("/sys/fs/ext4/features/verity"))
                .as("what the kernel's ext4 can")
                .exists();
        this.image = folder.resolve("disk.img");
        this.root = Files.createDirectory(folder.resolve("disk"));
        run("truncate", "-s", "64M", image.toString());
        run("mkfs.ext4", "-q", "-b", Integer.toString(BLOCK), "-O", "verity", image.toString());
        run("mount", "-o", "loop", image.toString(), root.toString());
    }

    Path root() {
        return root;
    }

    /** Changes a bit of the file's first block on the disk itself, and has the kernel read it anew. */
    void rot(Path file) throws Exception {
        run("sync");
        Process extents = new ProcessBuilder("filefrag", "-v", file.toString()).start();
        Matcher first = EXTENT.matcher(new String(extents.getInputStream().readAllBytes(), US_ASCII));
        assertThat(first.find()).as("an extent in the answer of filefrag").isTrue();
        long at = Long.parseLong(first.group(1)) * BLOCK + 17;
        try (RandomAccessFile device = new RandomAccessFile(image.toFile(), "rw")) {
            device.seek(at);
            int before = device.read();
            device.seek(at);
            device.write(before ^ 1);
        }
        Files.writeString(Path.of("/proc/sys/vm/drop_caches"), "3");
    }

    void unmount() throws Exception {
        run("umount", "-l", root.toString());
    }

    private static void run(String... command) throws Exception {
        assertThat(exitCode(command)).as(String.join(" ", command)).isZero();
    }

    private static int exitCode(String... command) throws Exception {
        return new ProcessBuilder(command).inheritIO().start().waitFor();
    }
}
