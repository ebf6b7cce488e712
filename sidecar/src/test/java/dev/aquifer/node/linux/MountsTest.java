package dev.aquifer.node.linux;

import static dev.aquifer.node.linux.Calls.name;
import static dev.aquifer.node.linux.Calls.refused;
import static java.nio.file.Files.createDirectory;
import static java.nio.file.Files.writeString;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@NeedsRoot
final class MountsTest {
    private static final int ALL = Mounts.READ_ONLY | Mounts.NO_SUID | Mounts.NO_DEV;

    @TempDir
    Path folder;

    private Path source;
    private Path target;

    @BeforeEach
    void prepare() throws IOException {
        source = createDirectory(folder.resolve("source"));
        target = createDirectory(folder.resolve("target"));
        writeString(source.resolve("file"), "text");
    }

    @AfterEach
    void unmountWhatIsLeft() {
        if (target == null) {
            return;
        }
        try {
            while (true) {
                Mounts.unmount(Bytes.of(target));
            }
        } catch (LinuxException nothingMountedAnyMore) {
            assertThat(nothingMountedAnyMore.errno()).isEqualTo(Errno.EINVAL);
        }
    }

    @Test
    void appearReadOnlyInOneStep() throws IOException {
        try (Fd from = Files.openRoot(source);
                Fd at = Files.open(target, Open.PATH | Open.DIRECTORY);
                Fd tree = Mounts.openTree(from)) {
            Mounts.setAttributes(tree, ALL);
            Mounts.move(tree, at);
        }
        assertThatTargetShowsTheSourceReadOnly();
    }

    @Test
    void areBoundAndThenMadeReadOnlyOnOlderKernels() throws IOException {
        try (Fd from = Files.openRoot(source);
                Fd at = Files.open(target, Open.PATH | Open.DIRECTORY)) {
            Mounts.bind(from, at);
        }
        Mounts.makePrivate(Bytes.of(target));
        Mounts.remount(Bytes.of(target), ALL);

        assertThatTargetShowsTheSourceReadOnly();
    }

    @Test
    void areGoneAfterAnUnmountAndNotBeforeThat() throws IOException {
        refused(Errno.EINVAL, () -> Mounts.unmount(Bytes.of(target)));
        refused(Errno.ENOENT, () -> Mounts.unmount(name("/no/such/path")));
    }

    private void assertThatTargetShowsTheSourceReadOnly() throws IOException {
        try (Fd root = Files.openRoot(target);
                Fd original = Files.openRoot(source)) {
            FileSystem system = FileSystem.of(root);
            assertThat(system.readOnly()).isTrue();
            assertThat(system.noSuid()).isTrue();
            assertThat(system.noDevices()).isTrue();
            assertThat(Metadata.stat(root).mountRoot()).isTrue();
            assertThat(Metadata.stat(root).inode())
                    .isEqualTo(Metadata.stat(original).inode());
            refused(Errno.EROFS, () -> Files.open(root, name("file"), Open.WRITE, 0));
            assertThat(FileSystem.of(original).readOnly()).isFalse();
        }
    }
}
