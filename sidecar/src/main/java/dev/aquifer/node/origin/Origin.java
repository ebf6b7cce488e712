package dev.aquifer.node.origin;

import dev.aquifer.node.identity.TlsContexts;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.time.InstantSource;

/** An origin in one piece: from {@link #start} on it walks its source and serves it, until it is closed. */
public final class Origin implements AutoCloseable {
    private static final int MOST_WALKERS = 8;

    private final Source source;
    private final RecordStore records;
    private final DigestStore digests;
    private final Snapshots snapshots;
    private final FileSender files;
    private final OriginServer server;

    /**
     * Opens the source and listens; nothing is answered before {@link #start}.
     *
     * @param context of the moment: the origin's certificate, and trust in those of nodes
     * @throws IOException if the source, the state or the port cannot be used
     */
    public Origin(OriginSettings settings, TlsContexts context, MeterRegistry registry) throws IOException {
        this(settings, context, registry, InstantSource.system(), Thread::sleep);
    }

    Origin(OriginSettings settings, TlsContexts context, MeterRegistry registry, InstantSource clock, Pause pause)
            throws IOException {
        var meters = new OriginMeters(registry);
        this.source = Source.open(settings.source(), settings.excluded());
        var sorting = Files.createDirectories(settings.state().resolve("sorting"));
        this.records = new RecordStore(settings.state().resolve("listings"));
        this.digests = new DigestStore(settings.state().resolve("digests"));
        var walkers =
                new Walkers(Math.min(MOST_WALKERS, 2 * Runtime.getRuntime().availableProcessors()));
        var lister = new Lister(source, Reader.current(), records, walkers, sorting, settings.onChange(), clock, pause);
        this.snapshots =
                new Snapshots(lister, settings.onUnreadable(), settings.onChange(), settings.refresh(), clock, meters);
        var opener = new ChunkOpener(source, digests, clock, (path, mark) -> {
            meters.changed();
            snapshots.report(path, mark);
        });
        this.files = new FileSender(opener, new BandwidthLimit(settings.bytesPerSecond()), meters);
        var access = new Access(settings.dataset(), settings.keyHash());
        var exchange = new Exchange(access, snapshots, records, files, meters);
        this.server = new OriginServer(new InetSocketAddress(settings.port()), context, exchange, meters);
    }

    public void start() {
        snapshots.start();
        server.start();
    }

    /** Where it listens. */
    public int port() {
        return server.port();
    }

    @Override
    public void close() throws IOException {
        server.close();
        snapshots.close();
        files.close();
        records.close();
        digests.close();
        source.close();
    }
}
