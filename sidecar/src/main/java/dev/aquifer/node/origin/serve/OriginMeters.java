package dev.aquifer.node.origin.serve;

import dev.aquifer.node.origin.snapshots.Walks;
import dev.aquifer.node.origin.walk.Listing;
import dev.aquifer.node.transfer.LeftOutReason;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** What an origin counts. Names of tenants, nodes and files are no labels. */
public final class OriginMeters implements Walks {
    private final Counter fileBytes;
    private final Counter listingBytes;
    private final Counter refused;
    private final Counter changed;
    private final Timer walks;
    private final AtomicInteger connections = new AtomicInteger();
    private final AtomicLong takenAt = new AtomicLong();
    private final AtomicReference<@Nullable Listing> listing = new AtomicReference<>();

    public OriginMeters(MeterRegistry registry) {
        this.fileBytes = counter(registry, "aquifer.origin.sent.file.bytes", "Bytes of chunks sent, with their frames");
        this.listingBytes = counter(registry, "aquifer.origin.sent.listing.bytes", "Bytes of listing records sent");
        this.refused = counter(
                registry,
                "aquifer.origin.refused",
                "Requests without the dataset's key, and connections of no node, or of one with too many");
        this.changed =
                counter(registry, "aquifer.origin.changed", "Chunks found changed, gone or unreadable when asked for");
        this.walks = Timer.builder("aquifer.origin.walk")
                .description("Walks of the whole source")
                .register(registry);
        Gauge.builder("aquifer.origin.connections", connections, AtomicInteger::get)
                .description("Connections of nodes")
                .register(registry);
        Gauge.builder("aquifer.origin.snapshot.timestamp.seconds", takenAt, AtomicLong::get)
                .description(
                        "When the walk began that the snapshot comes from, in seconds since 1970; 0 before the first")
                .register(registry);
        Gauge.builder("aquifer.origin.files", () -> files(listing.get()))
                .description("Files in the snapshot")
                .register(registry);
        Gauge.builder("aquifer.origin.source.bytes", () -> bytes(listing.get()))
                .description("Sum of the files' sizes in the snapshot")
                .register(registry);
        for (var reason : LeftOutReason.values()) {
            Gauge.builder("aquifer.origin.left.out", () -> leftOut(listing.get(), reason))
                    .description("What is in the source but not in the snapshot")
                    .tag("reason", reason.name())
                    .register(registry);
        }
    }

    @Override
    public void ended(Duration took, Listing walked) {
        walks.record(took);
        takenAt.set(walked.takenAt().getEpochSecond());
        looked(walked);
    }

    @Override
    public void looked(Listing next) {
        listing.set(next);
    }

    void sentFiles(long bytes) {
        fileBytes.increment((double) bytes);
    }

    void sentListing(long bytes) {
        listingBytes.increment((double) bytes);
    }

    void refused() {
        refused.increment();
    }

    public void changed() {
        changed.increment();
    }

    void connected() {
        connections.incrementAndGet();
    }

    void disconnected() {
        connections.decrementAndGet();
    }

    private static Counter counter(MeterRegistry registry, String name, String description) {
        return Counter.builder(name).description(description).register(registry);
    }

    private static long files(@Nullable Listing listing) {
        return listing == null ? 0 : listing.root().totals().files();
    }

    private static long bytes(@Nullable Listing listing) {
        return listing == null ? 0 : listing.root().totals().bytes();
    }

    private static long leftOut(@Nullable Listing listing, LeftOutReason reason) {
        return listing == null
                ? 0
                : listing.leftOut().stream()
                        .filter(each -> each.reason() == reason)
                        .mapToLong(each -> each.count())
                        .sum();
    }
}
