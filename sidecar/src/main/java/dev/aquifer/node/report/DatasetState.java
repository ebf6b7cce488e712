package dev.aquifer.node.report;

import dev.aquifer.node.local.Dataset;
import dev.aquifer.node.local.FillJob;

/** What a dataset is about, for people and metrics. */
public enum DatasetState {
    /** New pods get a snapshot at once. */
    READY,
    /** A first snapshot is being filled. */
    FILLING,
    /** New pods get a snapshot, and the next one is being filled. */
    REFRESHING,
    /** Nothing complete: the last fill was refused, and no other has begun since. */
    REFUSED,
    /** Nothing complete, and nobody wants it. */
    IDLE;

    public static DatasetState of(Dataset dataset) {
        boolean ready = dataset.current() != null;
        FillJob job = dataset.job();
        if (ready) {
            return job == null ? READY : REFRESHING;
        }
        if (dataset.refusal() != null && (job == null || job.progress().totals() == null)) {
            return REFUSED;
        }
        return job == null ? IDLE : FILLING;
    }
}
