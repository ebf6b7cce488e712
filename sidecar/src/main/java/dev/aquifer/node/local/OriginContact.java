package dev.aquifer.node.local;

import dev.aquifer.node.cache.Amount;
import dev.aquifer.node.dataset.DatasetId;
import dev.aquifer.node.dataset.SnapshotId;
import dev.aquifer.node.remote.OriginClient;
import dev.aquifer.node.transfer.SnapshotAnswer;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks a dataset's origin for its newest snapshot, and remembers what it said, or that it said nothing. */
public final class OriginContact {
    private static final Logger LOG = LoggerFactory.getLogger(OriginContact.class);

    private final DatasetId dataset;
    private final InstantSource clock;
    private final AtomicReference<OriginNews> news = new AtomicReference<>(OriginNews.NONE);

    OriginContact(DatasetId dataset, InstantSource clock) {
        this.dataset = dataset;
        this.clock = clock;
    }

    public OriginNews news() {
        return news.get();
    }

    /** As {@link OriginClient#snapshot}. */
    public SnapshotAnswer ask(OriginClient origin, @Nullable SnapshotId after, Duration wait) throws IOException {
        try {
            SnapshotAnswer answer = origin.snapshot(after, wait);
            Duration silence = silence();
            OriginNews before = news.getAndUpdate(old -> old.answered(answer, clock.instant()));
            if (before.goneSince() != null) {
                LOG.info("event=origin-back dataset={} silent=\"{}\"", dataset, Amount.time(silence));
            }
            return answer;
        } catch (IOException away) {
            OriginNews before = news.getAndUpdate(old -> old.silent(clock.instant()));
            if (before.goneSince() == null) {
                LOG.warn("event=origin-away dataset={} error=\"{}\"", dataset, away.getMessage());
            }
            throw away;
        }
    }

    /** For how long what the origin last said may be out of date; nothing while it answers. */
    public Duration silence() {
        OriginNews now = news.get();
        Instant since = now.goneSince() == null ? null : now.heard() == null ? now.goneSince() : now.heard();
        return since == null ? Duration.ZERO : Duration.between(since, clock.instant());
    }
}
