package dev.aquifer.webhook.command.status;

import com.fasterxml.jackson.databind.JsonNode;
import dev.aquifer.webhook.api.WrittenAnswer;
import dev.aquifer.webhook.command.explain.Explainer;
import dev.aquifer.webhook.command.lookup.Kind;
import dev.aquifer.webhook.command.lookup.KubernetesObjects;
import dev.aquifer.webhook.command.lookup.Names;
import dev.aquifer.webhook.command.status.StatusReport.OldPod;
import dev.aquifer.webhook.rest.ApiException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Finds the pods that run with what a new one would not get. A volume's revision counts every change of its specification,
 * of which most concern other pods: those that were given an earlier one are compared with what they would get today.
 */
final class OldPods {
    private static final Set<String> ENDED = Set.of("Succeeded", "Failed");

    private final KubernetesObjects objects;
    private final Function<String, Explainer> explainers;
    private final Map<String, Long> generations = new HashMap<>();
    private final Map<String, @Nullable Explainer> asked = new HashMap<>();
    private final List<String> notes = new ArrayList<>();

    /** @param explainers who says what pods of a namespace would get today */
    OldPods(KubernetesObjects objects, Function<String, Explainer> explainers) {
        this.objects = objects;
        this.explainers = explainers;
    }

    /** Those of some namespaces, an entry for each volume that has changed since. */
    List<OldPod> find(Predicate<String> namespaces) {
        List<JsonNode> volumes = objects.all(Kind.SHARED_VOLUME);
        if (objects.only(Kind.SHARED_VOLUME) != null) {
            notes.add(
                    "you may not see other namespaces' SharedVolumes: whether pods would get the same today is not known"
                            + " (aquifer explain pod/NAME says what a new pod would get)");
            return List.of();
        }
        volumes.forEach(volume -> generations.put(
                Names.of(volume), volume.at("/metadata/generation").asLong()));
        List<OldPod> old = new ArrayList<>();
        for (JsonNode pod : objects.all(Kind.POD)) {
            if (namespaces.test(pod.at("/metadata/namespace").asText())
                    && !ENDED.contains(pod.at("/status/phase").asText())) {
                List<OldPod> changed = changed(pod);
                if (!changed.isEmpty() && differs(pod)) {
                    old.addAll(changed);
                }
            }
        }
        return old;
    }

    /** What could not be told. */
    List<String> notes() {
        return notes;
    }

    /** The volumes of a pod whose specification is another than when it was created. */
    private List<OldPod> changed(JsonNode pod) {
        List<OldPod> changed = new ArrayList<>();
        WrittenAnswer.of(pod).given().forEach((volume, given) -> {
            Long revision = given.revision();
            Long current = generations.get(volume);
            if (revision != null && !revision.equals(current)) {
                changed.add(new OldPod(
                        pod.at("/metadata/namespace").asText(),
                        pod.at("/metadata/name").asText(),
                        volume,
                        given.role(),
                        revision,
                        current));
            }
        });
        return changed;
    }

    private boolean differs(JsonNode pod) {
        String namespace = pod.at("/metadata/namespace").asText();
        if (!asked.containsKey(namespace)) {
            asked.put(namespace, explainer(namespace));
        }
        Explainer explainer = asked.get(namespace);
        return explainer != null && !explainer.compare(pod).differences().isEmpty();
    }

    /** Null where nobody can say it, which is noted. */
    private @Nullable Explainer explainer(String namespace) {
        try {
            return explainers.apply(namespace);
        } catch (IllegalArgumentException unknown) {
            notes.add(unknown(namespace, unknown));
        } catch (ApiException refused) {
            if (!refused.isRefusal()) {
                throw refused;
            }
            notes.add(unknown(namespace, refused));
        }
        return null;
    }

    private static String unknown(String namespace, RuntimeException why) {
        return "whether pods of namespace %s would get the same today is not known: %s"
                .formatted(namespace, why.getMessage());
    }
}
