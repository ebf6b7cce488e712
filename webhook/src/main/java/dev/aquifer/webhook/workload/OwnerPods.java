package dev.aquifer.webhook.workload;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.aquifer.webhook.binding.names.PairLabels;
import io.fabric8.kubernetes.api.model.Affinity;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.LocalObjectReference;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.Toleration;
import io.fabric8.kubernetes.api.model.TopologySpreadConstraint;
import io.fabric8.kubernetes.api.model.TopologySpreadConstraintBuilder;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What an administrator adds to the pods that the binder makes in owners' namespaces: origins, and Jobs that make
 * directories. Nothing of it takes the place of what the binder says itself.
 *
 * @param topologySpreadConstraints of all such pods of a namespace where they select none
 * @param pullSecrets which must be in the owners' namespaces
 */
public record OwnerPods(
        Map<String, String> labels,
        Map<String, String> annotations,
        List<EnvVar> env,
        Map<String, String> nodeSelector,
        List<Toleration> tolerations,
        @Nullable Affinity affinity,
        List<TopologySpreadConstraint> topologySpreadConstraints,
        @Nullable String priorityClassName,
        List<LocalObjectReference> pullSecrets) {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    /** Nothing is added. */
    public static final OwnerPods NONE = parse("{}");

    public OwnerPods {
        labels = ordered(labels);
        annotations = ordered(annotations);
        env = List.copyOf(Objects.requireNonNullElse(env, List.of()));
        nodeSelector = ordered(nodeSelector);
        tolerations = List.copyOf(Objects.requireNonNullElse(tolerations, List.of()));
        topologySpreadConstraints = Stream.ofNullable(topologySpreadConstraints)
                .flatMap(List::stream)
                .map(OwnerPods::ofOurs)
                .toList();
        pullSecrets = List.copyOf(Objects.requireNonNullElse(pullSecrets, List.of()));
    }

    /**
     * Reads them from JSON, each member as a pod has it.
     *
     * @throws IllegalArgumentException with a sentence, when the text has another form
     */
    public static OwnerPods parse(String text) {
        try {
            return JSON.readValue(text, OwnerPods.class);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(
                    "expected JSON with labels, annotations, env, nodeSelector, tolerations, affinity,"
                            + " topologySpreadConstraints, priorityClassName and pullSecrets, found: "
                            + e.getOriginalMessage(),
                    e);
        }
    }

    /** The same text each time: a Job's name is made of it. */
    private static Map<String, String> ordered(@Nullable Map<String, String> texts) {
        return Collections.unmodifiableMap(new TreeMap<>(Objects.requireNonNullElse(texts, Map.of())));
    }

    /** Adds them to a template. A pod that must run where a volume is runs there, whatever is said of nodes. */
    public PodTemplateSpec addedTo(PodTemplateSpec template) {
        ObjectMeta metadata = template.getMetadata();
        metadata.setLabels(under(metadata.getLabels(), labels));
        metadata.setAnnotations(under(metadata.getAnnotations(), annotations));
        PodSpec spec = template.getSpec();
        if (spec.getAffinity() == null) {
            spec.setAffinity(affinity);
            spec.setNodeSelector(nodeSelector);
            spec.setTopologySpreadConstraints(topologySpreadConstraints);
        }
        spec.setTolerations(tolerations);
        spec.setPriorityClassName(priorityClassName);
        spec.setImagePullSecrets(pullSecrets);
        for (Container container : spec.getContainers()) {
            container.setEnv(env);
        }
        return template;
    }

    private static TopologySpreadConstraint ofOurs(TopologySpreadConstraint spread) {
        return spread.getLabelSelector() != null
                ? spread
                : new TopologySpreadConstraintBuilder(spread)
                        .withNewLabelSelector()
                        .addToMatchLabels(PairLabels.KUBERNETES_MANAGED_BY, PairLabels.AQUIFER)
                        .endLabelSelector()
                        .build();
    }

    private static Map<String, String> under(@Nullable Map<String, String> ours, Map<String, String> added) {
        Map<String, String> all = new HashMap<>(added);
        all.putAll(Objects.requireNonNullElse(ours, Map.of()));
        return all;
    }
}
