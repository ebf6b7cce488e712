package dev.aquifer.node.mount;

import static java.nio.file.Files.createDirectories;
import static java.nio.file.Files.createDirectory;
import static java.nio.file.Files.createSymbolicLink;
import static java.nio.file.Files.delete;
import static java.nio.file.Files.exists;
import static java.nio.file.Files.readString;
import static java.nio.file.Files.writeString;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.abort;

import dev.aquifer.node.linux.Bytes;
import dev.aquifer.node.linux.Fd;
import dev.aquifer.node.linux.Files;
import dev.aquifer.node.linux.LinuxException;
import dev.aquifer.node.linux.Metadata;
import dev.aquifer.node.linux.Mounts;
import dev.aquifer.node.linux.NeedsRoot;
import dev.aquifer.node.mount.MountCase.Way;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@NeedsRoot
final class LinuxMounterTest {
    @TempDir
    Path folder;

    private MountCase node;
    private LinuxMounter mounter;

    @BeforeEach
    void prepare() throws IOException {
        node = MountCase.in(folder);
        mounter = node.binding();
    }

    @AfterEach
    void unmountWhatIsLeft() {
        if (node == null) {
            return;
        }
        unmountAll(node.path("1"));
        unmountAll(node.path("2"));
    }

    private static void unmountAll(Path path) {
        try {
            while (true) {
                Mounts.unmount(Bytes.of(path));
            }
        } catch (LinuxException nothingMountedAnyMore) {
            assertThat(nothingMountedAnyMore.call()).isEqualTo("umount2");
        }
    }

    @ParameterizedTest
    @EnumSource
    void showsASnapshotReadOnlyInEveryWay(Way way) throws IOException {
        SnapshotDirectory snapshot = node.snapshot("a");
        LinuxMounter mounter = node.mounter(way);
        assertThat(mounter.state(node.target())).isEqualTo(new TargetState.Absent());

        mounter.mount(snapshot, node.target());

        assertThat(mounter.state(node.target())).isEqualTo(new TargetState.Shows(snapshot));
        assertThat(readString(node.path().resolve("file"))).isEqualTo("snapshot a");
        assertThatThrownBy(() -> writeString(node.path().resolve("file"), "x"))
                .isInstanceOf(FileSystemException.class)
                .hasMessageContaining("Read-only file system");
        assertThat(folder.resolve("hidden"))
                .satisfiesAnyOf(
                        hidden -> assertThat(hidden).doesNotExist(),
                        hidden -> assertThat(hidden).isEmptyDirectory());
    }

    @Test
    void neverStacksASecondMount() throws IOException {
        mounter.mount(node.snapshot("a"), node.target());
        SnapshotDirectory newer = node.snapshot("b");

        assertThatThrownBy(() -> mounter.mount(newer, node.target())).hasMessageContaining("found a mount");
        mounter.unmount(node.target());

        assertThat(mounter.state(node.target())).isEqualTo(new TargetState.Absent());
    }

    @Test
    void unmountsEvenWhatIsStackedAndRemovesTheTarget() throws IOException {
        mounter.mount(node.snapshot("a"), node.target());
        try (Fd again = Files.openRoot(node.path());
                Fd at = Files.openRoot(node.path())) {
            Mounts.bind(again, at);
        }

        mounter.unmount(node.target());
        mounter.unmount(node.target());

        assertThat(exists(node.path())).isFalse();
    }

    @Test
    void knowsASnapshotThatTheCacheHasLost() throws IOException {
        SnapshotDirectory snapshot = node.snapshot("a");
        mounter.mount(snapshot, node.target());
        delete(node.cache().resolve(snapshot + "/file"));
        delete(node.cache().resolve(snapshot.toString()));
        assertThat(mounter.state(node.target())).isEqualTo(new TargetState.Stale(snapshot));

        node.snapshot("a");
        assertThat(mounter.state(node.target())).isEqualTo(new TargetState.Stale(snapshot));

        mounter.unmount(node.target());
        assertThat(mounter.state(node.target())).isEqualTo(new TargetState.Absent());
    }

