package dev.aquifer.node.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** What this process has open. */
public final class OpenDescriptors {
    private static final Path OWN = Path.of("/proc/self/fd");

    private OpenDescriptors() {}

    /** How many lead to something below a folder, or to what was there. */
    public static long below(Path folder) throws IOException {
        String start = folder.toRealPath() + "/";
        List<Path> all;
        try (Stream<Path> descriptors = Files.list(OWN)) {
            all = descriptors.toList();
        }
        return all.stream()
                .filter(descriptor -> target(descriptor).startsWith(start))
                .count();
    }

    private static String target(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString();
        } catch (IOException closedMeanwhile) {
            return "";
        }
    }
}
