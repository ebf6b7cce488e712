package dev.aquifer.node.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.aquifer.node.cache.CacheFolder;
import dev.aquifer.node.cache.DatasetFolder;
import dev.aquifer.node.cache.Filling;
import dev.aquifer.node.cache.Protection;
import dev.aquifer.node.cache.Usage;
import dev.aquifer.node.dataset.DatasetId;
import dev.aquifer.node.link.RefusalCode;
import dev.aquifer.node.linux.Errno;
import dev.aquifer.node.linux.LinuxException;
import dev.aquifer.node.linux.NeedsRoot;
import dev.aquifer.node.testing.FakeSource;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A cache on a file system that is full to the last byte and the last inode. */
@NeedsRoot
final class DiskFullTest {
    private static final DatasetId ONE = new DatasetId("1".repeat(32));

    @TempDir
    Path folder;

    private final FakeSource source = new FakeSource().random("d/a", 2_000_000).file("b", "short");
    private CacheFolder cache;
    private DatasetFolder dataset;

    @BeforeEach
    void mount() throws Exception {
        run("mount", "-t", "tmpfs", "-o", "size=8m,nr_inodes=500", "small", folder.toString());
        cache = CacheFolder.open(folder.resolve("cache"), new Protection(false));
        dataset = cache.dataset(ONE);
    }

    @AfterEach
    void unmount() throws Exception {
        dataset.close();
        cache.close();
        run("umount", "-l", folder.toString());
    }

    @Test
    void canBeEmptied() throws IOException {
        source.fill(dataset, cache.protection(), () -> false);
        takeAll();
        dataset.retire(source.id());
        dataset.usage().remove();
        assertThat(dataset.clean().orThrow().bytes()).isGreaterThanOrEqualTo(source.bytes());
        assertThat(dataset.snapshots()).isEmpty();
        assertThat(dataset.usage().read()).isNull();
        dataset.usage().write(new Usage(1, 2));
        assertThat(dataset.usage().read()).isEqualTo(new Usage(1, 2));
    }

    @Test
    void canBeRead() throws IOException {
        source.fill(dataset, cache.protection(), () -> false);
        takeAll();
        assertThat(dataset.isComplete(source.id())).isTrue();
        assertThat(dataset.notes().damage(source.id())).isNull();
        assertThat(dataset.current()).isEqualTo(source.id());
        cache.dataset(ONE).close();
    }

    @Test
    void isNamedWhereverItIsNoticed() throws IOException {
        try (Filling filling = dataset.fillings().begin(source.id(), "boot")) {
            takeAll();
            LinuxException digest = catchThrowableOfType(
                    LinuxException.class,
                    () -> filling.digests().put(100_000, source.id().hash()));
            assertThat(digest.errno()).isEqualTo(Errno.ENOSPC);
            assertThat(DiskFull.is(digest)).isTrue();
            assertThat(DiskFull.refusal(digest).code()).isEqualTo(RefusalCode.RESOURCE_EXHAUSTED);
            assertThat(DiskFull.refusal(digest)).hasMessageContaining("file system is full");
        }
        assertThatThrownBy(() -> dataset.usage().write(Usage.NONE))
                .isInstanceOfSatisfying(
                        LinuxException.class,
                        full -> assertThat(DiskFull.is(full)).isTrue());
        assertThat(DiskFull.is(new IOException("cut"))).isFalse();
    }

    private void takeAll() {
        try {
            for (int i = 0; ; i++) {
                Files.createFile(folder.resolve("ballast-" + i));
            }
        } catch (IOException noInodes) {
            takeBlocks();
        }
    }

    private void takeBlocks() {
        try (OutputStream ballast = Files.newOutputStream(folder.resolve("ballast-0"))) {
            while (true) {
                ballast.write(new byte[4096]);
            }
        } catch (IOException noBlocks) {
            // that is what was wanted
        }
    }

    private static void run(String... words) throws Exception {
        Process process = new ProcessBuilder(words).inheritIO().start();
        assertThat(process.waitFor()).isZero();
    }
}
