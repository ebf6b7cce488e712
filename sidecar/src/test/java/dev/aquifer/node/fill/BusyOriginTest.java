package dev.aquifer.node.fill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aquifer.node.cache.CacheFolder;
import dev.aquifer.node.cache.DatasetFolder;
import dev.aquifer.node.cache.Protection;
import dev.aquifer.node.linux.NeedsRoot;
import dev.aquifer.node.origin.RunningOrigin;
import dev.aquifer.node.remote.OriginClient;
import dev.aquifer.node.remote.Peer;
import dev.aquifer.node.remote.TlsOrigins;
import dev.aquifer.node.testing.CountedEvents;
import dev.aquifer.node.testing.FakeOrigin;
import dev.aquifer.node.testing.FakeSource;
import dev.aquifer.node.testing.ScratchCache;
import dev.aquifer.node.testing.TestAuthority;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An origin that has too much to do says so: a fill waits for it, and does not begin anew. */
@NeedsRoot
@Timeout(60)
final class BusyOriginTest {
    private static final int WORKERS = 2;
    private static final int A_DAY = 86_400;

    @TempDir
    Path folder;

    private final TestAuthority authority = new TestAuthority();
    private final FakeSource source = new FakeSource().random("a", 9_000_000).random("d/b", 1_000_000);
    private final FakeOrigin origin = new FakeOrigin(source);
    private final Progress progress = new Progress(System::nanoTime);
    private CacheFolder cache;
    private DatasetFolder dataset;

    @BeforeEach
    void open() throws IOException {
        cache = CacheFolder.open(folder.resolve("cache"), new Protection(false));
        dataset = cache.dataset(RunningOrigin.DATASET);
    }

    @AfterEach
    void close() throws IOException {
        dataset.close();
        cache.close();
        ScratchCache.unlock(folder);
    }

    @Test
    void isAskedAgainOverTheSameConnections() throws IOException {
        try (BusyOrigin busy = new BusyOrigin(authority, origin, 1)) {
            busy.recordsRefused.set(2);
            busy.filesRefused.set(3);
            fill(busy, () -> false);
            assertThat(busy.refusals).hasValue(5);
            assertThat(busy.connections()).isLessThanOrEqualTo(WORKERS);
        }
        assertThat(dataset.isComplete(source.id())).isTrue();
        assertThat(origin.chunkBytes).as("each byte once").hasValue(source.bytes());
    }

    @Test
    void doesNotHoldAFillThatIsToPauseInItsListing() throws IOException {
        try (BusyOrigin busy = new BusyOrigin(authority, origin, A_DAY)) {
            busy.recordsRefused.set(Integer.MAX_VALUE);
            assertPauses(busy);
        }
    }

    @Test
    void doesNotHoldAFillThatIsToPauseInItsFiles() throws IOException {
        try (BusyOrigin busy = new BusyOrigin(authority, origin, A_DAY)) {
            busy.filesRefused.set(Integer.MAX_VALUE);
            assertPauses(busy);
        }
    }

    private void assertPauses(BusyOrigin busy) {
        assertThatThrownBy(() -> fill(busy, () -> busy.refusals.get() > 0 && isSaid()))
                .isInstanceOf(PausedException.class);
    }

    private boolean isSaid() {
        return progress.sentence().contains("the origin is busy, and is asked again in ");
    }

    private void fill(BusyOrigin busy, BooleanSupplier paused) throws IOException {
        Peer peer = new Peer(TestAuthority.ORIGIN.toString(), "localhost:" + busy.port());
        try (OriginClient client = new TlsOrigins(authority.contexts(TestAuthority.NODE))
                .of(RunningOrigin.DATASET, peer, () -> RunningOrigin.KEY)) {
            new Fill(
                            dataset,
                            cache.protection(),
                            client,
                            new FillOptions(WORKERS, 1000, "boot"),
                            new CountedEvents(new AtomicInteger()),
                            progress,
                            paused)
                    .run(source.root(), _ -> true, new MountPoints(List.of(), cache.protection()));
        }
    }
}
