package dev.aquifer.node.origin;

import dev.aquifer.node.identity.TlsContexts;
import dev.aquifer.node.origin.disk.DigestStore;
import dev.aquifer.node.origin.disk.RecordPacks;
import dev.aquifer.node.origin.serve.Access;
import dev.aquifer.node.origin.serve.BandwidthLimit;
import dev.aquifer.node.origin.serve.ChunkOpener;
import dev.aquifer.node.origin.serve.Exchange;
import dev.aquifer.node.origin.serve.FileSender;
import dev.aquifer.node.origin.serve.MountPointsFile;
import dev.aquifer.node.origin.serve.OriginMeters;
import dev.aquifer.node.origin.serve.OriginServer;
import dev.aquifer.node.origin.serve.RequestRoom;
import dev.aquifer.node.origin.snapshots.SnapshotMaker;
import dev.aquifer.node.origin.snapshots.Snapshots;
import dev.aquifer.node.origin.source.Freshness;
import dev.aquifer.node.origin.source.Reader;
import dev.aquifer.node.origin.source.Source;
import dev.aquifer.node.origin.walk.Lister;
import dev.aquifer.node.origin.walk.Pause;
import dev.aquifer.node.origin.walk.Walkers;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.time.InstantSource;

/** An origin in one piece: it walks its source from {@link #walk} on, and serves it from {@link #listen} on. */
public final class Origin implements AutoCloseable {
    private static final int MOST_WALKERS = 8;

    private final Source source;
    private final RecordPacks records;
    private final DigestStore digests;
    private final Snapshots snapshots;
    private final SnapshotMaker maker;
    private final FileSender files;
    private final OriginServer server;

    /**
     * Opens the source.
     *
     * @param contexts gives, at any moment, the origin's certificate, and trust in those of nodes
     * @throws IOException if the source or the state cannot be used
     */
    public Origin(OriginSettings settings, TlsContexts contexts, MeterRegistry registry) throws IOException {
        this(settings, contexts, registry, InstantSource.system(), Thread::sleep);
    }

    Origin(OriginSettings settings, TlsContexts contexts, MeterRegistry registry, InstantSource clock, Pause pause)
            throws IOException {
        var meters = new OriginMeters(registry);
        this.source = Source.open(settings.source(), settings.excluded());
        var sorting = Files.createDirectories(settings.state().resolve("sorting"));
        this.records = new RecordPacks(settings.state().resolve("listings"));
        this.digests = new DigestStore(settings.state().resolve("digests"));
        var walkers =
                new Walkers(Math.min(MOST_WALKERS, 2 * Runtime.getRuntime().availableProcessors()));
        var freshness = new Freshness(clock, source.stampedHere());
        var lister = new Lister(
                source, Reader.current(), records, walkers, sorting, settings.onChange(), clock, freshness, pause);
        this.snapshots = new Snapshots(settings.onUnreadable(), settings.onChange(), settings.refresh(), clock);
        this.maker = new SnapshotMaker(snapshots, lister, meters, clock);
        var opener = new ChunkOpener(source, digests, freshness, (path, mark) -> {
            meters.changed();
            snapshots.report(path, mark);
        });
        this.files = new FileSender(opener, new BandwidthLimit(settings.bytesPerSecond()), meters);
        var access = new Access(settings.dataset(), settings.keyHash());
        var mountPoints = new MountPointsFile(settings.mountPoints());
        var exchange = new Exchange(access, snapshots, mountPoints, records, files, meters, RequestRoom.ofHeap());
        this.server = new OriginServer(new InetSocketAddress(settings.port()), contexts, exchange, meters);
    }

    /** Begins to walk, now and whenever it is due. */
    public void walk() {
        maker.start();
    }

    /**
     * Begins to answer nodes: once there is a certificate, so that whoever can connect is served.
     *
     * @throws IOException if the port cannot be used
     */
    public void listen() throws IOException {
        server.start();
    }

    /** Where it listens, after {@link #listen}. */
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
