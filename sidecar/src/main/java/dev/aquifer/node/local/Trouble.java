package dev.aquifer.node.local;

import dev.aquifer.node.dataset.DatasetPath;
import dev.aquifer.node.dataset.SnapshotId;
import dev.aquifer.node.fill.Progress;
import dev.aquifer.node.fill.SourceChangedException;
import dev.aquifer.node.retry.RetryPause;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What keeps a fill from going on, and how long it rests before it tries again. Written by the fill's own thread. */
final class Trouble {
    private static final Logger LOG = LoggerFactory.getLogger(Trouble.class);
    private static final Duration FIRST_RETRY = Duration.ofMillis(250);
    private static final Duration LONGEST_RETRY = Duration.ofSeconds(10);
    /** Names are for people, who look at the first. */
    private static final int MOST_NAMES = 3;

    private final Dataset dataset;
    private final Progress progress;
    private final RetryPause retry = new RetryPause(FIRST_RETRY, LONGEST_RETRY);
    private volatile String text = "";
    private volatile long fetchedBefore;

    Trouble(Dataset dataset, Progress progress) {
        this.dataset = dataset;
        this.progress = progress;
    }

    /** For people; empty if there is none, or something has come since. */
    String text() {
        return progress.fetchedBytes() > fetchedBefore ? "" : text;
    }

    /**
     * The source is no longer what the snapshot says.
     *
     * @return how long to rest
     */
    Duration moved(SourceChangedException moved, @Nullable SnapshotId snapshot) {
        List<DatasetPath> changing = dataset.contact().news().changing();
        text = changing.isEmpty()
                ? String.valueOf(moved.getMessage())
                : "the source keeps changing: '%s' does; let it rest, replace files by rename, or set cache.onChange: Skip"
                        .formatted(changing.stream()
                                .limit(MOST_NAMES)
                                .map(DatasetPath::toString)
                                .collect(Collectors.joining("', '")));
        LOG.info("event=source-changed dataset={} snapshot={} what=\"{}\"", dataset.id(), snapshot, text);
        return rest();
    }

    /**
     * The origin is away, or what it said is of no use.
     *
     * @return how long to rest
     */
    Duration failed(IOException failure) {
        String message = String.valueOf(failure.getMessage());
        if (!message.equals(text)) {
            LOG.warn("event=fill-interrupted dataset={} error=\"{}\"", dataset.id(), message);
        }
        text = message;
        return rest();
    }

    /** Longer each time, unless something came since the last. */
    private Duration rest() {
        if (progress.fetchedBytes() > fetchedBefore) {
            fetchedBefore = progress.fetchedBytes();
            retry.reset();
        }
        return retry.next();
    }
}
