package dev.aquifer.node.cli;

import dev.aquifer.node.status.StatusPage;
import java.util.List;
import picocli.CommandLine.Model.OptionSpec;

/** The command {@code aquifer-node status}: what the agent of this node knows of its datasets. */
final class StatusCommand implements ShortCommand {
    private enum Format {
        TABLE,
        JSON
    }

    @Override
    public String name() {
        return "status";
    }

    @Override
    public String description() {
        return "Prints which datasets this node has, how far their fills are and how often pods have them mounted.";
    }

    @Override
    public List<OptionSpec> options() {
        return List.of(
                Options.optional("--fetch-socket", "PATH", "/run/aquifer/fetch.sock", "Where 'fetch' listens."),
                Options.optional("--output", "FORMAT", "table", "table for people, or json: all that 'fetch' says.")
                        .toBuilder()
                        .names("-o", "--output")
                        .build());
    }

    @Override
    public Answer answer(Values values) {
        StatusSocket socket = new StatusSocket(values.path("--fetch-socket"));
        return switch (values.choice("--output", Format.class)) {
            case TABLE -> out -> StatusPage.of(socket.read()).forEach(out::println);
            case JSON -> out -> out.println(socket.read().encode());
        };
    }
}
