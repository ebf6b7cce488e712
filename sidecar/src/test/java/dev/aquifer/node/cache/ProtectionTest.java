package dev.aquifer.node.cache;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aquifer.node.linux.Fd;
import dev.aquifer.node.linux.Files;
import dev.aquifer.node.linux.LinuxException;
import dev.aquifer.node.linux.NeedsRoot;
import dev.aquifer.node.linux.Open;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@NeedsRoot
final class ProtectionTest {
    private static final byte[] NAME = "file".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] SECOND = "second".getBytes(StandardCharsets.US_ASCII);
    private static final int MANY = 2000;

    @TempDir
    Path folder;

    private final Protection protection = new Protection(false);
    private Fd dir;
    private Fd file;

    @BeforeEach
    void protectAFile() throws IOException {
        dir = Files.openRoot(folder);
        file = Files.open(dir, NAME, Open.READ_WRITE | Open.CREATE, 0600);
        protection.set(file);
    }

    @AfterEach
    void unlock() throws LinuxException {
        protection.lift(file);
        file.close();
        dir.close();
    }

    @Test
    void isRestoredForACompleteSnapshotOnly() throws LinuxException {
        protection.lift(file);

        assertThat(protection.restore(file, () -> false)).isFalse();
        assertThat(protection.isSet(file)).isFalse();
        assertThat(protection.restore(file, () -> true)).isTrue();
        assertThat(protection.isSet(file)).isTrue();
        assertThat(protection.restore(file, () -> true)).isFalse();
    }

    @Test
    void staysAwayInTheMomentsThatAFileGetsAnotherName() throws Exception {
        FutureTask<Void> sweep = new FutureTask<>(restoring());
        Thread sweeper = Thread.ofPlatform().start(sweep);

        for (int i = 0; i < MANY; i++) {
            try (Protection.Section _ = protection.section()) {
                protection.lift(file);
                Files.link(dir, NAME, dir, SECOND);
                Files.unlink(dir, SECOND);
            }
        }

        sweeper.interrupt();
        sweep.get();
    }

    /** To seal a large file takes minutes: so long nobody else may wait for a sweep that met it. */
    @Test
    @Timeout(30)
    void isNotWaitedForByOthersWhileAFileIsSealed() throws Exception {
        protection.lift(file);
        CountDownLatch sealed = new CountDownLatch(1);
        CountDownLatch begun = new CountDownLatch(1);
        Thread sealing = Thread.ofPlatform().start(() -> {
            try (Protection.Section _ = protection.section()) {
                begun.countDown();
                sealed.await();
            } catch (InterruptedException end) {
                Thread.currentThread().interrupt();
            }
        });
        begun.await();

        assertThat(protection.restore(file, () -> true)).isFalse();
        try (Protection.Section _ = protection.section()) {
            assertThat(protection.isSet(file)).isFalse();
        }

        sealed.countDown();
        sealing.join();
        assertThat(protection.restore(file, () -> true)).isTrue();
    }

    private Callable<Void> restoring() {
        return () -> {
            while (!Thread.currentThread().isInterrupted()) {
                protection.restore(file, () -> true);
            }
            return null;
        };
    }
}
