package dev.aquifer.webhook.command.lookup;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.aquifer.webhook.cli.EnvironmentVariable;
import dev.aquifer.webhook.cluster.Served;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A program of the chart, admission or the binder, as its Deployment has it. */
public record InstalledProgram(JsonNode deployment) {
    private static final String CONTAINER = "/spec/template/spec/containers/0";

    /** Those of a component, such as {@code admission}. */
    public static List<InstalledProgram> all(KubernetesObjects objects, String component) {
        return Installed.all(objects, Kind.DEPLOYMENT, component).stream()
                .map(InstalledProgram::new)
                .toList();
    }

    /** Whether pairs are made in this cluster, so that claims need a guard: some installation serves by label. */
    public static boolean makePairs(KubernetesObjects objects) {
        return !all(objects, "admission").stream().allMatch(InstalledProgram::servesByName);
    }

    public String namespace() {
        return deployment.at("/metadata/namespace").asText();
    }

    public String name() {
        return deployment.at("/metadata/name").asText();
    }

    /** Whether it serves namespaces by name, with rights in them alone; no pairs are made there. */
    public boolean servesByName() {
        return !served().everywhere();
    }

    /** The namespaces that it serves. */
    public Served served() {
        String names = option("--serve");
        return names == null ? Served.ALL : new Served(new HashSet<>(Arrays.asList(names.split(","))));
    }

    /**
     * What it was told by an option, such as {@code --serve}: as an argument, else by the variable in its place; null where
     * neither says anything, or what a variable says is not in the Deployment (see {@link #conceals}).
     */
    public @Nullable String option(String option) {
        String argument = argument(option);
        if (argument != null) {
            return argument;
        }
        String value = variable(option).path("value").asText();
        return value.isEmpty() ? null : value;
    }

    /** As {@link #option(String)}, with what it does without. */
    public String option(String option, String otherwise) {
        String told = option(option);
        return told == null ? otherwise : told;
    }

    /** Whether the value of an option is in another object, to which the variable in its place refers. */
    public boolean conceals(String option) {
        return argument(option) == null && variable(option).has("valueFrom");
    }

    private @Nullable String argument(String option) {
        String begin = option + "=";
        for (JsonNode argument : deployment.at(CONTAINER + "/args")) {
            if (argument.asText().startsWith(begin)) {
                return argument.asText().substring(begin.length());
            }
        }
        return null;
    }

    private JsonNode variable(String option) {
        String name = EnvironmentVariable.of(option);
        JsonNode found = MissingNode.getInstance();
        for (JsonNode variable : deployment.at(CONTAINER + "/env")) {
            if (variable.path("name").asText().equals(name)) {
                found = variable;
            }
        }
        return found;
    }
}
