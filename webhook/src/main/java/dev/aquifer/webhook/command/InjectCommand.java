package dev.aquifer.webhook.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.aquifer.webhook.cli.ManifestVersion;
import dev.aquifer.webhook.command.explain.Explainer;
import dev.aquifer.webhook.command.explain.Reply;
import dev.aquifer.webhook.command.explain.Verdict;
import dev.aquifer.webhook.command.manifest.Manifests;
import dev.aquifer.webhook.command.manifest.Workload;
import dev.aquifer.webhook.command.output.Answers;
import dev.aquifer.webhook.command.output.Format;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command {@code aquifer inject}: objects with the pods in them as they would be stored. */
@Command(
        header = "Objects with their pods as they would be stored.",
        description = {
            "Prints objects with their pods as they would be stored: with the volumes, mounts and annotation that"
                    + " admission adds. Objects that make no pods are printed as they are.",
            "Whoever may not list the SharedVolumes of all namespaces has a dry run of the pod ask the admission that runs;"
                    + " nothing is stored, and what others than Aquifer add to the pod is left out.",
            "Do not apply what it prints: admission does it by itself, and follows when grants change."
        },
        mixinStandardHelpOptions = true,
        versionProvider = ManifestVersion.class,
        sortOptions = false,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            Exit.YES_TEXT,
            Exit.FAILED_TEXT,
            Exit.USAGE_TEXT,
            "3:a pod would be refused; then nothing is printed"
        })
final class InjectCommand implements Callable<Integer> {
    @Option(
            names = {"-f", "--filename"},
            paramLabel = "FILE",
            required = true,
            description = "The file of objects; - is standard input.")
    private String file = "";

    @Mixin
    private WorldOptions where = new WorldOptions();

    @Mixin
    private AcceptedOption owners = new AcceptedOption();

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            description = "yaml or json (default: yaml).")
    private Format format = Format.YAML;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before anything runs
    private CommandSpec spec;

    @Override
    public Integer call() {
        if (format.forPeople()) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--output: expected yaml or json, found '%s'"
                            .formatted(format.name().toLowerCase(Locale.ROOT)));
        }
        List<JsonNode> printed = new ArrayList<>();
        boolean refused = false;
        try (World world = where.world(owners.accepted())) {
            for (JsonNode object : Manifests.read(file, System.in).objects()) {
                Workload workload = Workload.of(object);
                JsonNode injected = workload == null ? object : injected(workload, world);
                refused |= injected == null;
                printed.add(injected == null ? object : injected);
            }
        }
        if (refused) {
            return Exit.NO;
        }
        print(printed);
        return Exit.YES;
    }

    /** The object with its pod as it would be stored; null, and a sentence for its author, when it would be refused. */
    private @Nullable JsonNode injected(Workload workload, World world) {
        String namespace = where.namespace(workload.namespace(), world);
        Explainer explainer = world.explainer(namespace);
        Reply reply = explainer.reply(workload.kind(), workload.name(), workload.pod());
        PrintWriter err = spec.commandLine().getErr();
        String name = workload.kind() + " " + workload.name();
        reply.warnings().forEach(warning -> err.println("Warning: " + name + ": " + warning));
        String doubt = explainer.doubt();
        if (doubt != null) {
            err.println("Note: " + name + ": " + doubt);
        }
        if (reply.verdict() == Verdict.REFUSED) {
            err.println("aquifer: " + name + " would be refused: " + reply.message());
            return null;
        }
        return workload.with(reply.pod());
    }

    private void print(List<JsonNode> objects) {
        PrintWriter out = spec.commandLine().getOut();
        if (format == Format.JSON) {
            out.print(Answers.text(objects.size() == 1 ? objects.getFirst() : list(objects), Format.JSON));
        } else {
            out.print(String.join(
                    "---\n",
                    objects.stream()
                            .map(object -> Answers.text(object, Format.YAML))
                            .toList()));
        }
        out.flush();
    }

    private static ObjectNode list(List<JsonNode> objects) {
        ObjectNode list = JsonNodeFactory.instance.objectNode();
        list.put("apiVersion", "v1").put("kind", "List").putArray("items").addAll(objects);
        return list;
    }
}
