package dev.aquifer.e2e.guide;

import dev.aquifer.e2e.Cluster;
import dev.aquifer.e2e.NeedsRoot;
import dev.aquifer.e2e.pages.FollowedPages;
import dev.aquifer.e2e.pages.GuideShell;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The short form of the guide, in the README, on a cluster of its own. */
@NeedsRoot
class ReadmeIT {
    private static final Cluster CLUSTER = Cluster.named("readme");

    @TempDir
    private Path folder;

    @AfterAll
    static void end() {
        CLUSTER.close();
    }

    @Test
    void everyCommandDoesWhatThePageSays() throws IOException {
        new GuideShell(folder, CLUSTER).follow(FollowedPages.README);
    }
}
