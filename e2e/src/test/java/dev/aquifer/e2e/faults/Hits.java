package dev.aquifer.e2e.faults;

import static org.assertj.core.api.Assertions.assertThat;

/** How many faults of a test fell inside a fill: those that came too late prove nothing. */
final class Hits {
    private final String fault;
    private int faults;
    private int hits;

    /** @param fault what happens, for people */
    Hits(String fault) {
        this.fault = fault;
    }

    void add(boolean hit) {
        faults++;
        hits += hit ? 1 : 0;
    }

    /** Says how many there were; fails if they were less than a third. */
    void assertEnough() {
        System.out.printf("faults: %s: %d of %d inside a fill%n", fault, hits, faults);
        assertThat(3 * hits)
                .as("%s: three times the faults inside a fill", fault)
                .isGreaterThanOrEqualTo(faults);
    }
}
