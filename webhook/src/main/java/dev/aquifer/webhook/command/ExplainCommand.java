package dev.aquifer.webhook.command;

import dev.aquifer.webhook.cli.ManifestVersion;
import dev.aquifer.webhook.command.explain.PodComparison;
import dev.aquifer.webhook.command.explain.PodReport;
import dev.aquifer.webhook.command.explain.ReportPage;
import dev.aquifer.webhook.command.explain.Verdict;
import dev.aquifer.webhook.command.manifest.Manifests;
import dev.aquifer.webhook.command.manifest.Workload;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The command {@code aquifer explain}: what a pod would see of shared volumes, and why. */
@Command(
        header = "What a pod would see of shared volumes, and why.",
        description = {
            "Says what each container of a pod would see at each path of shared volumes, as which role and by which"
                    + " grant, or exactly why not. It asks the code that admits pods.",
            "Whoever may not list the SharedVolumes of all namespaces has a dry run of the pod ask the admission that runs;"
                    + " it knows of no grants, and nothing is stored.",
            "Deployments, Jobs and other objects with a pod template are explained by the pods that they make."
        },
        mixinStandardHelpOptions = true,
        versionProvider = ManifestVersion.class,
        sortOptions = false,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            Exit.YES_TEXT,
            Exit.FAILED_TEXT,
            Exit.USAGE_TEXT,
            "3:a pod would be refused, would start without a volume that it was to have, or has something else than today"
        })
final class ExplainCommand implements Callable<Integer> {
    @ArgGroup(multiplicity = "1")
    private What what = new What();

    @Mixin
    private WorldOptions where = new WorldOptions();

    @Mixin
    private AcceptedOption owners = new AcceptedOption();

    @Mixin
    private OutputOption output = new OutputOption();

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before anything runs
    private CommandSpec spec;

    /** The one or the other. */
    static final class What {
        @Option(
                names = {"-f", "--filename"},
                paramLabel = "FILE",
                required = true,
                description = "The file of the pod, or of objects that make pods; - is standard input.")
        private String file = "";

        @Parameters(
                paramLabel = "pod/NAME",
                description = "A pod that is there: what it has now, against what it would get today.")
        private @Nullable String pod;
    }

    @Override
    public Integer call() {
        try (World world = where.world(owners.accepted())) {
            return what.pod == null ? explain(world) : compare(podName(what.pod), world);
        }
    }

    private int explain(World world) {
        List<PodReport> reports = new ArrayList<>();
        for (Workload workload : Manifests.read(what.file, System.in).workloads()) {
            String namespace = where.namespace(workload.namespace(), world);
            reports.add(world.explainer(namespace).report(workload.kind(), workload.name(), workload.pod()));
        }
        print(reports.size() == 1 ? reports.getFirst() : reports, page -> {
            for (int i = 0; i < reports.size(); i++) {
                page.print(reports.get(i), i > 0);
            }
        });
        return reports.stream().allMatch(ExplainCommand::isWell) ? Exit.YES : Exit.NO;
    }

    private int compare(String name, World world) {
        String namespace = where.namespace(null, world);
        PodComparison comparison = world.explainer(namespace).compare(world.pod(namespace, name));
        print(comparison, page -> page.print(comparison));
        return comparison.differences().isEmpty() && isWell(comparison.today()) ? Exit.YES : Exit.NO;
    }

    private static boolean isWell(PodReport report) {
        return report.verdict() != Verdict.REFUSED
                && report.verdict() != Verdict.SKIPPED
                && report.leftOut().isEmpty();
    }

    private String podName(String argument) {
        if (!argument.matches("(pods?|po)/[^/]+")) {
            String workload = isAnObject(argument)
                    ? "; what makes pods is explained from a file: kubectl get %s -o yaml | aquifer explain -f -"
                            .formatted(argument)
                    : "";
            throw new ParameterException(
                    spec.commandLine(),
                    "expected a pod as pod/NAME, or a file as -f FILE, found '%s'%s".formatted(argument, workload));
        }
        return argument.substring(argument.indexOf('/') + 1);
    }

    private static boolean isAnObject(String argument) {
        return argument.matches("[a-z.]+/[-a-z0-9.]+");
    }

    private void print(Object answer, Consumer<ReportPage> people) {
        output.print(answer, (screen, wide) -> people.accept(new ReportPage(screen, wide)));
    }
}
