package dev.aquifer.webhook.command;

import dev.aquifer.webhook.cli.ManifestVersion;
import dev.aquifer.webhook.command.doctor.Check;
import dev.aquifer.webhook.command.doctor.Checks;
import dev.aquifer.webhook.command.doctor.Checkup;
import dev.aquifer.webhook.command.doctor.CheckupPage;
import dev.aquifer.webhook.command.doctor.Finding;
import dev.aquifer.webhook.command.doctor.Severity;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The command {@code aquifer doctor}: what is wrong with an installation, and what to do. */
@Command(
        header = "What is wrong with an installation, and what to do.",
        description = {
            "Looks for what is wrong with an installation: programs, certificates and who trusts them, whether the API server reaches"
                    + " admission (by a dry run of a pod, which stores nothing), policies, node agents, nodes without one, room in nodes' caches, conditions of"
                    + " SharedVolumes, roles that contradict each other or keep nobody out, handles of volumes, kernels and runtimes of"
                    + " nodes, labels and annotations of namespaces that nobody can read, Pod Security levels, quotas and limits, the programs' rights and your own.",
            "Whoever has rights in one namespace only (--namespace, else that of the context) is told of that one, and what"
                    + " could not be looked at.",
            "With --with it looks at objects in files alone: what needs a cluster is left out, and what is said of an"
                    + " installation where the files have none.",
            "With --probe it looks at the installation alone and at nothing that owners and tenants answer for."
        },
        mixinStandardHelpOptions = true,
        versionProvider = ManifestVersion.class,
        sortOptions = false,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:no error was found",
            Exit.FAILED_TEXT,
            Exit.USAGE_TEXT,
            "3:an error was found, with --strict also a warning"
        })
final class DoctorCommand implements Callable<Integer> {
    @Mixin
    private WorldOptions where = new WorldOptions();

    @Option(names = "--strict", description = "Count warnings as errors.")
    private boolean strict;

    @Option(
            names = "--probe",
            paramLabel = "OWNER/NAME",
            description =
                    "Have a pod of --namespace ask for this SharedVolume, whose default role only reads, by a dry run,"
                            + " and see that the pod has it; not to get an answer is an error.")
    private @Nullable String probe;

    @Mixin
    private OutputOption output = new OutputOption();

    @Override
    public Integer call() {
        List<Finding> findings;
        try (World world = where.world(null)) {
            findings = Checkup.run(checks(world));
        }
        output.print(findings, (screen, wide) -> new CheckupPage(screen, wide).print(findings));
        Severity worst = strict ? Severity.WARNING : Severity.ERROR;
        return findings.stream().anyMatch(finding -> finding.severity().compareTo(worst) <= 0) ? Exit.NO : Exit.YES;
    }

    private List<Check> checks(World world) {
        Checks checks = new Checks(world.objects(), Clock.systemUTC());
        Connection connection = world.connection();
        if (connection == null) {
            if (probe != null) {
                throw new IllegalArgumentException(
                        "expected --probe for a cluster, found --with; leave one of them out");
            }
            return checks.ofFiles();
        }
        return probe == null
                ? checks.ofCluster(connection.api(), connection.agents(), where.namespace(), world.namespace())
                : checks.ofProbe(connection.api(), where.namespace(null, world), probe);
    }
}
