package dev.aquifer.webhook.cli;

import dev.aquifer.webhook.cluster.ClusterClient;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command {@code aquifer binder}: keeps the bindings until it is told to stop. */
@Command(
        name = "binder",
        description = {
            "Keeps, for each shared volume and each namespace that is granted it, a PersistentVolume and a claim on it.",
            "Of all replicas, the one that holds the Lease does so; the others wait for it."
        },
        mixinStandardHelpOptions = true,
        versionProvider = ManifestVersion.class,
        sortOptions = false,
        footer = {
            "",
            "Every option can be given as an environment variable: AQUIFER_LEASE_NAME for --lease-name. An option on the"
                    + " command line wins.",
            "The cluster is the one this pod runs in, else the one of KUBECONFIG.",
            "SIGTERM stops it: what is in flight is finished, then the Lease is given away."
        })
final class BinderCommand implements Callable<Integer> {
    @Mixin
    private BinderOptions options = new BinderOptions();

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before anything runs
    private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        BinderSettings settings = settings();
        Logging.start(settings.management().log());
        return LongRun.run(
                new BinderProgram(settings, ClusterClient.create()),
                settings.management().host());
    }

    /** @throws ParameterException naming the option whose value cannot work */
    BinderSettings settings() {
        return SettingsOf.options(options::settings, spec);
    }
}
