package dev.aquifer.node.fill;

import dev.aquifer.node.dataset.Hash;
import dev.aquifer.node.dataset.SnapshotId;
import dev.aquifer.node.remote.ChunkTaker;
import dev.aquifer.node.remote.OriginBusyException;
import dev.aquifer.node.remote.OriginClient;
import dev.aquifer.node.remote.RecordTaker;
import dev.aquifer.node.transfer.ChunkRequest;
import dev.aquifer.node.transfer.SnapshotAnswer;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** An origin that is asked again, for as long as it is busy: many nodes may fill from it at once. */
record PatientOrigin(OriginClient origin, Progress progress, BooleanSupplier paused) implements OriginClient {
    /** Asks once. */
    @FunctionalInterface
    private interface Asking {
        void ask() throws IOException;
    }

    @Override
    public SnapshotAnswer snapshot(@Nullable SnapshotId after, Duration wait) throws IOException {
        return origin.snapshot(after, wait);
    }

    @Override
    public void records(List<Hash> hashes, RecordTaker taker) throws IOException {
        ask(() -> origin.records(hashes, taker));
        progress.move();
    }

    @Override
    public void chunks(List<ChunkRequest> requests, ChunkTaker taker) throws IOException {
        ask(() -> origin.chunks(requests, taker));
    }

    @Override
    public void close() {
        origin.close();
    }

    private void ask(Asking asking) throws IOException {
        while (true) {
            try {
                asking.ask();
                progress.waiting("");
                return;
            } catch (OriginBusyException busy) {
                progress.waiting(String.valueOf(busy.getMessage()));
                await(busy.retryAfter());
            }
        }
    }

    private void await(Duration wait) throws PausedException {
        long start = System.nanoTime();
        PausableWait.until(() -> System.nanoTime() - start >= wait.toNanos(), () -> {}, paused);
    }
}
