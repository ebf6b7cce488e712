package dev.aquifer.node.fill;

import dev.aquifer.node.dataset.Chunks;
import dev.aquifer.node.dataset.Hash;
import dev.aquifer.node.linux.Data;
import dev.aquifer.node.linux.LinuxException;
import dev.aquifer.node.remote.ConnectionLostException;
import dev.aquifer.node.remote.OriginClient;
import dev.aquifer.node.remote.OriginException;
import dev.aquifer.node.transfer.ChunkAnswer;
import dev.aquifer.node.transfer.ChunkRequest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Fetches batches of chunks, checks them and writes them; one to a platform thread, since it waits in system calls. */
public final class ChunkWorker {
    private static final int MOST_FAILURES = 4;
    private static final long FIRST_WAIT_NANOS = 50_000_000;

    private final OriginClient origin;
    private final Progress progress;
    private final FillEvents events;
    private final BooleanSupplier paused;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(Chunks.SIZE);

    ChunkWorker(OriginClient origin, Progress progress, FillEvents events, BooleanSupplier paused) {
        this.origin = origin;
        this.progress = progress;
        this.events = events;
        this.paused = paused;
    }

    /** Writing must not slow down what pods do on the same disk. */
    public static void behave() {
        try {
            Data.idlePriority();
        } catch (LinuxException refused) {
            // some kernels and sandboxes know no such classes: it is a courtesy
        }
    }

    /** Fetches all of them; those whose bytes were wrong are asked for once more, computed anew by the origin. */
    void fetch(List<ChunkTask> tasks) throws IOException {
        List<ChunkTask> wrong = new ArrayList<>();
        persistently(tasks, false, wrong::add);
        persistently(wrong, true, task -> {
            throw new OriginException("the origin sent bytes of '%s' that do not have the digest it names, twice"
                    .formatted(task.file().path()));
        });
    }

    /** A connection that breaks costs what was under way on it, not the fill. */
    private void persistently(List<ChunkTask> tasks, boolean fresh, WrongTaker wrong) throws IOException {
        AtomicInteger taken = new AtomicInteger();
        for (int failures = 0; taken.get() < tasks.size(); ) {
            int before = taken.get();
            List<ChunkTask> left = tasks.subList(before, tasks.size());
            try {
                origin.chunks(requests(left, fresh), (index, answer, bytes) -> {
                    taken.incrementAndGet();
                    if (!take(left.get(index), answer, bytes)) {
                        wrong.take(left.get(index));
                    }
                });
            } catch (ConnectionLostException lost) {
                failures = taken.get() > before ? 1 : failures + 1;
                if (failures > MOST_FAILURES || paused.getAsBoolean()) {
                    throw lost;
                }
                LockSupport.parkNanos(FIRST_WAIT_NANOS << failures);
            }
        }
    }

    private static List<ChunkRequest> requests(List<ChunkTask> tasks, boolean fresh) {
        return tasks.stream().map(task -> task.request(fresh)).toList();
    }

    /** Tells whether the chunk is there now. */
    private boolean take(ChunkTask task, ChunkAnswer answer, byte[] bytes) throws IOException {
        int length = Chunks.length(task.file().entry().size(), Chunks.offset(task.chunk()));
        return switch (answer) {
            case ChunkAnswer.Data data -> data(task, data.digest(), bytes, length);
            case ChunkAnswer.Same _ -> same(task, length);
            case ChunkAnswer.Hole _ -> {
                task.file().hole(task.chunk(), Digests.ofZeros(length));
                progress.reused(length);
                yield true;
            }
            case ChunkAnswer.Changed _, ChunkAnswer.Gone _ ->
                throw SourceChangedException.changed(task.file().path());
            // by cache.onUnreadable, the origin refuses from now on, or leaves the file out
            case ChunkAnswer.Unreadable _ ->
                throw SourceChangedException.unreadable(task.file().path());
        };
    }

    private boolean data(ChunkTask task, Hash digest, byte[] bytes, int length) throws IOException {
        events.fetched(length);
        if (!Digests.of(bytes, length).equals(digest)) {
            events.wrongDigest(task.file().path());
            return false;
        }
        task.file().write(task.chunk(), buffer.clear().put(bytes, 0, length).flip(), digest);
        progress.fetched(length);
        return true;
    }

    /** The origin has the same bytes as an older version here: they are checked again on the way over. */
    private boolean same(ChunkTask task, int length) throws IOException {
        OlderChunk older = task.older();
        if (older == null || !older.into(task.file(), buffer, length)) {
            return false;
        }
        progress.reused(length);
        return true;
    }

    /** Takes a chunk whose bytes were wrong. */
    @FunctionalInterface
    private interface WrongTaker {
        void take(ChunkTask task) throws IOException;
    }
}
