package dev.aquifer.node.fetch;

/** What a dataset is about, for people and metrics. */
enum DatasetState {
    /** New pods get a snapshot at once. */
    READY,
    /** A first snapshot is being filled. */
    FILLING,
    /** New pods get a snapshot, and the next one is being filled. */
    REFRESHING,
    /** Nothing complete, and nobody wants it. */
    IDLE;

    static DatasetState of(Dataset dataset) {
        boolean ready = dataset.current() != null;
        if (dataset.job() != null) {
            return ready ? REFRESHING : FILLING;
        }
        return ready ? READY : IDLE;
    }
}
