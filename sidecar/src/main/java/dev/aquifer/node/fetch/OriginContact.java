package dev.aquifer.node.fetch;

import dev.aquifer.node.dataset.SnapshotId;
import dev.aquifer.node.transfer.SnapshotAnswer;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Asks a dataset's origin for its newest snapshot, and remembers what it said, or that it said nothing. */
final class OriginContact {
    private final InstantSource clock;
    private final AtomicReference<OriginNews> news = new AtomicReference<>(OriginNews.NONE);

    OriginContact(InstantSource clock) {
        this.clock = clock;
    }

    OriginNews news() {
        return news.get();
    }

    /** As {@link Origin#snapshot}. */
    SnapshotAnswer ask(Origin origin, @Nullable SnapshotId after, Duration wait) throws IOException {
        try {
            SnapshotAnswer answer = origin.snapshot(after, wait);
            news.updateAndGet(before -> before.answered(answer, clock.instant()));
            return answer;
        } catch (IOException away) {
            news.updateAndGet(before -> before.silent(clock.instant()));
            throw away;
        }
    }

    /** For how long what the origin last said may be out of date; nothing while it answers. */
    Duration silence() {
        OriginNews now = news.get();
        Instant since = now.goneSince() == null ? null : now.heard() == null ? now.goneSince() : now.heard();
        return since == null ? Duration.ZERO : Duration.between(since, clock.instant());
    }
}
