package dev.aquifer.node.fetch;

import dev.aquifer.node.cache.AdmissionRule;
import dev.aquifer.node.cache.CacheFolder;
import dev.aquifer.node.cache.Protection;
import dev.aquifer.node.cache.Usage;
import dev.aquifer.node.fill.FillOptions;
import dev.aquifer.node.identity.TlsContexts;
import dev.aquifer.node.link.LinkClient;
import dev.aquifer.node.link.LinkServer;
import dev.aquifer.node.linux.LinuxException;
import dev.aquifer.node.local.Accounts;
import dev.aquifer.node.local.Dataset;
import dev.aquifer.node.local.DatasetMountPoints;
import dev.aquifer.node.local.DatasetOrigins;
import dev.aquifer.node.local.Datasets;
import dev.aquifer.node.local.Evictor;
import dev.aquifer.node.local.FillJob;
import dev.aquifer.node.local.Fills;
import dev.aquifer.node.local.Ledger;
import dev.aquifer.node.local.LiveDatasets;
import dev.aquifer.node.local.Prefetch;
import dev.aquifer.node.local.Room;
import dev.aquifer.node.local.SnapshotFills;
import dev.aquifer.node.local.Takeover;
import dev.aquifer.node.remote.OriginClients;
import dev.aquifer.node.remote.TlsOrigins;
import dev.aquifer.node.report.NodeReport;
import dev.aquifer.node.report.ReportSink;
import dev.aquifer.node.report.Reporter;
import dev.aquifer.node.report.StatusReport;
import dev.aquifer.node.scrub.Scrub;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The process that fetches: owns the cache folder, answers the process that mounts, and keeps house. */
public final class FetchProgram implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(FetchProgram.class);
    private static final Path BOOT = Path.of("/proc/sys/kernel/random/boot_id");
    /** Directories of one dataset; each is a small file of the cache. */
    private static final long MOST_RECORDS = 5_000_000;

    private static final Duration UPKEEP_EVERY = Duration.ofSeconds(5);

    private final CacheFolder cache;
    private final Datasets datasets;
    private final Fills fills;
    private final Scrub scrub;
    private final LinkServer server;
    private final Reporter reporter;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("upkeep").daemon().factory());

    private FetchProgram(
            CacheFolder cache, Datasets datasets, Fills fills, Scrub scrub, LinkServer server, Reporter reporter) {
        this.cache = cache;
        this.datasets = datasets;
        this.fills = fills;
        this.scrub = scrub;
        this.server = server;
        this.reporter = reporter;
    }

    /**
     * Starts; returns once the process that mounts can ask.
     *
     * @param tls our certificate, and whom to trust
     * @param reports where the node's reports go
     * @throws IOException if the cache folder or the socket cannot be had; the message says what to do
     */
    public static FetchProgram start(
            FetchSettings settings, TlsContexts tls, ReportSink reports, MeterRegistry registry) throws IOException {
        InstantSource clock = new SteadyClock(InstantSource.system(), System::nanoTime);
        return start(settings, new TlsOrigins(tls), reports, registry, clock, UPKEEP_EVERY);
    }

    static FetchProgram start(
            FetchSettings settings,
            OriginClients origins,
            ReportSink reports,
            MeterRegistry registry,
            InstantSource clock,
            Duration upkeepEvery)
            throws IOException {
        CacheFolder cache = CacheFolder.open(settings.cache(), new Protection(settings.verity()));
        FetchMeters meters = new FetchMeters(registry);
        Ledger ledger = new Ledger();
        Datasets datasets = new Datasets(cache, clock);
        LinkClient mounter = new LinkClient(settings.mountSocket());
        Accounts accounts = new Accounts(ledger);
        Evictor evictor = new Evictor(datasets, accounts, mounter::mounts, meters);
        Room room = new Room(cache, new AdmissionRule(settings.quota(), settings.floor()), ledger, evictor);
        LiveDatasets live = new LiveDatasets();
        DatasetOrigins ways = new DatasetOrigins(origins);
        DatasetMountPoints mountPoints = new DatasetMountPoints(live, cache.protection());
        String boot = Files.readString(BOOT).strip();
        FillOptions options = new FillOptions(settings.workers(), MOST_RECORDS, boot);
        SnapshotFills filler =
                new SnapshotFills(live, mountPoints, room, accounts, cache.protection(), options, meters);
        Fills fills = new Fills(live, ways, filler, settings.fills(), clock);
        Usage quota = settings.quota().limit();
        meters.gauges(
                ledger::total,
                quota,
                () -> freeBytes(cache),
                () -> settings.verity() && !cache.protection().verity());
        new DatasetMeters(registry, datasets).register();
        StatusReport status = new StatusReport(datasets, mountPoints, ledger, quota, mounter::mounts);
        datasets.load();
        Scrub scrub = new Scrub(datasets, ways, cache.protection(), room, settings.scrubBytesPerSecond(), meters);
        LinkServer server =
                LinkServer.start(settings.socket(), new FetchLink(datasets, fills, origins, meters, status));
        Prefetch prefetch = new Prefetch(settings.keys(), live, fills, clock);
        Reporter reporter = new Reporter(
                () -> NodeReport.of(datasets, mountPoints, ledger, prefetch), reports, prefetch::learn, clock);
        FetchProgram program = new FetchProgram(cache, datasets, fills, scrub, server, reporter);
        Takeover takeover = new Takeover(datasets, mounter::volumes);
        Upkeep upkeep = new Upkeep(
                settings.datasets(),
                takeover,
                prefetch,
                live,
                datasets,
                fills,
                mountPoints,
                evictor,
                room,
                accounts,
                clock);
        Poller poller = new Poller(datasets, live, ways, fills, clock);
        program.keepHouse(upkeep, poller, new SnapshotMeters(registry, datasets, mounter::mounts), upkeepEvery);
        return program;
    }

    private void keepHouse(Upkeep upkeep, Poller poller, SnapshotMeters snapshots, Duration every) {
        Thread.ofPlatform().name("take-stock").daemon().start(upkeep::takeStock);
        var _ = timer.scheduleWithFixedDelay(
                () -> keepHouseOnce(upkeep, poller, snapshots), 0, every.toMillis(), TimeUnit.MILLISECONDS);
        scrub.start();
        reporter.start();
    }

    /** A timer keeps what is thrown to itself, and never runs again. */
    private static void keepHouseOnce(Upkeep upkeep, Poller poller, SnapshotMeters snapshots) {
        try {
            upkeep.run();
            poller.run();
            snapshots.look();
        } catch (RuntimeException failure) {
            LOG.error("event=upkeep-failed task=poll", failure);
        } catch (Error error) {
            Thread thread = Thread.currentThread();
            thread.getUncaughtExceptionHandler().uncaughtException(thread, error);
            throw error;
        }
    }

    private static Number freeBytes(CacheFolder cache) {
        try {
            return cache.space().free().bytes();
        } catch (LinuxException failure) {
            return Double.NaN;
        }
    }

    /** Pauses all fills; what is mounted stays, and what is verified is not fetched again. */
    @Override
    public void close() throws IOException {
        timer.shutdownNow();
        reporter.close();
        scrub.close();
        server.close();
        fills.close();
        for (Dataset dataset : datasets.all()) {
            FillJob job = dataset.job();
            if (job != null) {
                job.end();
            }
        }
        datasets.close();
        cache.close();
    }
}
