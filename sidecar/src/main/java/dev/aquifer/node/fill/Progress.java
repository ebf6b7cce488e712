package dev.aquifer.node.fill;

import dev.aquifer.node.cache.Amount;
import dev.aquifer.node.dataset.Totals;
import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** How far a fill is. What an older snapshot gave counts as done, but not as fetched. */
public final class Progress {
    private static final long NANOS = 1_000_000_000L;

    private final LongSupplier nanoTime;
    private final long started;
    private final LongAdder fetchedBytes = new LongAdder();
    private final LongAdder doneBytes = new LongAdder();
    private final LongAdder doneFiles = new LongAdder();
    private volatile @Nullable Totals totals;
    private volatile String phase = "asking the origin for its newest snapshot";
    private volatile String waiting = "";
    private volatile long moved;
    /** What was done when most was: a fill that fails begins anew, and is soon where it had been. */
    private volatile long most;

    public Progress(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.started = nanoTime.getAsLong();
        this.moved = started;
    }

    public void phase(String now) {
        phase = now;
    }

    /** The origin lists its source, and has seen so many entries. */
    public void walking(long entries) {
        String now = "the origin lists its source, %d entries so far".formatted(entries);
        if (!now.equals(phase)) {
            goingOn(now);
        }
    }

    /** What goes on elsewhere, before this can: nothing is wrong with it. */
    public void goingOn(String now) {
        phase = now;
        move();
    }

    /** Something has come. */
    void move() {
        moved = nanoTime.getAsLong();
    }

    /** How long nothing has come, and nothing was done that had not been done before. */
    public Duration idle() {
        return Duration.ofNanos(nanoTime.getAsLong() - moved);
    }

    /** What the origin has it wait for; empty if nothing. */
    void waiting(String now) {
        waiting = now;
    }

    /** The listing is known; counting of what is done begins anew. */
    void begin(Totals of) {
        doneBytes.reset();
        doneFiles.reset();
        if (!of.equals(totals)) {
            most = 0;
        }
        totals = of;
        phase = "";
    }

    void fetched(long bytes) {
        fetchedBytes.add(bytes);
        reused(bytes);
    }

    void reused(long bytes) {
        doneBytes.add(bytes);
        done();
    }

    void fileDone() {
        doneFiles.increment();
        done();
    }

    /** Of several threads at once any may win: the next part corrects it. */
    private void done() {
        long now = doneBytes() + doneFiles();
        if (now > most) {
            most = now;
            move();
        }
    }

    public long fetchedBytes() {
        return fetchedBytes.sum();
    }

    public long doneBytes() {
        return doneBytes.sum();
    }

    long doneFiles() {
        return doneFiles.sum();
    }

    /** Bytes that came each second since it began. */
    public double rate() {
        return fetchedBytes() / Math.max(0.001, elapsed().toNanos() / (double) NANOS);
    }

    /** What there is to do; null until the listing has come and there is room. */
    public @Nullable Totals totals() {
        return totals;
    }

    Duration elapsed() {
        return Duration.ofNanos(nanoTime.getAsLong() - started);
    }

    /** From 0 to 100; files count where there are no bytes. */
    public int percent() {
        Totals of = totals;
        if (of == null) {
            return 0;
        }
        long part = of.bytes() > 0 ? doneBytes() : doneFiles();
        long whole = of.bytes() > 0 ? of.bytes() : of.files();
        return whole == 0 ? 100 : (int) Math.min(100, part * 100.0 / whole);
    }

    /** Such as "34 % of 1.2 GiB, 310 MiB/s, about 3 s left". */
    public String sentence() {
        String why = waiting;
        return why.isEmpty() ? extent() : extent() + "; " + why;
    }

    private String extent() {
        Totals of = totals;
        if (of == null || !phase.isEmpty()) {
            return phase;
        }
        double rate = rate();
        String progress = "%d %% of %s in %d files, %s/s"
                .formatted(percent(), Amount.bytes(of.bytes()), of.files(), Amount.bytes((long) rate));
        long left = of.bytes() - doneBytes();
        return rate < 1 || left <= 0
                ? progress
                : progress + ", about " + Amount.time(Duration.ofSeconds((long) (left / rate))) + " left";
    }
}
