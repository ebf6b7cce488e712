package dev.aquifer.node.origin.snapshots;

import dev.aquifer.node.dataset.DatasetPath;
import dev.aquifer.node.origin.source.Findings;
import dev.aquifer.node.origin.source.Mark;
import dev.aquifer.node.origin.walk.Lister;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread that makes snapshots: a walk when a node asks and the listing is old, a look at single paths when a file was
 * found changed while it was served.
 */
public final class SnapshotMaker {
    private static final Logger LOG = LoggerFactory.getLogger(SnapshotMaker.class);

    private final Snapshots snapshots;
    private final Lister lister;
    private final Walks walks;
    private final InstantSource clock;

    public SnapshotMaker(Snapshots snapshots, Lister lister, Walks walks, InstantSource clock) {
        this.snapshots = snapshots;
        this.lister = lister;
        this.walks = walks;
        this.clock = clock;
    }

    /** Begins; it ends when the snapshots are closed. */
    public void start() {
        Thread.ofPlatform().name("snapshots").daemon().start(this::work);
    }

    private void work() {
        try {
            for (var marks = snapshots.awaitWork(); marks != null; marks = snapshots.awaitWork()) {
                if (marks.isEmpty()) {
                    walk();
                } else {
                    look(marks);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void walk() throws InterruptedException {
        var findings = new Findings();
        snapshots.begin(findings);
        var begun = clock.instant();
        long nanos = System.nanoTime();
        try {
            var walked = lister.walk(findings);
            walks.ended(Duration.ofNanos(System.nanoTime() - nanos), walked);
            snapshots.walked(walked, begun);
        } catch (IOException | RuntimeException e) {
            LOG.warn("event=walk-failed", e);
            snapshots.walkFailed(e, begun);
        }
    }

    private void look(Map<DatasetPath, Mark> marks) throws InterruptedException {
        var before = snapshots.listing();
        if (before == null) {
            return;
        }
        try {
            var looked = lister.relist(before, marks);
            walks.looked(looked.listing());
            snapshots.looked(looked);
        } catch (IOException | RuntimeException e) {
            LOG.warn("event=look-failed paths={}", marks.size(), e);
            snapshots.lookFailed();
        }
    }
}
