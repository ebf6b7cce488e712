package dev.aquifer.node.mount;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is mounted at one moment, as this process sees it. A line that cannot be read is left out, unless it may be of a
 * snapshot: a snapshot that seems to be mounted nowhere is one that may be removed.
 */
record MountTable(List<MountInfo> mounts) {
    private static final Path OWN = Path.of("/proc/self/mountinfo");

    MountTable {
        mounts = List.copyOf(mounts);
    }

    /** Not by a channel: an interrupt, which only ends a wait for a fill, would close it. */
    static MountTable read() throws IOException {
        try (InputStream file = new FileInputStream(OWN.toFile())) {
            return parse(new String(file.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IllegalArgumentException unreadable) {
            throw new IOException("what is mounted cannot be known: " + unreadable.getMessage(), unreadable);
        }
    }

    /**
     * Reads all lines.
     *
     * @throws IllegalArgumentException if one that may be of a snapshot cannot be read
     */
    static MountTable parse(String text) {
        List<MountInfo> mounts = new ArrayList<>();
        // the kernel escapes a newline in a name, but no other end of a line
        for (String line : text.split("\n", -1)) {
            try {
                mounts.add(MountInfo.parse(line));
            } catch (IllegalArgumentException unreadable) {
                if (SnapshotDirectory.isNamedIn(line)) {
                    throw new IllegalArgumentException(
                            "expected a line of mountinfo, found '%s'".formatted(line), unreadable);
                }
            }
        }
        return new MountTable(mounts);
    }

    @Nullable MountInfo byId(long id) {
        for (MountInfo mount : mounts) {
            if (mount.id() == id) {
                return mount;
            }
        }
        return null;
    }

    /** Those below a folder, the folder itself not. */
    List<MountInfo> below(String folder) {
        return mounts.stream()
                .filter(mount -> mount.point().startsWith(folder + "/"))
                .toList();
    }
}
