package dev.aquifer.e2e.cases;

import dev.aquifer.e2e.Cluster;
import dev.aquifer.e2e.Command;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** A set of what people run on clusters, in a folder of this machine: see {@code e2e/programs/build}. */
record Programs(Path folder) {
    /** From nothing, they come from package registries. */
    private static final Duration LIMIT = Duration.ofMinutes(20);

    /** Builds them if they are stale, and gives their image to the cluster's nodes. */
    static Programs on(Cluster cluster, String set) {
        String script = Path.of("programs", "build").toAbsolutePath().toString();
        String output = new Command(List.of(script, set), LIMIT).run();
        Programs programs = new Programs(Path.of(output.lines().toList().getLast()));
        cluster.load(programs.folder().resolve("image.tar").toString());
        return programs;
    }

    /** JupyterHub's Python packages. */
    Path site() {
        return folder.resolve("site");
    }
}
