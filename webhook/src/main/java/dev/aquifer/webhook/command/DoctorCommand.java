package dev.aquifer.webhook.command;

import dev.aquifer.webhook.cli.ManifestVersion;
import dev.aquifer.webhook.command.doctor.AgentsCheck;
import dev.aquifer.webhook.command.doctor.AuthorityCheck;
import dev.aquifer.webhook.command.doctor.BoundaryCheck;
import dev.aquifer.webhook.command.doctor.CachesCheck;
import dev.aquifer.webhook.command.doctor.CertificateCheck;
import dev.aquifer.webhook.command.doctor.Check;
import dev.aquifer.webhook.command.doctor.Checkup;
import dev.aquifer.webhook.command.doctor.CheckupPage;
import dev.aquifer.webhook.command.doctor.Finding;
import dev.aquifer.webhook.command.doctor.HandlesCheck;
import dev.aquifer.webhook.command.doctor.InjectionCheck;
import dev.aquifer.webhook.command.doctor.InstallationCheck;
import dev.aquifer.webhook.command.doctor.KernelsCheck;
import dev.aquifer.webhook.command.doctor.LimitsCheck;
import dev.aquifer.webhook.command.doctor.MarksCheck;
import dev.aquifer.webhook.command.doctor.NodesCheck;
import dev.aquifer.webhook.command.doctor.OriginRoomCheck;
import dev.aquifer.webhook.command.doctor.PoliciesCheck;
import dev.aquifer.webhook.command.doctor.ProgramRightsCheck;
import dev.aquifer.webhook.command.doctor.ReachabilityCheck;
import dev.aquifer.webhook.command.doctor.RightsCheck;
import dev.aquifer.webhook.command.doctor.RolesCheck;
import dev.aquifer.webhook.command.doctor.ServingCheck;
import dev.aquifer.webhook.command.doctor.Severity;
import dev.aquifer.webhook.command.doctor.TenantsCheck;
import dev.aquifer.webhook.command.doctor.VolumesCheck;
import dev.aquifer.webhook.command.lookup.Kind;
import dev.aquifer.webhook.command.lookup.KubernetesObjects;
import dev.aquifer.webhook.command.lookup.Names;
import dev.aquifer.webhook.command.nodes.NodeCaches;
import dev.aquifer.webhook.entitlement.ServedLabel;
import dev.aquifer.webhook.rest.ApiException;
import dev.aquifer.webhook.rest.ApiServer;
import java.time.Clock;
import java.util.ArrayList;
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
        KubernetesObjects objects = world.objects();
        Connection connection = world.connection();
        InstallationCheck installation = new InstallationCheck(objects);
        boolean installed = connection != null || installation.isInstalled();
        List<Check> checks = new ArrayList<>();
        if (installed) {
            checks.addAll(List.of(
                    installation,
                    new CertificateCheck(objects, Clock.systemUTC()),
                    new PoliciesCheck(objects),
                    new NodesCheck(objects)));
        }
        if (connection != null) {
            checks.addAll(List.of(
                    new AuthorityCheck(objects),
                    new ServingCheck(objects, connection.api(), Clock.systemUTC()),
                    new AgentsCheck(objects)));
        }
        checks.addAll(probe == null ? ofWhatIsShared(objects, installed) : List.of());
        NodeCaches caches = world.caches();
        if (caches != null && probe == null) {
            checks.add(new CachesCheck(objects, caches, Clock.systemUTC()));
        }
        if (connection != null) {
            ApiServer api = connection.api();
            String namespace = where.namespace(null, world);
            checks.addAll(
                    probe == null
                            ? List.of(reachability(world, api), new RightsCheck(api, namespace))
                            : List.of(new InjectionCheck(objects, api, namespace, probe)));
            checks.add(new ProgramRightsCheck(objects, api));
        } else if (probe != null) {
            throw new IllegalArgumentException("expected --probe for a cluster, found --with; leave one of them out");
        }
        return checks;
    }

    /** What owners and tenants answer for, and the nodes' own side. */
    private static List<Check> ofWhatIsShared(KubernetesObjects objects, boolean installed) {
        return List.of(
                new VolumesCheck(objects, installed),
                new RolesCheck(objects),
                new BoundaryCheck(objects),
                new HandlesCheck(objects),
                new KernelsCheck(objects),
                new MarksCheck(objects),
                new TenantsCheck(objects),
                new LimitsCheck(objects),
                new OriginRoomCheck(objects));
    }

    /** By a dry run in some namespace with the label: of whoever may see none, in his own. */
    private ReachabilityCheck reachability(World world, ApiServer api) {
        String named = where.namespace();
        if (named != null) {
            return new ReachabilityCheck(api, named);
        }
        KubernetesObjects objects = world.objects();
        try {
            String labelled = objects.labelled(Kind.NAMESPACE, ServedLabel.SELECTOR).stream()
                    .map(Names::of)
                    .findFirst()
                    .orElse(null);
            String only = objects.only(Kind.NAMESPACE);
            return new ReachabilityCheck(
                    api,
                    labelled,
                    only == null
                            ? "no namespace has the label aquifer.dev/inject=enabled"
                            : "namespace %s has not the label aquifer.dev/inject=enabled, and you may not list others"
                                    .formatted(only));
        } catch (ApiException e) {
            if (e.isRefusal()) {
                return new ReachabilityCheck(api, world.namespace());
            }
            throw e;
        }
    }
}
