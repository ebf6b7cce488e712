package dev.aquifer.node.testing;

import dev.aquifer.node.dataset.DatasetPath;
import dev.aquifer.node.dataset.Hash;
import dev.aquifer.node.dataset.SnapshotId;
import dev.aquifer.node.remote.ChunkTaker;
import dev.aquifer.node.remote.ConnectionLostException;
import dev.aquifer.node.remote.OriginClient;
import dev.aquifer.node.remote.RecordTaker;
import dev.aquifer.node.transfer.ChunkAnswer;
import dev.aquifer.node.transfer.ChunkRequest;
import dev.aquifer.node.transfer.SnapshotAnswer;
import java.io.EOFException;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** An origin in memory, over a {@link FakeSource}; it can be made to lie, to break off and to wait. */
public final class FakeOrigin implements OriginClient {
    public final AtomicLong chunkBytes = new AtomicLong();
    public final AtomicLong chunkRequests = new AtomicLong();
    public final AtomicLong records = new AtomicLong();
    /** Bytes that will be served before the connection breaks, again and again. */
    public final AtomicLong untilBreak = new AtomicLong(Long.MAX_VALUE);
    /** Paths whose bytes come flipped this many times more. */
    public final Map<String, Integer> flipped = new ConcurrentHashMap<>();

    /** What it says that pods mount other volumes on. */
    public final List<DatasetPath> mountPoints = new CopyOnWriteArrayList<>();

    public final Set<String> unreadable = ConcurrentHashMap.newKeySet();
    /** Each chunk takes one; many at the start. */
    public final Semaphore gate = new Semaphore(Integer.MAX_VALUE / 2);

    private final AtomicLong closed = new AtomicLong();
    private volatile FakeSource listed;
    private volatile FakeSource source;
    private volatile boolean moved;
    private volatile @Nullable SnapshotAnswer fixed;

    public FakeOrigin(FakeSource source) {
        this.listed = source;
        this.source = source;
    }

    /** Lists this, and has its files unless the source has moved on. */
    public void serve(FakeSource of) {
        listed = of;
        if (!moved) {
            source = of;
        }
    }

    /** Has these files from now on: those of other versions are answered as changed. */
    public void moveTo(FakeSource next) {
        moved = true;
        source = next;
    }

    /** Answers this for the newest snapshot, whatever the source is. */
    public void answer(SnapshotAnswer answer) {
        fixed = answer;
    }

    @Override
    public SnapshotAnswer snapshot(@Nullable SnapshotId after, Duration wait) {
        SnapshotAnswer answer = fixed;
        return answer != null
                ? answer
                : new SnapshotAnswer.Ready(listed.root(), Instant.EPOCH, List.of(), List.of(), mountPoints);
    }

    @Override
    public void records(List<Hash> hashes, RecordTaker taker) throws IOException {
        for (Hash hash : hashes) {
            records.incrementAndGet();
            taker.take(hash, listed.record(hash));
        }
    }

    @Override
    public void chunks(List<ChunkRequest> requests, ChunkTaker taker) throws IOException {
        chunkRequests.incrementAndGet();
        long before = closed.get();
        byte[] buffer = new byte[4 << 20];
        for (int i = 0; i < requests.size(); i++) {
            pass(before);
            ChunkRequest request = requests.get(i);
            ChunkAnswer answer = answer(request, buffer);
            if (answer instanceof ChunkAnswer.Data) {
                chunkBytes.addAndGet(request.length());
                if (untilBreak.addAndGet(-request.length()) < 0) {
                    throw new ConnectionLostException("cut", new EOFException());
                }
            }
            taker.take(i, answer, buffer);
        }
    }

    private ChunkAnswer answer(ChunkRequest request, byte[] buffer) {
        String path = request.path().toString();
        FakeSource.File file = source.file(path);
        if (file == null) {
            return new ChunkAnswer.Gone();
        }
        if (!file.version().equals(request.version())) {
            return new ChunkAnswer.Changed();
        }
        if (unreadable.contains(path)) {
            return new ChunkAnswer.Unreadable();
        }
        byte[] bytes =
                Arrays.copyOfRange(file.content(), (int) request.offset(), (int) request.offset() + request.length());
        Hash digest = Hash.sha256(bytes);
        Hash known = request.known();
        if (known != null && digest.equals(known)) {
            return new ChunkAnswer.Same();
        }
        System.arraycopy(bytes, 0, buffer, 0, bytes.length);
        flipped.computeIfPresent(path, (_, left) -> {
            buffer[0] ^= 1;
            return left > 1 ? left - 1 : null;
        });
        return new ChunkAnswer.Data(digest);
    }

    private void pass(long before) throws ConnectionLostException {
        try {
            while (!gate.tryAcquire(20, TimeUnit.MILLISECONDS)) {
                if (closed.get() != before) {
                    throw new ConnectionLostException("hung up", new EOFException());
                }
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new ConnectionLostException("stopped", new EOFException());
        }
    }

    @Override
    public void close() {
        closed.incrementAndGet();
    }
}
