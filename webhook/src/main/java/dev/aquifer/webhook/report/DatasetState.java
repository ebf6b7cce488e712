package dev.aquifer.webhook.report;

import java.util.Arrays;
import java.util.Locale;

/** What a dataset is about on a node. */
enum DatasetState {
    /** New pods get a snapshot at once. */
    READY,
    /** A first snapshot is being filled. */
    FILLING,
    /** New pods get a snapshot, and the next one is being filled. */
    REFRESHING,
    /** Nothing complete: the last fill was refused. */
    REFUSED,
    /** Nothing complete, and nobody wants it. */
    IDLE,
    /** Nothing at all: only other nodes fill it without being asked. */
    UNSELECTED;

    static DatasetState parse(String text) {
        return Arrays.stream(values())
                .filter(state -> state.name().toLowerCase(Locale.ROOT).equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("Expected the state of a dataset, found another word"));
    }

    boolean isComplete() {
        return this == READY || this == REFRESHING;
    }
}
