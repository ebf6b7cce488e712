package dev.aquifer.webhook.command;

import dev.aquifer.webhook.cli.ManifestVersion;
import dev.aquifer.webhook.command.waiting.Goal;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The command {@code aquifer wait}: until a shared volume can be used. */
@Command(
        header = "Waits until a shared volume can be used.",
        description = {
            "Waits until a SharedVolume is ready, and shows what is missing meanwhile; with --bound-in until a"
                    + " namespace has its claims, with --filled until all nodes have all of it."
        },
        mixinStandardHelpOptions = true,
        versionProvider = ManifestVersion.class,
        sortOptions = false,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:it can", Exit.FAILED_TEXT, Exit.USAGE_TEXT, "3:not in time"})
final class WaitCommand implements Callable<Integer> {
    @Mixin
    private VolumeOptions volume = new VolumeOptions();

    @Option(
            names = "--bound-in",
            paramLabel = "NAMESPACE",
            description = "Wait also until the volume's claims in this namespace are bound.")
    private @Nullable String tenant;

    @Option(
            names = "--filled",
            description = "Wait also until every node with an agent has all of the volume, whose readPath is Cached.")
    private boolean filled;

    @Mixin
    private OutputOption output = new OutputOption();

    @Override
    public Integer call() {
        try (Connection connection = volume.connect()) {
            Goal goal = new Goal(volume.owner(connection), volume.name(), tenant, filled);
            return volume.await(goal, connection, output);
        }
    }
}
