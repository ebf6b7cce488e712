package dev.aquifer.webhook.command.explain;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.aquifer.webhook.api.PodAnnotations;
import dev.aquifer.webhook.binding.names.PairName;
import dev.aquifer.webhook.cluster.ClusterPicture;
import dev.aquifer.webhook.entitlement.Reason;
import dev.aquifer.webhook.entitlement.Tenant;
import dev.aquifer.webhook.inject.Decision;
import dev.aquifer.webhook.inject.Decision.Admit;
import dev.aquifer.webhook.inject.Decision.Deny;
import dev.aquifer.webhook.inject.Explanation;
import dev.aquifer.webhook.inject.Guard;
import dev.aquifer.webhook.inject.Injector;
import dev.aquifer.webhook.inject.pod.MalformedPodException;
import dev.aquifer.webhook.inject.pod.Pod;
import dev.aquifer.webhook.json.JsonReader;
import dev.aquifer.webhook.json.MalformedJsonException;
import dev.aquifer.webhook.json.NameCache;
import io.fabric8.zjsonpatch.JsonPatch;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Asks the code that admits, as the API server would: only about pods that are its concern, and the guard last.
 *
 * @param serves whether the API server asks it about pods of the namespace, if that has the label
 * @param doubt why the admission that runs may decide otherwise; null for nothing
 */
public record Admission(
        ClusterPicture picture,
        Injector injector,
        boolean serves,
        @Nullable String doubt) {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    /**
     * The answer for a pod that somebody creates in this namespace.
     *
     * @throws IllegalArgumentException when it is not of the shape that the API has
     */
    public Reply ask(ObjectNode pod, Tenant tenant) {
        if (!serves) {
            return leftAlone(pod, doubt);
        }
        if (!ClusterPicture.looksAt(tenant)) {
            return leftAlone(pod, Sentences.unlabelled(tenant.namespace()));
        }
        Explanation explanation = injector.explain(tenant, parsed(pod), picture.catalog());
        Decision decision = explanation.decision();
        return switch (decision) {
            case Deny(Reason reason, String message, List<String> warnings) ->
                new Reply(Verdict.REFUSED, reason.label(), message, warnings, explanation, pod);
            case Admit admit -> guarded(pod, tenant, explanation, admit);
        };
    }

    /** The service account that the pod runs as. */
    public static String serviceAccount(ObjectNode pod) {
        return parsed(pod).serviceAccount();
    }

    private Reply guarded(ObjectNode pod, Tenant tenant, Explanation explanation, Admit admit) {
        JsonNode stored = admit.patch().length == 0 ? pod : JsonPatch.apply(tree(admit.patch()), pod);
        if (reachesOurClaims(stored)
                && new Guard(injector).created(tenant, parsed(stored), picture.catalog()) instanceof Deny deny) {
            return new Reply(
                    Verdict.REFUSED, deny.reason().label(), deny.message(), admit.warnings(), explanation, pod);
        }
        Verdict verdict = explanation.granted().isEmpty()
                ? explanation.refused().isEmpty() && admit.reason() != Reason.WINDOWS
                        ? Verdict.NOTHING
                        : Verdict.SKIPPED
                : Verdict.INJECTED;
        String message = verdict == Verdict.NOTHING ? Sentences.nothing(admit.reason()) : null;
        return new Reply(verdict, admit.reason().label(), message, admit.warnings(), explanation, stored);
    }

    /** Nobody asks admission there, but the guard, which knows no such tenant. */
    private static Reply leftAlone(ObjectNode pod, @Nullable String message) {
        Verdict unasked = asks(pod) ? Verdict.SKIPPED : Verdict.NOTHING;
        return new Reply(
                reachesOurClaims(pod) ? Verdict.REFUSED : unasked,
                Reason.UNKNOWN_NAMESPACE.label(),
                message,
                List.of(),
                null,
                pod);
    }

    /** Whether a pod asks for volumes by name. */
    static boolean asks(JsonNode pod) {
        JsonNode annotations = pod.at("/metadata/annotations");
        return annotations.has(PodAnnotations.VOLUMES)
                && !PodAnnotations.optsOut(
                        annotations.path(PodAnnotations.INJECT).asText());
    }

    private static boolean reachesOurClaims(JsonNode pod) {
        for (JsonNode volume : pod.at("/spec/volumes")) {
            String made = pod.at("/metadata/name").asText() + "-"
                    + volume.path("name").asText();
            if (PairName.isReserved(
                            volume.at("/persistentVolumeClaim/claimName").asText())
                    || (volume.has("ephemeral") && PairName.isReserved(made))) {
                return true;
            }
        }
        return false;
    }

    private static Pod parsed(JsonNode pod) {
        try {
            byte[] bytes = JSON.writeValueAsBytes(pod);
            return Pod.read(new JsonReader(bytes, bytes.length, new NameCache()));
        } catch (MalformedPodException e) {
            throw new IllegalArgumentException("expected a pod as the API has it, found: " + e.message(), e);
        } catch (IOException | MalformedJsonException e) {
            throw new IllegalStateException(e);
        }
    }

    private static JsonNode tree(byte[] patch) {
        try {
            return JSON.readTree(patch);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
