package dev.aquifer.webhook.command;

import dev.aquifer.webhook.binder.Uninstall;
import dev.aquifer.webhook.cli.ManifestVersion;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The command {@code aquifer release}: what the last job of an uninstallation does, for whoever had none. */
@Command(
        header = "Lets all SharedVolumes be deleted when no binder runs any more.",
        description = {
            "Takes Aquifer's finalizer off all SharedVolumes, so that they can be deleted when no binder runs any more: after"
                    + " an uninstallation without its last job, such as that of plain manifests.",
            "The pairs made for them stay, and pods that use them go on. A binder that still runs puts the finalizer back."
        },
        mixinStandardHelpOptions = true,
        versionProvider = ManifestVersion.class,
        sortOptions = false,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:none has the finalizer now", Exit.FAILED_TEXT, Exit.USAGE_TEXT})
final class ReleaseCommand implements Callable<Integer> {
    @Mixin
    private ClusterOptions cluster = new ClusterOptions();

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before anything runs
    private CommandSpec spec;

    @Override
    public Integer call() {
        try (Connection connection = cluster.connect()) {
            int released = new Uninstall(connection.client()).run();
            spec.commandLine().getOut().printf("Released %d SharedVolumes.%n", released);
            return Exit.YES;
        } catch (IllegalStateException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }
}
