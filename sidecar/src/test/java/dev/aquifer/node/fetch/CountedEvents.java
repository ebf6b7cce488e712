package dev.aquifer.node.fetch;

import dev.aquifer.node.dataset.DatasetPath;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts wrong digests only. */
record CountedEvents(AtomicInteger wrong) implements FillEvents {
    @Override
    public void fetched(long bytes) {}

    @Override
    public void listed(long bytes) {}

    @Override
    public void wrongDigest(DatasetPath path) {
        wrong.incrementAndGet();
    }
}
