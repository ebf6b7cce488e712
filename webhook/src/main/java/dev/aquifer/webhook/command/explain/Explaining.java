package dev.aquifer.webhook.command.explain;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.aquifer.webhook.api.Access;
import dev.aquifer.webhook.api.PodAnnotations;
import dev.aquifer.webhook.api.Role;
import dev.aquifer.webhook.cluster.ClusterPicture;
import dev.aquifer.webhook.command.explain.PodReport.Available;
import dev.aquifer.webhook.command.explain.PodReport.Container;
import dev.aquifer.webhook.command.explain.PodReport.LeftOut;
import dev.aquifer.webhook.command.explain.PodReport.Place;
import dev.aquifer.webhook.command.explain.PodReport.Volume;
import dev.aquifer.webhook.entitlement.Consents;
import dev.aquifer.webhook.entitlement.KnownVolume;
import dev.aquifer.webhook.entitlement.Offer;
import dev.aquifer.webhook.entitlement.Tenant;
import dev.aquifer.webhook.inject.Explanation;
import dev.aquifer.webhook.inject.Sight;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Puts what the code that admits says of a pod into words. */
public final class Explaining implements Explainer {
    private final Admission admission;
    private final Tenant tenant;

    public Explaining(Admission admission, Tenant tenant) {
        this.admission = admission;
        this.tenant = tenant;
    }

    @Override
    public PodReport report(String kind, String name, ObjectNode pod) {
        Reply reply = admission.ask(pod, tenant);
        String account = Admission.serviceAccount(pod);
        Consents consents = new Consents(admission.picture().catalog(), tenant, account);
        Explanation explanation = reply.explanation();
        List<LeftOut> leftOut = explanation == null ? List.of() : leftOut(explanation);
        return new PodReport(
                kind,
                name,
                tenant.namespace(),
                account,
                reply.verdict(),
                reply.reason(),
                reply.message(),
                explanation == null ? List.of() : volumes(explanation, consents),
                explanation == null ? List.of() : containers(explanation),
                leftOut,
                ClusterPicture.looksAt(tenant) ? available(pod, consents, explanation) : List.of(),
                notes(
                        reply,
                        leftOut,
                        explanation == null ? List.of() : NearGrants.of(explanation.refused(), consents)));
    }

    @Override
    public PodComparison compare(JsonNode pod) {
        RunningPod running = new RunningPod(pod);
        String name = pod.at("/metadata/name").asText();
        return PodComparison.of(report("Pod", name, running.original(this::replaced)), running.now());
    }

    @Override
    public Reply reply(String kind, String name, ObjectNode pod) {
        return admission.ask(pod, tenant);
    }

    @Override
    public @Nullable String doubt() {
        return admission.doubt();
    }

    private @Nullable String replaced(String volume) {
        KnownVolume known = admission.picture().catalog().volume(volume);
        return known == null ? null : known.spec().replacesHostPath();
    }

    private static List<Volume> volumes(Explanation explanation, Consents consents) {
        return explanation.granted().stream()
                .map(granted -> new Volume(
                        granted.volume().key(),
                        granted.role().name(),
                        consents.of(granted.volume(), granted.role()).stream()
                                .map(Sentences::grant)
                                .toList()))
                .toList();
    }

    private static List<Container> containers(Explanation explanation) {
        return explanation.containers().stream()
                .map(container -> new Container(
                        container.container(),
                        container.sights().stream().map(Explaining::place).toList()))
                .toList();
    }

    private static Place place(Sight sight) {
        return new Place(
                sight.path(),
                sight.access().name(),
                sight.volume(),
                sight.role(),
                from(sight),
                sight.claim(),
                sight.subPath());
    }

    private static String from(Sight sight) {
        if (sight.access() == Access.Hidden) {
            return Sentences.empty(true);
        }
        if (sight.claim() == null) {
            return sight.sizeLimit() == null
                    ? Sentences.empty(false)
                    : Sentences.empty(false) + ", at most " + sight.sizeLimit();
        }
        String place = Sentences.part(sight.subPath());
        return sight.cached() ? place + ", from the cache of the node" : place;
    }

    private static List<LeftOut> leftOut(Explanation explanation) {
        return explanation.refused().stream()
                .map(refused -> new LeftOut(refused.volume(), refused.reason().label(), refused.message()))
                .toList();
    }

    private static List<Available> available(ObjectNode pod, Consents consents, @Nullable Explanation explanation) {
        Set<String> taken = new HashSet<>();
        if (explanation != null) {
            explanation.granted().forEach(granted -> taken.add(granted.volume().key()));
            explanation.refused().forEach(refused -> taken.add(refused.volume()));
        }
        JsonNode annotations = pod.at("/metadata/annotations");
        String whatever = null;
        if (PodAnnotations.optsOut(annotations.path(PodAnnotations.INJECT).asText())) {
            whatever = "the pod opts out";
        } else if (annotations.has(PodAnnotations.VOLUMES)) {
            whatever = "the pod's annotation does not name it";
        }
        List<Available> available = new ArrayList<>();
        for (Offer offer : consents.offers()) {
            if (!taken.contains(offer.volume().key())) {
                available.add(available(offer, whatever == null ? why(offer) : whatever));
            }
        }
        return available;
    }

    private static Available available(Offer offer, String why) {
        List<String> roles = offer.roles().stream().map(Role::name).toList();
        String name = offer.accepted() ? offer.volume().name() : offer.volume().key();
        String byDefault = offer.volume().spec().defaultRole();
        boolean plain = byDefault != null && roles.contains(byDefault);
        return new Available(offer.volume().key(), roles, plain ? name : name + "@" + roles.getFirst(), why);
    }

    private static String why(Offer offer) {
        if (!offer.accepted()) {
            return "the namespace does not accept its owner";
        }
        String selectors = offer.roles().stream()
                .filter(role -> role.podSelector() != null)
                .map(role -> Sentences.selector(role.podSelector()))
                .collect(Collectors.joining(" or "));
        return selectors.isEmpty() ? "no role of it selects pods" : "the pod's labels are not " + selectors;
    }

    private List<String> notes(Reply reply, List<LeftOut> leftOut, List<String> nearGrants) {
        Set<String> said = leftOut.stream().map(LeftOut::message).collect(Collectors.toSet());
        List<String> notes = new ArrayList<>(reply.warnings().stream()
                .filter(warning -> !said.contains(warning))
                .toList());
        notes.addAll(nearGrants);
        notes.addAll(admission.picture().withheld());
        String doubt = admission.doubt();
        if (doubt != null && !doubt.equals(reply.message())) {
            notes.add(doubt);
        }
        return notes;
    }
}
