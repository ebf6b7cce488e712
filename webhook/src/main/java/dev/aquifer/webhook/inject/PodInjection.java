package dev.aquifer.webhook.inject;

import dev.aquifer.webhook.api.PodAnnotations;
import dev.aquifer.webhook.entitlement.Excerpt;
import dev.aquifer.webhook.entitlement.Reason;
import dev.aquifer.webhook.entitlement.Resolution.Refused;
import dev.aquifer.webhook.inject.Decision.Admit;
import dev.aquifer.webhook.inject.Decision.Deny;
import dev.aquifer.webhook.inject.pod.Container;
import dev.aquifer.webhook.inject.pod.Pod;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Turns what a pod's namespace can use for it into the answer for that pod. A pod that asked gets all of it or is
 * refused; one that was chosen by its labels gets each volume whole or, with a warning, not at all.
 */
final class PodInjection {
    /** More than any workload is known to use; the answer's annotation and the patch stay small. */
    static final int MAX_VOLUMES = 64;

    /** A pod with more could not be stored: etcd takes 1.5 MiB, and a mount is 60 bytes at least. */
    private static final int MAX_MOUNTS = 25_000;

    private final Pod pod;
    private final Targets targets;
    private final boolean asked;
    private final Injector injector;
    private final Report report = new Report();

    PodInjection(Pod pod, Targets targets, boolean asked, Injector injector) {
        this.pod = pod;
        this.targets = targets;
        this.asked = asked;
        this.injector = injector;
    }

    Outcome decide(Bindings bindings) {
        Set<String> unknown = targets.missingFrom(pod);
        if (!unknown.isEmpty()) {
            return deny(Reason.UNKNOWN_CONTAINER, unknownContainers(unknown));
        }
        if (asked && bindings.size() > MAX_VOLUMES) {
            return deny(
                    Reason.TOO_MANY,
                    "more than %d shared volumes are for this pod; ask for as many at most in annotation %s"
                            .formatted(MAX_VOLUMES, PodAnnotations.VOLUMES));
        }
        if (asked && !bindings.refused().isEmpty()) {
            return deny(bindings.refused());
        }
        report(bindings.refused());
        return inject(withinLimit(bindings.bound()));
    }

    /** Says of each volume that selects the pod why it does not come; of an owner with a crowd of them, once. */
    private void report(List<Refused> refusals) {
        if (refusals.isEmpty()) {
            return;
        }
        Set<String> crowds = OwnerLimit.over(
                MAX_VOLUMES, refusals.stream().map(Refused::volume).toList());
        for (Refused refused : refusals) {
            if (!crowds.contains(OwnerLimit.ownerOf(refused.volume()))) {
                report.skipped(List.of(refused.volume()), refused.reason(), refused.message());
            }
        }
        for (String owner : crowds) {
            report.skippedOwner(
                    owner,
                    "more than %d volumes that select this pod cannot be used here; those of owner \"%s\" are not listed"
                            .formatted(MAX_VOLUMES, owner));
        }
    }

    private List<Injection> withinLimit(List<Injection> injections) {
        if (injections.size() <= MAX_VOLUMES) {
            return injections;
        }
        Set<String> crowds = OwnerLimit.over(
                MAX_VOLUMES, injections.stream().map(Injection::key).toList());
        for (String owner : crowds) {
            report.skippedOwner(
                    owner,
                    "more than %d shared volumes select this pod; those of owner \"%s\" are left out: name the ones it needs in annotation %s"
                            .formatted(MAX_VOLUMES, owner, PodAnnotations.VOLUMES));
        }
        return injections.stream()
                .filter(injection -> !crowds.contains(OwnerLimit.ownerOf(injection.key())))
                .toList();
    }

    private Outcome inject(List<Injection> granted) {
        List<Conflict> overlaps = Conflicts.overlaps(granted);
        if (asked && !overlaps.isEmpty()) {
            return denyFor(overlaps);
        }
        Plan plan = Plan.of(pod, targets, without(overlaps, granted));
        if (plan.mounts() > MAX_MOUNTS) {
            return tooManyMounts(plan);
        }
        List<Conflict> conflicts = Conflicts.with(pod, plan, injector.seLinux());
        List<Conflict> fatal = conflicts.stream()
                .filter(conflict -> asked || plan.carries(conflict.injections().getFirst()))
                .toList();
        if (!fatal.isEmpty()) {
            return denyFor(fatal);
        }
        return conflicts.isEmpty() ? admit(plan) : admit(Plan.of(pod, targets, without(conflicts, plan.injections())));
    }

    private List<Injection> without(List<Conflict> conflicts, List<Injection> injections) {
        if (conflicts.isEmpty()) {
            return injections;
        }
        List<Injection> rest = new ArrayList<>(injections);
        for (Conflict conflict : conflicts) {
            report.skipped(
                    conflict.injections().stream().map(Injection::key).toList(), conflict.reason(), conflict.message());
            rest.removeAll(conflict.injections());
        }
        return rest;
    }

    private Outcome admit(Plan plan) {
        for (Injection injection : plan.injections()) {
            report.injected(injection);
            if (targets.overruledBy(injection)) {
                report.warn(
                        "role \"%s\" of volume \"%s\" goes to all containers: it protects paths below one that it writes"
                                .formatted(injection.role().role(), injection.key()));
            }
        }
        byte[] patch = PatchWriter.bring(pod, plan, report.answer(), injector.recursiveReadOnly());
        return new Outcome(new Admit(reason(plan, patch), patch, report.warnings()), plan, report.refused());
    }

    private Reason reason(Plan plan, byte[] patch) {
        Reason skip = report.firstSkip();
        if (plan.injections().isEmpty() && skip != null) {
            return skip;
        }
        return patch.length == 0 ? Reason.UNCHANGED : Reason.INJECTED;
    }

    /** A pod that has some of the mounts already would be half mounted if it were skipped. */
    private Outcome tooManyMounts(Plan plan) {
        String message =
                "%d mounts in %d containers are more than a pod can hold; name the containers that need them in annotation %s"
                        .formatted(plan.mounts(), pod.containers().size(), PodAnnotations.CONTAINERS);
        if (asked || plan.injections().stream().anyMatch(plan::carries)) {
            return deny(Reason.TOO_MANY, message);
        }
        report.warn(message);
        return Outcome.nothing(new Admit(
                Reason.TOO_MANY, PatchWriter.answer(pod, Answer.skippedWhole(Reason.TOO_MANY)), report.warnings()));
    }

    private String unknownContainers(Set<String> unknown) {
        List<String> known = pod.containers().stream().map(Container::name).toList();
        return "annotation %s names %s, which the pod has not; its containers are %s"
                .formatted(PodAnnotations.CONTAINERS, Excerpt.of(unknown.toString()), Excerpt.of(known.toString()));
    }

    private Outcome denyFor(List<Conflict> conflicts) {
        return deny(conflicts.stream()
                .flatMap(conflict -> conflict.refusals().stream())
                .toList());
    }

    /** The first of them is what the author is told. */
    private Outcome deny(List<Refused> refused) {
        Refused first = refused.getFirst();
        return new Outcome(new Deny(first.reason(), first.message(), report.warnings()), null, refused);
    }

    private Outcome deny(Reason reason, String message) {
        return Outcome.nothing(new Deny(reason, message, report.warnings()));
    }
}