    @Test
    void leavesOthersMountsAlone() throws IOException {
        Path other = createDirectory(folder.resolve("other"));
        createDirectory(node.path());
        try (Fd from = Files.openRoot(other);
                Fd at = Files.openRoot(node.path())) {
            Mounts.bind(from, at);
        }

        assertThat(mounter.state(node.target())).isInstanceOf(TargetState.Foreign.class);
        assertThatThrownBy(() -> mounter.unmount(node.target())).hasMessageContaining("unmount it by hand");
        assertThat(mounter.shown()).isEmpty();
    }

    /** As a pod with a volume of a file server that has died, and such a subPath. */
    @Test
    void doesNotLookAtWhatOtherFileSystemsCallASnapshot() throws IOException {
        Path server = createDirectory(folder.resolve("server"));
        mount("-t", "tmpfs", "server", server.toString());
        try {
            Path alike = createDirectories(server.resolve(node.snapshot("a").toString()));
            createDirectory(node.path("2"));
            mount("--bind", alike.toString(), node.path("2").toString());
            mounter.mount(node.snapshot("b"), node.target());

            assertThat(mounter.shown()).hasSize(1);
        } finally {
            unmountAll(node.path("2"));
            unmountAll(server);
        }
    }

    /** As a pod with an emptyDir, such a file in it and such a subPath has kubelet do. */
    @Test
    void isKeptFromItsOwnByNoFileThatIsCalledLikeASnapshot() throws IOException {
        Path volume = createDirectories(folder.resolve("volume/datasets/" + "0".repeat(32) + "/snapshots"));
        Path alike = writeString(volume.resolve("0".repeat(64)), "");
        writeString(node.path("2"), "");
        mount("--bind", alike.toString(), node.path("2").toString());
        mounter.mount(node.snapshot("b"), node.target());

        assertThat(mounter.shown()).hasSize(1);
    }

