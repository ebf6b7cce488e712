package dev.aquifer.node.mount;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is mounted at one moment, as this process sees it. */
record MountTable(List<MountInfo> mounts) {
    private static final Path OWN = Path.of("/proc/self/mountinfo");

    MountTable {
        mounts = List.copyOf(mounts);
    }

    /** Not by a channel: an interrupt, which only ends a wait for a fill, would close it. */
    static MountTable read() throws IOException {
        try (InputStream file = new FileInputStream(OWN.toFile())) {
            return parse(new String(file.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    static MountTable parse(String text) {
        return new MountTable(text.lines().map(MountInfo::parse).toList());
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
