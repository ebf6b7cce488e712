package dev.aquifer.node.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.aquifer.node.linux.PowerCut;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A small ext4 of a test's own, in a file. All that is on it goes with the file. */
public final class LoopDisk implements AutoCloseable {
    private final Path image;
    private final Path root;

    /**
     * One of this size, mounted below the folder.
     *
     * @param options of mkfs.ext4
     */
    public LoopDisk(Path folder, String size, String... options) throws IOException {
        this.image = folder.resolve("disk.img");
        this.root = Files.createDirectories(folder.resolve("disk"));
        Files.deleteIfExists(image);
        run("truncate", "-s", size, image.toString());
        List<String> words = new ArrayList<>(List.of("mkfs.ext4", "-q"));
        words.addAll(List.of(options));
        words.add(image.toString());
        run(words.toArray(String[]::new));
        mount();
    }

    /** Where it is mounted. */
    public Path root() {
        return root;
    }

    /** Whoever uses it gets errors from now on. */
    public void cutPower(PowerCut cut) throws IOException {
        cut.of(root);
    }

    /** The machine starts anew: nobody may have anything open there. */
    public void startAnew() throws IOException {
        unmount();
        mount();
    }

    /** The disk no longer gives back these files and directories: nobody may have anything open there. */
    public void lose(Path... paths) throws IOException {
        unmount();
        for (Path path : paths) {
            run("debugfs", "-w", "-R", "clri /" + root.relativize(path), image.toString());
        }
        mount();
    }

    private void unmount() {
        await().until(() -> exitCode("umount", root.toString()) == 0);
    }

    /** Even if somebody still has something open there. */
    @Override
    public void close() throws IOException {
        run("umount", "--lazy", root.toString());
    }

    /** The kernel writes nothing to it by itself within a test, and notes each time that something is read. */
    private void mount() throws IOException {
        run("mount", "-o", "loop,commit=300,strictatime", image.toString(), root.toString());
    }

    private static void run(String... words) throws IOException {
        assertThat(exitCode(words)).as(String.join(" ", words)).isZero();
    }

    private static int exitCode(String... words) throws IOException {
        try {
            return new ProcessBuilder(words).inheritIO().start().waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while it waited for " + words[0]);
        }
    }
}
