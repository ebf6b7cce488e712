package dev.aquifer.node.origin.source;

import dev.aquifer.node.dataset.DatasetPath;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The files of one look that changed last, within 2 s of each other. */
final class YoungFiles {
    private static final long WINDOW = Freshness.COARSEST.toNanos();

    private final int most;
    private final Map<DatasetPath, Long> ages = new HashMap<>();
    private long youngest = Long.MAX_VALUE;
    private long youngestLeftOut = Long.MAX_VALUE;
    /** The youngest when it was last looked for some that need not be kept: each file may be a little younger than the last. */
    private long tidiedFor = Long.MAX_VALUE;

    /** @param most that are kept */
    YoungFiles(int most) {
        this.most = most;
    }

    /**
     * Keeps one, as long as there is no younger one.
     *
     * @param age nanoseconds, by a clock that all are measured by
     */
    void add(DatasetPath path, long age) {
        youngest = Math.min(youngest, age);
        if (ages.size() >= most && youngest <= tidiedFor - WINDOW / 2) {
            ages.values().removeIf(each -> !isYoung(each));
            tidiedFor = youngest;
        }
        if (ages.size() < most) {
            ages.put(path, age);
        } else {
            youngestLeftOut = Math.min(youngestLeftOut, age);
        }
    }

    Set<DatasetPath> paths() {
        return ages.entrySet().stream()
                .filter(each -> isYoung(each.getValue()))
                .map(Map.Entry::getKey)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Whether there are more than {@link #paths} has. */
    boolean isOverflown() {
        return isYoung(youngestLeftOut);
    }

    /** Ages are less than some days: nothing overflows but the ages of none. */
    private boolean isYoung(long age) {
        return age != Long.MAX_VALUE && age - youngest < WINDOW;
    }
}
