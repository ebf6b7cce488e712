package dev.aquifer.node.cli;

import dev.aquifer.node.dataset.DatasetId;
import dev.aquifer.node.dataset.DatasetPath;
import dev.aquifer.node.dataset.Hash;
import dev.aquifer.node.dataset.InvalidListing;
import dev.aquifer.node.origin.OriginSettings;
import dev.aquifer.node.origin.snapshots.OnUnreadable;
import dev.aquifer.node.origin.walk.OnChange;
import dev.aquifer.node.transfer.Wire;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.OptionSpec;

/** The command {@code aquifer-node origin}: reads a source in its owner's namespace and serves it to nodes. */
final class OriginCommand implements ProgramCommand {
    private static final int HIGHEST_PORT = 65_535;
    private static final int MOST_MEGABYTES = 1_000_000;
    private static final long MEGABYTE = 1_000_000;
    private static final Duration SHORTEST_REFRESH = Duration.ofSeconds(1);

    @Override
    public String name() {
        return "origin";
    }

    @Override
    public String description() {
        return "Serves the files of a folder to node agents, as snapshots. Only reads them.";
    }

    @Override
    public List<OptionSpec> options() {
        return List.of(
                Options.optional("--source", "PATH", "/source", "The folder to serve."),
                Options.required("--dataset", "ID", "The dataset's id, 32 hexadecimal digits."),
                Options.repeated("--exclude", "PATH", "A path below the folder that is not served. Repeatable."),
                Options.optional(
                        "--mount-points",
                        "PATH",
                        "/etc/aquifer/authority/mount-points.json",
                        "A JSON array of the directories that nodes make for other mounts."),
                Options.required("--key-sha256", "HEX", "SHA-256 of the key that nodes must show."),
                Options.optional(
                        "--refresh", "TIME", "10m", "Age from which the folder is listed anew when a node asks."),
                Options.optional("--on-unreadable", "CHOICE", "Fail", "For files that cannot be read: Fail or Skip."),
                Options.optional("--on-change", "CHOICE", "Wait", "For files that never rest: Wait or Skip."),
                Options.optional("--state", "PATH", "/state", "A folder of its own, for listings and digests."),
                Options.optional("--port", "NUMBER", Integer.toString(Wire.PORT), "Where nodes connect."),
                Options.optional("--metrics-port", "NUMBER", "9090", "Where /metrics is served, without TLS."),
                Options.optional(
                        "--megabytes-per-second", "NUMBER", "0", "Bandwidth for all nodes together; 0: no bound."),
                Options.required("--enrol-at", "URL", "The webhook that gives certificates."),
                Options.optional("--ca", "PATH", "/etc/aquifer/authority/ca.crt", "The trusted authorities, PEM."),
                Options.optional(
                        "--token", "PATH", "/var/run/secrets/aquifer/token", "The projected service-account token."));
    }

    @Override
    public Program program(Values values) {
        return new OriginProgram(
                settings(values),
                values.number("--metrics-port", 0, HIGHEST_PORT),
                values.httpsUri("--enrol-at"),
                values.path("--ca"),
                values.path("--token"));
    }

    private static OriginSettings settings(Values values) {
        var refresh = values.duration("--refresh");
        Wrong.unless(refresh.compareTo(SHORTEST_REFRESH) >= 0, "--refresh", "at least 1s", values.text("--refresh"));
        return new OriginSettings(
                values.path("--source"),
                parse("--dataset", values.text("--dataset"), DatasetId::new),
                values.texts("--exclude").stream()
                        .map(text -> parse("--exclude", text, OriginCommand::below))
                        .collect(Collectors.toSet()),
                values.path("--mount-points"),
                parse("--key-sha256", values.text("--key-sha256"), Hash::parse),
                refresh,
                values.choice("--on-unreadable", OnUnreadable.class),
                values.choice("--on-change", OnChange.class),
                values.path("--state"),
                values.number("--port", 0, HIGHEST_PORT),
                values.number("--megabytes-per-second", 0, MOST_MEGABYTES) * MEGABYTE);
    }

    private static DatasetPath below(String text) {
        var path = DatasetPath.parse(text);
        if (path.isRoot()) {
            throw new InvalidListing("Expected a path below the source, found the source itself");
        }
        return path;
    }

    private static <T> T parse(String option, String text, Function<String, T> parser) {
        try {
            return parser.apply(text);
        } catch (InvalidListing e) {
            throw new IllegalArgumentException(option + ": " + e.getMessage(), e);
        }
    }
}
