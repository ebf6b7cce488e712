package dev.aquifer.node.fill;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aquifer.node.dataset.FileEntry;
import dev.aquifer.node.dataset.Name;
import dev.aquifer.node.dataset.Timestamp;
import dev.aquifer.node.dataset.Version;
import dev.aquifer.node.testing.FakeSource;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

final class FillPlanTest {
    private static final long SIZE = 1L << 40;

    private final FillPlan plan = new FillPlan();

    /** For they become copies. */
    @Test
    void countsNamesThatTheFileSystemMayNotLetOneFileHave() throws IOException {
        for (int i = 0; i < 65_000; i++) {
            Version version = new Version(new Timestamp(1, 1), 7);
            plan.file(new FileEntry(Name.of("n" + i), FakeSource.FILE, SIZE, version, 7), 0, List.of());
        }
        assertThat(plan.need().bytes() / SIZE).isEqualTo(1 + 5_000);
    }
}
