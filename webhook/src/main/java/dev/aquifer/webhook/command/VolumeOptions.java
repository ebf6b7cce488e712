package dev.aquifer.webhook.command;

import dev.aquifer.webhook.command.lookup.ClusterObjects;
import dev.aquifer.webhook.command.nodes.Agents;
import dev.aquifer.webhook.command.nodes.NodeCaches;
import dev.aquifer.webhook.command.waiting.Goal;
import dev.aquifer.webhook.command.waiting.Pace;
import dev.aquifer.webhook.command.waiting.Progress;
import dev.aquifer.webhook.command.waiting.ProgressLine;
import dev.aquifer.webhook.command.waiting.Waiting;
import dev.aquifer.webhook.rest.ApiServer;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A shared volume of a cluster, and for how long something is waited for there. */
final class VolumeOptions {
    @Parameters(paramLabel = "[OWNER/]VOLUME", description = "The SharedVolume.")
    private String volume = "";

    @Option(
            names = {"-n", "--namespace"},
            paramLabel = "NAME",
            description = "The owner's namespace, where the volume is named without it (default: that of the context).")
    private @Nullable String namespace;

    @Mixin
    private ClusterOptions cluster = new ClusterOptions();

    @Option(
            names = "--timeout",
            paramLabel = "DURATION",
            description = "How long to wait at most, such as 90s or 1h (default: 10m).")
    private Duration timeout = Duration.ofMinutes(10);

    /** The cluster of the options; to be closed. */
    Connection connect() {
        return cluster.connect();
    }

    String owner(Connection connection) {
        int slash = volume.indexOf('/');
        if (slash >= 0) {
            return volume.substring(0, slash);
        }
        return namespace == null ? connection.namespace() : namespace;
    }

    String name() {
        return volume.substring(volume.indexOf('/') + 1);
    }

    /** Waits with progress on standard error, prints what came of it, and says by the exit code whether it was reached. */
    int await(Goal goal, Connection connection, OutputOption output) {
        ApiServer api = connection.api();
        Agents agents = connection.agents();
        ProgressLine line = output.progress();
        Progress last;
        try {
            last = new Waiting(Pace.REAL, line::show).until(timeout, () -> {
                ClusterObjects objects = new ClusterObjects(api);
                return goal.look(objects, new NodeCaches(objects, agents)::look);
            });
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Exit.FAILED;
        } finally {
            line.end();
        }
        String message = (last.reached() ? "" : "not in time: ") + last.message();
        output.print(last, (screen, wide) -> screen.line(message));
        return last.reached() ? Exit.YES : Exit.NO;
    }
}
