package dev.aquifer.webhook.cli;

import dev.aquifer.webhook.cluster.ClusterClient;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command {@code aquifer admission}: serves until it is told to stop. */
@Command(
        name = "admission",
        description = {
            "Answers the API server's admission reviews of pods: gives each pod the shared volumes that it is entitled to.",
            "It reads SharedVolumes and Namespaces, keeps its own certificates, and writes nothing else."
        },
        mixinStandardHelpOptions = true,
        versionProvider = ManifestVersion.class,
        sortOptions = false,
        footer = {
            "",
            "Every option can be given as an environment variable: AQUIFER_CA_SECRET for --ca-secret. An option on the"
                    + " command line wins. Durations look like 500ms, 2s, 1h30m or 365d.",
            "The cluster is the one this pod runs in, else the one of KUBECONFIG.",
            "SIGTERM stops it: first /readyz says no, then --drain passes, then what is in flight is finished."
        })
final class AdmissionCommand implements Callable<Integer> {
    @Mixin
    private AdmissionOptions options = new AdmissionOptions();

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before anything runs
    private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        AdmissionSettings settings = settings();
        Logging.start(settings.management().log());
        return LongRun.run(
                new AdmissionProgram(settings, ClusterClient.create()),
                settings.management().host());
    }

    /** @throws ParameterException naming the option whose value cannot work */
    AdmissionSettings settings() {
        return SettingsOf.options(options::settings, spec);
    }
}
