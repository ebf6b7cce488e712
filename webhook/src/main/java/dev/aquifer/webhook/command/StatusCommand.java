package dev.aquifer.webhook.command;

import dev.aquifer.webhook.cli.ManifestVersion;
import dev.aquifer.webhook.command.status.StatusPage;
import dev.aquifer.webhook.command.status.StatusReader;
import dev.aquifer.webhook.command.status.StatusReport;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The command {@code aquifer status}: how shared volumes, their bindings and the pods that use them stand. */
@Command(
        header = "How shared volumes, bindings and the pods that use them stand.",
        description = {
            "Lists shared volumes, on how many nodes cached ones are complete, bindings that cannot be used yet, and pods"
                    + " that would get something else today, since a volume was changed.",
            "With --namespace, only what is owned, used and running there. Without, the agents of nodes are asked, too: how"
                    + " full their caches are, which takes the right to get pods/proxy, and how far each dataset is, which"
                    + " takes the right to get and create pods/exec there, as only administrators of nodes should have it.",
            "With -o wide, all bindings and all datasets of nodes are listed.",
            "Whoever may not list objects of all namespaces sees those of one: that of --namespace, else of the context."
        },
        mixinStandardHelpOptions = true,
        versionProvider = ManifestVersion.class,
        sortOptions = false,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {Exit.YES_TEXT, Exit.FAILED_TEXT, Exit.USAGE_TEXT, "3:a shared volume is not ready"})
final class StatusCommand implements Callable<Integer> {
    @Mixin
    private WorldOptions where = new WorldOptions();

    @Mixin
    private OutputOption output = new OutputOption();

    @Override
    public Integer call() {
        StatusReport report;
        try (World world = where.world(null)) {
            report = new StatusReader(world.objects(), world.caches(), world::explainer).read(where.namespace());
        }
        output.print(report, (screen, wide) -> new StatusPage(screen, wide).print(report));
        return report.volumes().stream().allMatch(volume -> volume.ready().equals("True")) ? Exit.YES : Exit.NO;
    }
}
