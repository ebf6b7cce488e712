package dev.aquifer.webhook.binding.plan;

import java.util.List;
import java.util.Set;

/**
 * What holds of a shared volume, for its status: without times and generations, which the writer adds.
 *
 * @param reason in CamelCase
 * @param message what was found and what to do
 */
public record VolumeCondition(String type, boolean holds, String reason, String message) {
    /** The source can be shared. */
    public static final String SOURCE_READY = "SourceReady";

    /** Every namespace that is granted the volume has its pairs. */
    public static final String BOUND = "Bound";

    /** Something stands in the way: another volume at the mount path, a handle or a name that is taken. */
    public static final String CONFLICT = "Conflict";

    /** The directories that roles need are there. */
    public static final String PATHS_READY = "PathsReady";

    /** Nodes can fill their caches; of cached volumes only. */
    public static final String CACHED = "Cached";

    /** Pods that were to have the volume do; said only while some do not. */
    public static final String PODS_SERVED = "PodsServed";

    /** Sums the others up. */
    public static final String READY = "Ready";

    /** All of these. */
    public static final List<String> TYPES =
            List.of(SOURCE_READY, BOUND, CONFLICT, PATHS_READY, CACHED, PODS_SERVED, READY);

    /** What keeps nobody from the volume who comes now. */
    private static final Set<String> NO_HINDRANCE = Set.of(CONFLICT, PODS_SERVED);

    /** This with one more sentence. */
    VolumeCondition and(String remark) {
        return new VolumeCondition(type, holds, reason, message + ". " + remark);
    }

    /** Whether it says that something is wrong. */
    public boolean isBad() {
        return holds == type.equals(CONFLICT);
    }

    /** {@code True} or {@code False}. */
    public String status() {
        return holds ? "True" : "False";
    }

    /** The sum: the first condition that should hold and does not. */
    public static VolumeCondition ready(List<VolumeCondition> conditions) {
        for (VolumeCondition condition : conditions) {
            if (!condition.holds && !NO_HINDRANCE.contains(condition.type)) {
                return new VolumeCondition(READY, false, condition.reason, condition.message);
            }
        }
        return new VolumeCondition(READY, true, "Ready", "the volume can be used where it is granted");
    }
}
