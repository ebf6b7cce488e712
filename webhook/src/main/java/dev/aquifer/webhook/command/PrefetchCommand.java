package dev.aquifer.webhook.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.aquifer.webhook.cli.ManifestVersion;
import dev.aquifer.webhook.command.lookup.Kind;
import dev.aquifer.webhook.command.lookup.SharedVolumes;
import dev.aquifer.webhook.command.waiting.Goal;
import dev.aquifer.webhook.rest.ApiServer;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The command {@code aquifer prefetch}: has all nodes fetch a volume before any pod comes, and waits for them. */
@Command(
        header = "Has all nodes fetch a cached volume, and waits for them.",
        description = {
            "Sets spec.cache.prefetch of a SharedVolume, so that every node with an agent fetches it before any pod"
                    + " comes, new nodes too, as far as there is free room; then waits as wait --filled does.",
            "Whoever keeps SharedVolumes in files sets cache.prefetch there, or the next apply takes it back."
        },
        mixinStandardHelpOptions = true,
        versionProvider = ManifestVersion.class,
        sortOptions = false,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:all nodes have it; with --no-wait: they were told",
            "1:no answer, or the volume cannot be changed or cached",
            Exit.USAGE_TEXT,
            "3:not in time"
        })
final class PrefetchCommand implements Callable<Integer> {
    @Mixin
    private VolumeOptions volume = new VolumeOptions();

    @Option(names = "--no-wait", description = "Do not wait for the nodes.")
    private boolean noWait;

    @Mixin
    private OutputOption output = new OutputOption();

    @Override
    public Integer call() {
        try (Connection connection = volume.connect()) {
            Goal goal = new Goal(volume.owner(connection), volume.name(), null, true);
            boolean told = tell(connection.api(), goal);
            output.note(
                    told
                            ? "cache.prefetch of SharedVolume %s is set now".formatted(goal.key())
                            : "cache.prefetch of SharedVolume %s was set already".formatted(goal.key()));
            return noWait ? Exit.YES : volume.await(goal, connection, output);
        }
    }

    /** Whether something was changed. */
    private static boolean tell(ApiServer api, Goal goal) {
        String path = Kind.SHARED_VOLUME.path(goal.owner(), goal.name());
        JsonNode found = SharedVolumes.expect(goal.key(), api.find(path));
        SharedVolumes.expectCached(goal.key(), found);
        if (found.at("/spec/cache/prefetch").asBoolean()) {
            return false;
        }
        ObjectNode patch = JsonNodeFactory.instance.objectNode();
        patch.putObject("spec").putObject("cache").put("prefetch", true);
        api.send("PATCH", path + "?fieldManager=aquifer-prefetch", "application/merge-patch+json", patch);
        return true;
    }
}
