package dev.aquifer.webhook.inject;

import dev.aquifer.webhook.api.PodAnnotations;
import dev.aquifer.webhook.entitlement.AcceptedOwners;
import dev.aquifer.webhook.entitlement.Catalog;
import dev.aquifer.webhook.entitlement.Entitlement;
import dev.aquifer.webhook.entitlement.Excerpt;
import dev.aquifer.webhook.entitlement.InvalidAnnotationException;
import dev.aquifer.webhook.entitlement.Reason;
import dev.aquifer.webhook.entitlement.Resolution;
import dev.aquifer.webhook.entitlement.Tenant;
import dev.aquifer.webhook.entitlement.VolumeRequest;
import dev.aquifer.webhook.entitlement.VolumesAnnotation;
import dev.aquifer.webhook.inject.Decision.Admit;
import dev.aquifer.webhook.inject.Decision.Deny;
import dev.aquifer.webhook.inject.pod.Pod;
import java.util.ArrayList;
import java.util.List;

/**
 * Decides what a pod gets, purely from what it is handed: the same input gives the same answer, and a pod that has all
 * of it already is left as it is.
 *
 * @param recursiveReadOnly whether the API server knows {@code recursiveReadOnly} of volume mounts (1.33 and newer)
 * @param seLinux whether there are nodes with SELinux
 */
public record Injector(boolean recursiveReadOnly, boolean seLinux) {
    private static final String MIRROR = "kubernetes.io/config.mirror";

    /** For nodes without SELinux. */
    public Injector(boolean recursiveReadOnly) {
        this(recursiveReadOnly, false);
    }

    public Decision decide(Tenant tenant, Pod pod, Catalog catalog) {
        return outcome(tenant, pod, catalog).decision();
    }

    /** The decision, container by container. */
    public Explanation explain(Tenant tenant, Pod pod, Catalog catalog) {
        return Explanation.of(outcome(tenant, pod, catalog));
    }

    /** The decision, and what the pod is to have by it. */
    Outcome outcome(Tenant tenant, Pod pod, Catalog catalog) {
        if (pod.annotation(MIRROR) != null) {
            return Outcome.nothing(unchanged(Reason.MIRROR_POD));
        }
        Outcome outcome = heeding(tenant, pod, catalog);
        for (String warning : UnknownAnnotations.warnings(pod)) {
            outcome = outcome.withWarning(warning);
        }
        return outcome;
    }

    private Outcome heeding(Tenant tenant, Pod pod, Catalog catalog) {
        try {
            if (optsOut(pod)) {
                return unanswered(pod, Reason.OPTED_OUT);
            }
            Outcome outcome = answered(tenant, pod, resolve(tenant, pod, catalog));
            return tenant.accepts().cut() ? outcome.withWarning(tooManyAccepted(tenant)) : outcome;
        } catch (InvalidAnnotationException e) {
            return Outcome.nothing(new Deny(Reason.INVALID_ANNOTATION, e.message(), List.of()));
        }
    }

    private Outcome answered(Tenant tenant, Pod pod, List<Resolution> resolutions) throws InvalidAnnotationException {
        if (resolutions.isEmpty()) {
            return unanswered(pod, Reason.NOT_SELECTED);
        }
        if (pod.windows()) {
            return Outcome.nothing(new Admit(
                    Reason.WINDOWS,
                    PatchWriter.answer(pod, Answer.skippedWhole(Reason.WINDOWS)),
                    List.of("shared volumes are not mounted in pods for Windows nodes")));
        }
        boolean asked = pod.annotation(PodAnnotations.VOLUMES) != null;
        Targets targets = Targets.of(pod);
        return new PodInjection(pod, targets, asked, this)
                .decide(Bindings.of(tenant.namespace(), new PlaceFinder(pod, targets), resolutions));
    }

    private static List<Resolution> resolve(Tenant tenant, Pod pod, Catalog catalog) throws InvalidAnnotationException {
        Entitlement entitlement = new Entitlement(catalog, tenant, pod.serviceAccount(), pod.labels());
        String annotation = pod.annotation(PodAnnotations.VOLUMES);
        if (annotation == null) {
            return entitlement.selected();
        }
        List<VolumeRequest> requests = VolumesAnnotation.parse(annotation);
        List<Resolution> resolutions = new ArrayList<>();
        // one more than a pod may have is enough to refuse it
        for (VolumeRequest request : requests.subList(0, Math.min(requests.size(), PodInjection.MAX_VOLUMES + 1))) {
            resolutions.add(entitlement.requested(request));
        }
        return resolutions;
    }

    private static boolean optsOut(Pod pod) throws InvalidAnnotationException {
        String value = pod.annotation(PodAnnotations.INJECT);
        if (value == null || value.equals("true")) {
            return false;
        }
        if (PodAnnotations.optsOut(value)) {
            return true;
        }
        throw new InvalidAnnotationException("annotation " + PodAnnotations.INJECT + " is \"" + Excerpt.of(value)
                + "\"; write \"false\" to opt out, or leave the annotation out");
    }

    private static String tooManyAccepted(Tenant tenant) {
        return "annotation %s of namespace \"%s\" names more than %d owners, and only the first %d are accepted; name fewer, or write * for all"
                .formatted(AcceptedOwners.KEY, tenant.namespace(), AcceptedOwners.MOST, AcceptedOwners.MOST);
    }

    private static Outcome unanswered(Pod pod, Reason reason) {
        return Outcome.nothing(new Admit(reason, PatchWriter.answer(pod, null), List.of()));
    }

    private static Decision unchanged(Reason reason) {
        return new Admit(reason, new byte[0], List.of());
    }
}
