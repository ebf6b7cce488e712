package dev.aquifer.node.fetch;

import dev.aquifer.node.cache.Usage;
import dev.aquifer.node.dataset.DatasetPath;
import dev.aquifer.node.fill.FillEvents;
import dev.aquifer.node.local.EvictionEvents;
import dev.aquifer.node.scrub.ScrubEvents;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the node agent counts. Names of tenants, datasets and files are no labels: any pod may read the metrics. */
final class FetchMeters implements FillEvents, EvictionEvents, ScrubEvents {
    private static final Logger LOG = LoggerFactory.getLogger(FetchMeters.class);
    /** What a publish may end with; another word of the other process is counted as this. */
    private static final Set<String> OUTCOMES = Set.of(
            "OK",
            "ABORTED",
            "INVALID_ARGUMENT",
            "NOT_FOUND",
            "PERMISSION_DENIED",
            "RESOURCE_EXHAUSTED",
            "FAILED_PRECONDITION",
            "UNAVAILABLE",
            "INTERNAL",
            "DEADLINE_EXCEEDED",
            "CANCELLED");

    private final MeterRegistry registry;
    private final Counter originBytes;
    private final Counter listingBytes;
    private final Counter wrongDigests;
    private final Counter evictions;
    private final Counter evictedBytes;
    private final Counter joins;
    private final Counter scrubbedBytes;
    private final Counter mended;
    private final Counter damaged;
    private final AtomicLong rotten = new AtomicLong();

    FetchMeters(MeterRegistry registry) {
        this.registry = registry;
        this.originBytes = counter("aquifer.node.origin.bytes", "Bytes of files that came from origins");
        this.listingBytes = counter("aquifer.node.origin.listing.bytes", "Bytes of listings that came from origins");
        this.wrongDigests =
                counter("aquifer.node.verification.failures", "Chunks whose bytes did not have the origin's digest");
        this.evictions = counter("aquifer.node.evictions", "Snapshots removed");
        this.evictedBytes = counter("aquifer.node.evicted.bytes", "Bytes that removed snapshots gave back");
        this.joins = counter("aquifer.node.fill.joins", "Publishes that joined a fill under way");
        this.scrubbedBytes = counter("aquifer.node.scrubbed.bytes", "Bytes read again and compared with their digest");
        this.mended = counter("aquifer.node.scrub.mended", "Damaged files replaced");
        this.damaged = counter("aquifer.node.scrub.damaged", "Damaged files that no source has any more");
        gauge(
                "aquifer.node.scrub.rotten",
                "Damaged files that are not replaced yet: the origin, the key of a pod or room is wanted",
                rotten::get);
    }

    /** Shows figures that are looked up when they are asked for. */
    void gauges(Supplier<Usage> used, Usage quota, Supplier<Number> freeBytes, BooleanSupplier lacksVerity) {
        gauge(
                "aquifer.node.cache.bytes",
                "Bytes that the cache takes",
                () -> used.get().bytes());
        gauge(
                "aquifer.node.cache.inodes",
                "Inodes that the cache takes",
                () -> used.get().inodes());
        gauge("aquifer.node.cache.quota.bytes", "Bytes that the cache may take", quota::bytes);
        gauge("aquifer.node.cache.quota.inodes", "Inodes that the cache may take", quota::inodes);
        gauge("aquifer.node.cache.free.bytes", "Bytes free on the cache's file system", freeBytes);
        gauge(
                "aquifer.node.cache.verity.missing",
                "1 where fs-verity is asked for and the cache's file system has none, as the first fetched file shows",
                () -> lacksVerity.getAsBoolean() ? 1 : 0);
    }

    void joined() {
        joins.increment();
    }

    void published(String outcome, Duration took) {
        Timer.builder("aquifer.node.publish")
                .description("Publishes of volumes, by how they ended")
                .tag("outcome", OUTCOMES.contains(outcome) ? outcome : "OTHER")
                .publishPercentileHistogram()
                .minimumExpectedValue(Duration.ofMillis(1))
                .maximumExpectedValue(Duration.ofMinutes(2))
                .register(registry)
                .record(took);
    }

    @Override
    public void fetched(long bytes) {
        originBytes.increment((double) bytes);
    }

    @Override
    public void listed(long bytes) {
        listingBytes.increment((double) bytes);
    }

    @Override
    public void wrongDigest(DatasetPath path) {
        wrongDigests.increment();
        LOG.warn("event=wrong-digest file=\"{}\"", path);
    }

    @Override
    public void evicted(Usage freed) {
        evictions.increment();
        evictedBytes.increment((double) freed.bytes());
    }

    @Override
    public void scrubbed(long bytes) {
        scrubbedBytes.increment((double) bytes);
    }

    @Override
    public void mended() {
        mended.increment();
    }

    @Override
    public void damaged() {
        damaged.increment();
    }

    @Override
    public void left(long files) {
        rotten.set(files);
    }

    private Counter counter(String name, String description) {
        return Counter.builder(name).description(description).register(registry);
    }

    private void gauge(String name, String description, Supplier<Number> value) {
        Gauge.builder(name, value).description(description).register(registry);
    }
}
