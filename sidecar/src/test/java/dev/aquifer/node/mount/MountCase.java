package dev.aquifer.node.mount;

import static java.nio.file.Files.createDirectories;
import static java.nio.file.Files.createDirectory;
import static java.nio.file.Files.writeString;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** A kubelet's folder and a cache, side by side below a folder of a test. */
record MountCase(Path folder) {
    static final String DATASET = "0123456789abcdef".repeat(2);

    static MountCase in(Path folder) throws IOException {
        createDirectories(folder.resolve("kubelet/pods/1/pv"));
        createDirectories(folder.resolve("kubelet/pods/2/pv"));
        createDirectory(folder.resolve("cache"));
        return new MountCase(folder);
    }

    Path kubelet() {
        return folder.resolve("kubelet");
    }

    Path cache() {
        return folder.resolve("cache");
    }

    TargetPath target() {
        return target("1");
    }

    TargetPath target(String pod) {
        return TargetPath.parse(path(pod).toString(), kubelet().toString());
    }

    Path path() {
        return path("1");
    }

    Path path(String pod) {
        return kubelet().resolve("pods/" + pod + "/pv/mount");
    }

    /** A snapshot with one file. */
    SnapshotDirectory snapshot(String digit) throws IOException {
        SnapshotDirectory snapshot = SnapshotDirectory.parse("datasets/" + DATASET + "/snapshots/" + digit.repeat(64));
        Path directory = createDirectories(cache().resolve(snapshot.toString()));
        writeString(directory.resolve("file"), "snapshot " + digit);
        return snapshot;
    }

    /** As it is in the program: snapshots of tests are not immutable, so it shows them by an overlay. */
    LinuxMounter mounter() {
        return new LinuxMounter(kubelet(), cache(), folder.resolve("hidden"), folder.resolve("empty"));
    }

    LinuxMounter mounter(Attachment attachment) {
        return new LinuxMounter(kubelet(), cache(), new Presentation(List.of(attachment), attachment));
    }

    /** By a bind mount, as snapshots are shown that are immutable. */
    LinuxMounter binding() {
        return mounter(new MovedTree());
    }

    /** As on a kernel without {@code mount_setattr}. */
    LinuxMounter olderBinding() {
        return mounter(new BoundTwice(folder.resolve("hidden")));
    }

    LinuxMounter mounter(Way way) {
        return switch (way) {
            case BIND -> binding();
            case OLDER_BIND -> olderBinding();
            case OVERLAY -> mounter();
        };
    }

    /** The ways in which a snapshot can be shown. */
    enum Way {
        BIND,
        OLDER_BIND,
        OVERLAY
    }
}
