package dev.aquifer.node.testing;

import dev.aquifer.node.dataset.DatasetPath;
import dev.aquifer.node.fill.FillEvents;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts wrong digests only. */
public record CountedEvents(AtomicInteger wrong) implements FillEvents {
    @Override
    public void fetched(long bytes) {}

    @Override
    public void listed(long bytes) {}

    @Override
    public void wrongDigest(DatasetPath path) {
        wrong.incrementAndGet();
    }
}
