package dev.aquifer.node.origin.source;

import dev.aquifer.node.dataset.DatasetPath;
import dev.aquifer.node.transfer.LeftOut;
import dev.aquifer.node.transfer.LeftOutReason;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;

/**
 * What one look at a source noticed beside its listing: what was left out, and which files must be looked at again. Bounded
 * whatever the source holds; for several threads.
 */
public final class Findings {
    /** Paths to look at again that are kept; with more of them, all is walked again. */
    static final int MOST_FRESH = 10_000;

    private final int mostNamed;
    private final Map<LeftOutReason, List<DatasetPath>> examples = new EnumMap<>(LeftOutReason.class);
    private final Map<LeftOutReason, Long> counts = new EnumMap<>(LeftOutReason.class);
    private final Set<DatasetPath> fresh = new HashSet<>();
    private final YoungFiles young = new YoungFiles(MOST_FRESH);
    private final Set<DatasetPath> changed = new HashSet<>();
    private final LongAdder entries = new LongAdder();
    private boolean overflown;

    /** Of a walk, which names a few examples of what it leaves out. */
    public Findings() {
        this(LeftOut.MOST_EXAMPLES);
    }

    private Findings(int mostNamed) {
        this.mostNamed = mostNamed;
    }

    /** Of a look at some paths, which names all of them that it leaves out. */
    public static Findings ofLook() {
        return new Findings(MOST_FRESH);
    }

    void countEntry() {
        entries.increment();
    }

    /** Entries seen so far. */
    public long entries() {
        return entries.sum();
    }

    public synchronized void leaveOut(DatasetPath path, LeftOutReason reason) {
        counts.merge(reason, 1L, Long::sum);
        var kept = examples.computeIfAbsent(reason, r -> new ArrayList<>());
        if (kept.size() < mostNamed) {
            kept.add(path);
        }
    }

    synchronized void lookAgain(DatasetPath path) {
        if (fresh.size() < MOST_FRESH) {
            fresh.add(path);
        } else {
            overflown = true;
        }
    }

    /** The same, unless this look finds files that are younger by 2 s. */
    synchronized void lookAgain(DatasetPath path, long age) {
        young.add(path, age);
    }

    /** It is something else than an older listing said; no more are noted than were looked at by name. */
    public synchronized void change(DatasetPath path) {
        changed.add(path);
    }

    public synchronized Set<DatasetPath> changed() {
        return Set.copyOf(changed);
    }

    public synchronized Set<DatasetPath> fresh() {
        var all = new HashSet<>(fresh);
        all.addAll(young.paths());
        return Set.copyOf(all);
    }

    /** Whether more files are fresh than {@link #fresh} holds. */
    public synchronized boolean isOverflown() {
        return overflown || young.isOverflown();
    }

    /** By reason; examples in the order of their bytes. */
    public synchronized List<LeftOut> leftOut() {
        return counts.entrySet().stream()
                .map(each -> new LeftOut(each.getKey(), each.getValue(), sorted(examples.get(each.getKey()))))
                .toList();
    }

    /** What was left out, by name, of each reason as many as are kept. */
    public synchronized Map<DatasetPath, LeftOutReason> named() {
        var named = new HashMap<DatasetPath, LeftOutReason>();
        examples.forEach((reason, paths) -> paths.forEach(path -> named.put(path, reason)));
        return named;
    }

    private static List<DatasetPath> sorted(@org.jspecify.annotations.Nullable List<DatasetPath> paths) {
        return paths == null
                ? List.of()
                : paths.stream()
                        .sorted(Comparator.comparing(DatasetPath::toString))
                        .limit(LeftOut.MOST_EXAMPLES)
                        .toList();
    }
}
