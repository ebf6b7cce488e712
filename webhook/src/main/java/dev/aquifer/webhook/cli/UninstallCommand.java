package dev.aquifer.webhook.cli;

import dev.aquifer.webhook.binder.Uninstall;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The subcommand {@code release} of the program {@code aquifer}: the last thing that runs when Aquifer is uninstalled. */
@Command(
        name = "release",
        description = {
            "Takes Aquifer's finalizer off all SharedVolumes, so that they can be deleted when no binder runs any more.",
            "The pairs made for them stay, and pods that use them go on."
        },
        mixinStandardHelpOptions = true,
        versionProvider = ManifestVersion.class,
        sortOptions = false,
        footer = {"", "The cluster is the one this pod runs in, else the one of KUBECONFIG."})
final class UninstallCommand implements Callable<Integer> {
    @Mixin
    private LogOptions log = new LogOptions();

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before anything runs
    private CommandSpec spec;

    @Override
    public Integer call() {
        Logging.start(log.settings());
        try (KubernetesClient client = new KubernetesClientBuilder().build()) {
            int released = new Uninstall(client).run();
            spec.commandLine().getOut().printf("Released %d SharedVolumes.%n", released);
        } finally {
            Logging.stop();
        }
        return ExitCode.OK;
    }
}