    private static void mount(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of("mount"));
        command.addAll(List.of(arguments));
        try {
            assertThat(new ProcessBuilder(command).inheritIO().start().waitFor())
                    .isZero();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** As a pod with an emptyDir and such a subPath has kubelet do. */
    @Test
    void worksBesideAMountWhoseNameHasACarriageReturn() throws IOException {
        Path odd = createDirectory(folder.resolve("odd\rname"));
        createDirectory(node.path("2"));
        try (Fd from = Files.openRoot(odd);
                Fd at = Files.openRoot(node.path("2"))) {
            Mounts.bind(from, at);
        }
        SnapshotDirectory snapshot = node.snapshot("a");

        mounter.mount(snapshot, node.target());

        assertThat(mounter.state(node.target())).isEqualTo(new TargetState.Shows(snapshot));
        assertThat(mounter.shown()).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource
    void listsTheRootOfEachMountInEveryWay(Way way) throws IOException {
        LinuxMounter mounter = node.mounter(way);
        SnapshotDirectory snapshot = node.snapshot("a");
        assertThat(mounter.shown()).isEmpty();

        mounter.mount(snapshot, node.target("1"));
        mounter.mount(snapshot, node.target("2"));

        long inode = (long) java.nio.file.Files.getAttribute(node.cache().resolve(snapshot.toString()), "unix:ino");
        assertThat(mounter.shown()).extracting(ShownRoot::inode).containsExactly(inode, inode);
    }

    @Test
    void keepsASnapshotWhoseFilesCouldBeChangedReadOnlyEvenForRoot() throws Exception {
        node.mounter().mount(node.snapshot("a"), node.target());

        Process remount =
                new ProcessBuilder("mount", "-o", "remount,bind,rw", node.path().toString()).start();

        assertThat(remount.waitFor()).isZero();
        assertThatThrownBy(() -> writeString(node.path().resolve("file"), "x"))
                .hasMessageContaining("Read-only file system");
    }

    @Test
    void bindsASnapshotWhoseFilesAreImmutable() throws IOException {
        SnapshotDirectory snapshot = node.snapshot("a");
        long inode = (long) java.nio.file.Files.getAttribute(node.cache().resolve(snapshot.toString()), "unix:ino");

        whileImmutable(snapshot, () -> {
            node.mounter().mount(snapshot, node.target());
            try (Fd shown = Files.openRoot(node.path())) {
                assertThat(Metadata.stat(shown).inode()).isEqualTo(inode);
            }
        });
    }

    @Test
    void takesTheNextBestWayWhereTheKernelHasNotTheFirst() throws IOException {
        Attachment missing = (name, from, to) -> Mounts.setAttributes(from, Mounts.READ_ONLY << 30);
        Presentation presentation = new Presentation(List.of(missing, new MovedTree()), missing);
        LinuxMounter mounter = new LinuxMounter(node.kubelet(), node.cache(), presentation);
        SnapshotDirectory snapshot = node.snapshot("a");

        whileImmutable(snapshot, () -> mounter.mount(snapshot, node.target()));

        assertThat(mounter.state(node.target())).isEqualTo(new TargetState.Shows(snapshot));
    }

    private void whileImmutable(SnapshotDirectory snapshot, Action action) throws IOException {
        try (Fd root = Files.openRoot(node.cache().resolve(snapshot.toString()))) {
            try {
                Metadata.setFlags(root, Metadata.flags(root) | Metadata.IMMUTABLE);
            } catch (LinuxException e) {
                abort("this file system has no flags, or root may not set them: " + e.getMessage());
            }
            try {
                action.run();
            } finally {
                Metadata.setFlags(root, Metadata.flags(root) & ~Metadata.IMMUTABLE);
            }
        }
    }

    @FunctionalInterface
    private interface Action {
        void run() throws IOException;
    }

    /** An overlay cannot be made of what is in /proc/sys. */
    @Test
    void showsNothingWhereFilesCouldBeChangedAndTheKernelMakesNoOverlay() throws IOException {
        LinuxMounter mounter =
                new LinuxMounter(node.kubelet(), node.cache(), folder.resolve("hidden"), Path.of("/proc/sys"));
        SnapshotDirectory snapshot = node.snapshot("a");

        assertThatThrownBy(() -> mounter.mount(snapshot, node.target()))
                .hasMessageContaining("EINVAL")
                .hasMessageContaining("readPath: Direct");
        assertThat(mounter.state(node.target())).isEqualTo(new TargetState.Plain());
    }

    @Test
    void leavesATargetWithFilesAlone() throws IOException {
        createDirectory(node.path());
        writeString(node.path().resolve("file"), "somebody's");

        assertThatThrownBy(() -> mounter.unmount(node.target())).hasMessageContaining("ENOTEMPTY");
        assertThat(exists(node.path().resolve("file"))).isTrue();
    }

    @Test
    void followsNoLinkToATarget() throws IOException {
        SnapshotDirectory snapshot = node.snapshot("a");
        Path elsewhere = createDirectory(folder.resolve("elsewhere"));
        createSymbolicLink(node.path(), elsewhere);

        assertThatThrownBy(() -> mounter.mount(snapshot, node.target())).hasMessageContaining("ELOOP");
        assertThatThrownBy(() -> mounter.unmount(node.target())).hasMessageContaining("ELOOP");
    }

    @Test
    void mountsNothingForASnapshotThatIsNotThere() {
        SnapshotDirectory none =
                SnapshotDirectory.parse("datasets/" + MountCase.DATASET + "/snapshots/" + "e".repeat(64));

        assertThatThrownBy(() -> mounter.mount(none, node.target())).hasMessageContaining("ENOENT");
        assertThat(exists(node.path())).isFalse();
    }

    @Test
    void takesAMountBackThatIsNotReadOnly() throws IOException {
        SnapshotDirectory snapshot = node.snapshot("a");
        LinuxMounter careless = node.mounter((name, from, to) -> Mounts.bind(from, to));

        assertThatThrownBy(() -> careless.mount(snapshot, node.target())).hasMessageContaining("read-only, nosuid");
        assertThat(careless.state(node.target())).isEqualTo(new TargetState.Plain());
    }
}
