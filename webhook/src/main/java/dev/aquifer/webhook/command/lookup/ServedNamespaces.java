package dev.aquifer.webhook.command.lookup;

import com.fasterxml.jackson.databind.JsonNode;
import dev.aquifer.webhook.cluster.Served;
import dev.aquifer.webhook.entitlement.ServedLabel;
import dev.aquifer.webhook.rest.ApiException;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The namespaces whose pods get volumes, as what is installed was told.
 *
 * @param byLabel whether those with the label are served, which alone have claims of the binder's
 * @param named those that are served by their names, whatever their labels
 */
public record ServedNamespaces(boolean byLabel, Set<String> named) {

    /** Those with the label for whoever may not see what is installed, or where nothing is. */
    public static ServedNamespaces of(KubernetesObjects objects) {
        List<Served> told;
        try {
            told = InstalledProgram.all(objects, "admission").stream()
                    .map(InstalledProgram::served)
                    .toList();
        } catch (ApiException e) {
            if (!e.isRefusal()) {
                throw e;
            }
            told = List.of();
        }
        Set<String> named = new TreeSet<>();
        told.forEach(served -> named.addAll(served.names()));
        return new ServedNamespaces(told.isEmpty() || told.stream().anyMatch(Served::everywhere), named);
    }

    /** Whether this one is served for its label. */
    public boolean hasByLabel(JsonNode namespace) {
        return byLabel && ServedLabel.isIn(Names.labels(namespace));
    }

    /** Whether this one is served, for its label or by its name. */
    public boolean has(JsonNode namespace) {
        return hasByLabel(namespace) || named.contains(Names.of(namespace));
    }

    /** Those that are there and served for their label. */
    public List<JsonNode> labelled(KubernetesObjects objects) {
        return byLabel ? objects.labelled(Kind.NAMESPACE, ServedLabel.SELECTOR) : List.of();
    }

    /** All that are there. */
    public List<JsonNode> all(KubernetesObjects objects) {
        return Stream.concat(
                        labelled(objects).stream(),
                        named.stream()
                                .map(name -> objects.find(Kind.NAMESPACE, "", name))
                                .filter(Objects::nonNull)
                                .filter(namespace -> !hasByLabel(namespace)))
                .toList();
    }
}
