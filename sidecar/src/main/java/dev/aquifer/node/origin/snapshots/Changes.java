package dev.aquifer.node.origin.snapshots;

import dev.aquifer.node.dataset.DatasetPath;
import dev.aquifer.node.dataset.Hash;
import dev.aquifer.node.origin.source.Mark;
import dev.aquifer.node.origin.walk.OnChange;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;

/**
 * What was found changed while it was served, since the last walk. A path that made {@value #MOST_SUCCESSORS} successors
 * keeps changing: it is named, or left out. Bounded; guarded by its owner.
 */
final class Changes {
    static final int MOST_SUCCESSORS = 3;

    /** A look reads the start of a file: what fails again, though that could be read, is farther behind. */
    private static final int MOST_FAILURES = 3;
    /** A file server that was away for a moment now and then has no bad sector. */
    private static final Duration FORGOTTEN_AFTER = Duration.ofMinutes(10);

    private static final int MOST_PATHS = 10_000;
    /** Bytes of heap for the paths to look at: nodes may name any. */
    private static final int MOST_PENDING = 4 << 20;
    /** What an object takes beside its bytes. */
    private static final int OBJECT = 64;

    private final OnChange onChange;
    private final Map<DatasetPath, Mark> pending = new LinkedHashMap<>();
    private final Map<DatasetPath, Integer> successors = new HashMap<>();
    /** By the hash of a path, of which nodes may name any; a walk reads nothing, and forgets none. */
    private final SequencedMap<Hash, Failures> failures = new LinkedHashMap<>();

    private final InstantSource clock;
    private long pendingBytes;

    /**
     * How often in a row reading failed, since the file was left out for that if it was.
     *
     * @param last when
     */
    private record Failures(int times, Instant last) {}

    Changes(OnChange onChange, InstantSource clock) {
        this.onChange = onChange;
        this.clock = clock;
    }

    /** Whether this is news; beyond the bound nothing is, until those before are done with. */
    boolean report(DatasetPath path, Mark mark) {
        if (pendingBytes >= MOST_PENDING || mark.equals(pending.get(path))) {
            return false;
        }
        if (!pending.containsKey(path)) {
            pendingBytes += bytes(path);
        }
        pending.merge(path, mark, (a, b) -> a == Mark.LOOK_AGAIN ? b : a);
        return true;
    }

    boolean isPending() {
        return !pending.isEmpty();
    }

    /** What to look at for the next successor. */
    Map<DatasetPath, Mark> take() {
        var taken = new HashMap<DatasetPath, Mark>();
        pending.forEach((path, mark) -> taken.put(path, judge(path, mark)));
        drop();
        return taken;
    }

    /** None is to be looked at: a walk sees all. */
    void drop() {
        pending.clear();
        pendingBytes = 0;
    }

    /** These were something else than what was listed: others that were reported had been looked at already. */
    void found(Set<DatasetPath> changed) {
        for (DatasetPath path : changed) {
            if (successors.size() < MOST_PATHS || successors.containsKey(path)) {
                successors.merge(path, 1, Integer::sum);
            }
        }
    }

    /** Paths that made so many successors and are still listed. */
    Set<DatasetPath> oftenChanged() {
        var often = new HashSet<DatasetPath>();
        if (onChange == OnChange.WAIT) {
            successors.keySet().stream().filter(this::isOften).forEach(often::add);
        }
        return often;
    }

    /** After a walk, which has seen all as it is. */
    void forget() {
        successors.clear();
    }

    private Mark judge(DatasetPath path, Mark mark) {
        return switch (mark) {
            case LOOK_AGAIN -> onChange == OnChange.SKIP && isOften(path) ? Mark.CHANGING : mark;
            case READ_AGAIN -> failsOften(path) ? Mark.FAILING : mark;
            case FAILING, CHANGING -> mark;
        };
    }

    private boolean failsOften(DatasetPath path) {
        Hash key = Hash.sha256(path.bytes());
        Instant now = clock.instant();
        Failures before = failures.remove(key);
        int times = 1;
        if (before != null && now.isBefore(before.last().plus(FORGOTTEN_AFTER))) {
            times += before.times();
        }
        if (times >= MOST_FAILURES) {
            return true;
        }
        if (failures.size() >= MOST_PATHS) {
            failures.pollFirstEntry();
        }
        failures.put(key, new Failures(times, now));
        return false;
    }

    private static long bytes(DatasetPath path) {
        return path.names().stream().mapToLong(name -> OBJECT + name.length()).reduce(OBJECT, Long::sum);
    }

    private boolean isOften(DatasetPath path) {
        return successors.getOrDefault(path, 0) >= MOST_SUCCESSORS;
    }
}
