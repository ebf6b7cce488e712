package dev.aquifer.webhook.command.lookup;

import com.fasterxml.jackson.databind.JsonNode;
import dev.aquifer.webhook.rest.ApiException;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the chart has installed, by its labels. Anybody can label what is in his own namespace so: it counts where webhook
 * configurations have the API server call admission, which no tenant writes; everywhere, where none of them can be seen.
 */
public final class Installed {
    private static final String OURS = "app.kubernetes.io/name=aquifer";

    private Installed() {}

    /** Those of a component, such as {@code admission}. */
    public static List<JsonNode> all(KubernetesObjects objects, Kind kind, String component) {
        List<JsonNode> labelled = objects.labelled(kind, selector(component));
        if (labelled.isEmpty()) {
            return labelled;
        }
        Set<String> namespaces = namespaces(objects);
        return namespaces.isEmpty()
                ? labelled
                : labelled.stream()
                        .filter(one -> namespaces.contains(
                                one.at("/metadata/namespace").asText()))
                        .toList();
    }

    /** A label selector of what belongs to a component, whatever the release is called. */
    public static String selector(String component) {
        return OURS + ",app.kubernetes.io/component=" + component;
    }

    /** Those in which the API server calls admission; none for whoever may not see it. */
    private static Set<String> namespaces(KubernetesObjects objects) {
        try {
            return Stream.of(Kind.MUTATING_WEBHOOK, Kind.VALIDATING_WEBHOOK)
                    .flatMap(kind -> objects.all(kind).stream())
                    .filter(configuration -> FileObjects.hasAll(configuration, OURS))
                    .flatMap(configuration -> configuration.path("webhooks").valueStream())
                    .map(webhook ->
                            webhook.at("/clientConfig/service/namespace").asText())
                    .filter(namespace -> !namespace.isEmpty())
                    .collect(Collectors.toSet());
        } catch (ApiException e) {
            if (e.isRefusal()) {
                return Set.of();
            }
            throw e;
        }
    }
}
