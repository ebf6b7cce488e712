package dev.aquifer.webhook.command.explain;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.aquifer.webhook.api.PodAnnotations;
import dev.aquifer.webhook.command.doctor.Finding;
import dev.aquifer.webhook.command.doctor.ReachabilityCheck;
import dev.aquifer.webhook.command.doctor.Severity;
import dev.aquifer.webhook.command.explain.PodReport.LeftOut;
import dev.aquifer.webhook.command.explain.PodReport.Volume;
import dev.aquifer.webhook.command.lookup.Kind;
import dev.aquifer.webhook.command.lookup.KubernetesObjects;
import dev.aquifer.webhook.command.lookup.ServedNamespaces;
import dev.aquifer.webhook.entitlement.Reason;
import dev.aquifer.webhook.rest.ApiException;
import dev.aquifer.webhook.rest.ApiServer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Asks the admission that runs, by a dry run of the pod: whoever may create pods may ask so, and sees of other namespaces'
 * volumes what his pod would. Nothing is stored.
 */
public final class DryRun implements Explainer {
    /** What the API server says of whoever may not create pods, and of no pod. */
    private static final String NO_RIGHT = "cannot create resource \"pods\"";

    private static final String DOUBT =
            "a dry run of the pod has said this, since you may not list the SharedVolumes of all namespaces";
    private static final String NOTE = DOUBT + ": grants, and volumes that could be asked for, are not known";

    private final ApiServer api;
    private final KubernetesObjects objects;
    private final String namespace;

    /** One that creates pods of this namespace, as dry runs. */
    public DryRun(ApiServer api, KubernetesObjects objects, String namespace) {
        this.api = api;
        this.objects = objects;
        this.namespace = namespace;
    }

    @Override
    public PodReport report(String kind, String name, ObjectNode pod) {
        String account = Admission.serviceAccount(pod);
        List<String> warnings = new ArrayList<>();
        Outcome outcome = ask(kind, name, pod, warnings);
        RunningPod stored = outcome.stored();
        List<LeftOut> leftOut = stored == null ? List.of() : leftOut(stored, warnings);
        leftOut.forEach(left -> warnings.remove(left.message()));
        warnings.remove(outcome.message());
        warnings.add(NOTE);
        return new PodReport(
                kind,
                name,
                namespace,
                account,
                outcome.verdict(),
                outcome.reason(),
                outcome.message(),
                stored == null ? List.of() : volumes(stored),
                stored == null ? List.of() : stored.now(),
                leftOut,
                List.of(),
                warnings);
    }

    @Override
    public PodComparison compare(JsonNode pod) {
        RunningPod running = new RunningPod(pod);
        String name = pod.at("/metadata/name").asText();
        // what volumes replace is not known: an entry that took a hostPath's place is found again as what it is
        return PodComparison.of(report("Pod", name, running.original(volume -> null)), running.now());
    }

    @Override
    public Reply reply(String kind, String name, ObjectNode pod) {
        List<String> warnings = new ArrayList<>();
        Outcome outcome = ask(kind, name, pod, warnings);
        String message = outcome.message();
        if (message != null && outcome.reason().equals(Reason.UNKNOWN_NAMESPACE.label())) {
            warnings.add(message);
        }
        RunningPod stored = outcome.stored();
        return new Reply(
                outcome.verdict(),
                outcome.reason(),
                message,
                warnings,
                null,
                stored == null ? pod : stored.givenTo(pod));
    }

    @Override
    public String doubt() {
        return DOUBT;
    }

    /** @param stored null when it is refused */
    private record Outcome(
            Verdict verdict,
            String reason,
            @Nullable String message,
            @Nullable RunningPod stored) {}

    private Outcome ask(String kind, String name, ObjectNode pod, List<String> warnings) {
        try {
            JsonNode stored =
                    api.create(Kind.POD.path(namespace) + "?dryRun=All", TrialPod.of(kind, name, pod), warnings::add);
            return admitted(pod, new RunningPod(stored), warnings);
        } catch (ApiException e) {
            String message = String.valueOf(e.getMessage());
            if (message.contains(NO_RIGHT)) {
                throw new IllegalArgumentException(
                        "expected the right to list the SharedVolumes of all namespaces, or to create pods in namespace %s for a dry run, found neither (%s); ask for the latter whoever gives rights there, or give the objects in a file: --with FILE"
                                .formatted(namespace, message),
                        e);
            }
            if (!e.isRefusal()) {
                throw e;
            }
            Refusal refusal = Refusal.of(e);
            return new Outcome(Verdict.REFUSED, refusal.reason(), refusal.sentence(), null);
        }
    }

    private Outcome admitted(ObjectNode pod, RunningPod stored, List<String> warnings) {
        if (!stored.answer().isThere()) {
            return unanswered(pod, stored);
        }
        if (!stored.answer().given().isEmpty()) {
            return new Outcome(Verdict.INJECTED, Reason.INJECTED.label(), null, stored);
        }
        String reason = stored.answer().skipped().values().stream().findFirst().orElse(Reason.WINDOWS.label());
        return new Outcome(Verdict.SKIPPED, reason, warnings.isEmpty() ? null : warnings.getFirst(), stored);
    }

    /** Admission had nothing to add, or does not look at pods here: a pod that it surely refuses tells which. */
    private Outcome unanswered(ObjectNode pod, RunningPod stored) {
        Finding reached = new ReachabilityCheck(api, namespace).run().getFirst();
        if (reached.severity() == Severity.OK) {
            Reason reason = PodAnnotations.optsOut(pod.at("/metadata/annotations")
                            .path(PodAnnotations.INJECT)
                            .asText())
                    ? Reason.OPTED_OUT
                    : Reason.NOT_SELECTED;
            return new Outcome(Verdict.NOTHING, reason.label(), Sentences.nothing(reason), stored);
        }
        return new Outcome(
                Admission.asks(pod) ? Verdict.SKIPPED : Verdict.NOTHING,
                Reason.UNKNOWN_NAMESPACE.label(),
                isUnlabelled() ? Sentences.unlabelled(namespace) : reached.message(),
                stored);
    }

    private boolean isUnlabelled() {
        try {
            JsonNode found = objects.find(Kind.NAMESPACE, "", namespace);
            ServedNamespaces served = ServedNamespaces.of(objects);
            return found != null && served.byLabel() && !served.has(found);
        } catch (ApiException e) {
            if (e.isRefusal()) {
                return false;
            }
            throw e;
        }
    }

    /** The grants are not in the answer. */
    private static List<Volume> volumes(RunningPod stored) {
        return stored.answer().given().entrySet().stream()
                .map(given -> new Volume(given.getKey(), given.getValue().role(), List.of()))
                .toList();
    }

    private static List<LeftOut> leftOut(RunningPod stored, List<String> warnings) {
        List<LeftOut> leftOut = new ArrayList<>();
        stored.answer().skipped().forEach((volume, reason) -> {
            String message = warnings.stream()
                    .filter(warning -> warning.contains("\"" + volume + "\""))
                    .findFirst()
                    .orElse("");
            leftOut.add(new LeftOut(volume, reason, message));
        });
        return leftOut;
    }
}
