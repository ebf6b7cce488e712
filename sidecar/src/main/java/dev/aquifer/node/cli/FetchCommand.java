package dev.aquifer.node.cli;

import dev.aquifer.node.cache.Amount;
import dev.aquifer.node.cache.FreeSpaceFloor;
import dev.aquifer.node.cache.Quota;
import dev.aquifer.node.cache.Usage;
import dev.aquifer.node.fetch.FetchSettings;
import java.net.URI;
import java.util.List;
import picocli.CommandLine.Model.OptionSpec;

/** The command {@code aquifer-node fetch}: the process of a node that has the network and the cache, and may not mount. */
final class FetchCommand implements ProgramCommand {
    private static final int HIGH_PERCENT = 90;
    private static final int LOW_PERCENT = 80;
    /** A chunk that came and, outside of the heap, one that is written, with as much of either left for all else. */
    private static final long MEMORY_OF_WORKER = 7L << 20;

    @Override
    public String name() {
        return "fetch";
    }

    @Override
    public String description() {
        return "Brings datasets from their origins into the node's cache. Unprivileged.";
    }

    @Override
    public List<OptionSpec> options() {
        return List.of(
                Options.required("--enrol-at", "URL", "Where the webhook gives certificates."),
                Options.optional("--cache", "PATH", "/var/lib/aquifer/cache", "The cache's folder."),
                Options.optional("--fetch-socket", "PATH", "/run/aquifer/fetch.sock", "Where 'mount' asks."),
                Options.optional(
                        "--mount-socket", "PATH", "/run/aquifer/mount.sock", "Where 'mount' says what is mounted."),
                Options.optional(
                        "--datasets", "PATH", "/etc/aquifer/datasets", "Folder of the lists of live datasets."),
                Options.optional("--keys", "PATH", "/etc/aquifer/keys", "Folder of keys for prefetching."),
                Options.optional(
                        "--ca", "PATH", "/etc/aquifer/authority/ca.crt", "Certificates of the authorities to trust."),
                Options.optional(
                        "--token",
                        "PATH",
                        "/var/run/secrets/aquifer/token",
                        "The token that proves which node this is."),
                Options.optional("--metrics-port", "PORT", "9090", "Where /metrics is."),
                Options.optional("--quota", "SIZE", "200Gi", "What the cache may take, such as 500Mi, 200Gi or 2Ti."),
                Options.optional("--quota-inodes", "NUMBER", "10000000", "How many inodes the cache may take."),
                Options.optional(
                        "--min-free",
                        "SIZE",
                        "0",
                        "What must stay free on the cache's file system, beside 15 % of it."),
                Options.flag("--fs-verity", "Let the kernel check each read of a cached file, where it can."),
                Options.optional(
                        "--scrub-rate",
                        "SIZE",
                        "20Mi",
                        "How much of the cache is read again each second; 0 for nothing."),
                Options.optional("--fills", "NUMBER", "4", "Datasets that are filled at once."),
                Options.optional("--workers", "NUMBER", "4", "Threads and connections of each fill."));
    }

    @Override
    public Program program(Values values) {
        URI webhook = values.httpsUri("--enrol-at");
        return new FetchCommandProgram(
                settings(values, Runtime.getRuntime().maxMemory()),
                webhook,
                values.path("--ca"),
                values.path("--token"),
                values.number("--metrics-port", 1, 65_535));
    }

    /** @param memory that the heap may take, and what is beside it once more */
    static FetchSettings settings(Values values, long memory) {
        int fills = values.number("--fills", 1, 64);
        int workers = values.number("--workers", 1, 64);
        long most = memory / MEMORY_OF_WORKER;
        Wrong.unless(
                (long) fills * workers <= most,
                "--fills",
                "at most %d workers of all fills together with %s of memory, since each holds a chunk of 4 MiB; lower --fills or --workers"
                        .formatted(most, Amount.bytes(memory)),
                "%d fills of %d workers".formatted(fills, workers));
        Usage limit = new Usage(values.size("--quota"), values.number("--quota-inodes", 1_000, Integer.MAX_VALUE));
        return new FetchSettings(
                values.path("--cache"),
                values.path("--fetch-socket"),
                values.path("--mount-socket"),
                values.path("--datasets"),
                values.path("--keys"),
                new Quota(limit, HIGH_PERCENT, LOW_PERCENT),
                new FreeSpaceFloor(values.size("--min-free")),
                values.flag("--fs-verity"),
                values.size("--scrub-rate"),
                fills,
                workers);
    }
}
