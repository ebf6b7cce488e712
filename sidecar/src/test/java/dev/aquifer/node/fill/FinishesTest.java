package dev.aquifer.node.fill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aquifer.node.linux.Fd;
import dev.aquifer.node.linux.Open;
import dev.aquifer.node.testing.OpenDescriptors;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FinishesTest {
    @Test
    void waitForTheDiskBehindWhatPodsDo() throws IOException {
        Assumptions.assumeTrue(Files.isExecutable(Path.of("/usr/bin/ionice")), "ionice tells the class of a thread");
        List<String> classes = new CopyOnWriteArrayList<>();
        try (Finishes finishes = new Finishes()) {
            finishes.submit(() -> classes.add(ioClass()));
            finishes.drain();
        }
        assertThat(classes).containsExactly("idle");
    }

    @Test
    void keepTheFirstFailure() throws IOException {
        try (Finishes finishes = new Finishes()) {
            finishes.submit(() -> {
                throw new IOException("no disk");
            });
            assertThatThrownBy(finishes::drain).isInstanceOf(IOException.class).hasMessage("no disk");
        }
    }

    @Test
    void keepAnErrorToo() throws IOException {
        try (Finishes finishes = new Finishes()) {
            finishes.submit(() -> {
                throw new LinkageError("no such call");
            });
            assertThatThrownBy(finishes::drain).isInstanceOf(LinkageError.class);
        }
    }

    /** A file that cannot be sealed fails the fill again and again. */
    @Test
    void leaveNoFileOpenThatTheyDoNotTake(@TempDir Path folder) throws IOException {
        Path file = Files.createFile(folder.resolve("file"));
        try (Finishes finishes = new Finishes()) {
            finishes.submit(open(file), () -> {
                throw new IOException("no disk");
            });
            assertThatThrownBy(finishes::drain).hasMessage("no disk");
            Fd later = open(file);
            assertThatThrownBy(() -> finishes.submit(later, () -> {})).hasMessage("no disk");
        }
        assertThat(OpenDescriptors.below(folder)).isZero();
    }

    private static Fd open(Path file) throws IOException {
        return dev.aquifer.node.linux.Files.open(file, Open.READ);
    }

    /** Of the thread that calls. */
    private static String ioClass() throws IOException {
        String thread = Path.of("/proc/thread-self").toRealPath().getFileName().toString();
        Process ionice = new ProcessBuilder("ionice", "-p", thread).start();
        return new String(ionice.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    }
}
