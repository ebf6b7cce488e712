package dev.aquifer.node.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aquifer.node.cache.AdmissionRule;
import dev.aquifer.node.cache.FreeSpaceFloor;
import dev.aquifer.node.cache.Quota;
import dev.aquifer.node.cache.Usage;
import dev.aquifer.node.dataset.DatasetId;
import dev.aquifer.node.linux.NeedsRoot;
import dev.aquifer.node.local.Accounts;
import dev.aquifer.node.local.Dataset;
import dev.aquifer.node.local.Evictor;
import dev.aquifer.node.local.Ledger;
import dev.aquifer.node.local.LiveDatasets;
import dev.aquifer.node.local.Room;
import dev.aquifer.node.testing.FakeSource;
import dev.aquifer.node.testing.OpenedCache;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A retired snapshot has a directory of which nothing can be removed. */
@NeedsRoot
final class RemovalsTest {
    private static final Usage PLENTY = new Usage(1L << 40, 1_000_000);

    @TempDir
    Path folder;

    private final AtomicInteger failures = new AtomicInteger();
    private volatile Instant now = Instant.EPOCH;
    private OpenedCache opened;
    private Removals removals;
    private Path stuck;

    @BeforeEach
    void retire() throws Exception {
        opened = OpenedCache.in(folder.resolve("cache"));
        Dataset dataset = opened.datasets().get(new DatasetId("1".repeat(32)));
        FakeSource source = new FakeSource().file("d/b", "two");
        source.fill(dataset.folder(), opened.cache().protection(), () -> false);
        String away = dataset.folder().retire(source.id());
        stuck = folder.resolve("cache/datasets/" + dataset.id() + "/removing/" + away + "/d");
        chattr("-i");
        chattr("+a");
        removals = removals();
    }

    @AfterEach
    void close() throws Exception {
        if (Files.exists(stuck)) {
            chattr("-a");
        }
        opened.close();
    }

    private void chattr(String flag) throws IOException, InterruptedException {
        assertThat(new ProcessBuilder("chattr", flag, stuck.toString()).start().waitFor())
                .isZero();
    }

    private Removals removals() {
        Accounts accounts = new Accounts(new Ledger());
        Evictor evictor = new Evictor(opened.datasets(), accounts, List::of, _ -> {});
        AdmissionRule rule = new AdmissionRule(new Quota(PLENTY, 90, 80), new FreeSpaceFloor(0));
        return new Removals(
                opened.datasets(),
                new LiveDatasets(),
                evictor,
                new Room(opened.cache(), rule, new Ledger(), evictor),
                accounts,
                new Attempts((task, _, reason) -> failures.addAndGet(task.equals("clean") ? 1 : 0)),
                () -> now);
    }

    @Test
    void goOnLessAndLessOftenWhileSomethingStandsInTheWay() throws Exception {
        after(Duration.ofMinutes(9));
        assertThat(failures).hasValue(0);
        after(Duration.ofMinutes(1));
        assertThat(failures).hasValue(1);
        chattr("-a");
        after(Duration.ofMinutes(19));
        assertThat(stuck).exists();
        after(Duration.ofMinutes(1));
        assertThat(stuck.getParent()).doesNotExist();
    }

    private void after(Duration passed) throws InterruptedException {
        now = now.plus(passed);
        Thread.ofPlatform().start(removals::run).join();
    }
}
