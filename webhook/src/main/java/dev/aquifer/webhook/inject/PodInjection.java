package dev.aquifer.webhook.inject;

import dev.aquifer.webhook.api.Source;
import dev.aquifer.webhook.entitlement.Excerpt;
import dev.aquifer.webhook.entitlement.KnownVolume;
import dev.aquifer.webhook.entitlement.Reason;
import dev.aquifer.webhook.entitlement.Resolution;
import dev.aquifer.webhook.entitlement.Resolution.Granted;
import dev.aquifer.webhook.entitlement.Resolution.Refused;
import dev.aquifer.webhook.entitlement.Tenant;
import dev.aquifer.webhook.entitlement.VolumesAnnotation;
import dev.aquifer.webhook.inject.Decision.Admit;
import dev.aquifer.webhook.inject.Decision.Deny;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Turns what a pod is entitled to into the answer for that pod. A pod that asked gets all of it or is refused; one that
 * was chosen by its labels gets each volume whole or, with a warning, not at all.
 */
final class PodInjection {
    /** More than any workload is known to use; the answer's annotation and the patch stay small. */
    static final int MAX_VOLUMES = 64;

    /** A pod with more could not be stored: etcd takes 1.5 MiB, and a mount is 60 bytes at least. */
    private static final int MAX_MOUNTS = 25_000;

    private final Tenant tenant;
    private final Pod pod;
    private final Targets targets;
    private final boolean asked;
    private final boolean recursiveReadOnly;

    private final Answer answer = new Answer();
    private final List<String> warnings = new ArrayList<>();
    private @Nullable Reason skipped;

    PodInjection(Tenant tenant, Pod pod, Targets targets, boolean asked, boolean recursiveReadOnly) {
        this.tenant = tenant;
        this.pod = pod;
        this.targets = targets;
        this.asked = asked;
        this.recursiveReadOnly = recursiveReadOnly;
    }

    Decision decide(List<Resolution> resolutions) {
        Set<String> unknown = targets.missingFrom(pod);
        if (!unknown.isEmpty()) {
            return deny(Reason.UNKNOWN_CONTAINER, unknownContainers(unknown));
        }
        if (asked && resolutions.size() > MAX_VOLUMES) {
            return deny(
                    Reason.TOO_MANY,
                    "more than %d shared volumes are for this pod; ask for as many at most in annotation %s"
                            .formatted(MAX_VOLUMES, VolumesAnnotation.KEY));
        }
        Set<Injection> injections = new LinkedHashSet<>();
        List<Refused> refusals = new ArrayList<>();
        for (Resolution resolution : resolutions) {
            Refused refused = switch (resolution) {
                case Refused refusal -> refusal;
                case Granted granted -> bind(granted, injections);
            };
            if (refused != null) {
                if (asked) {
                    return deny(refused.reason(), refused.message());
                }
                refusals.add(refused);
            }
        }
        report(refusals);
        return inject(withinLimit(injections));
    }

    /** Says of each volume that selects the pod why it does not come; of an owner with a crowd of them, once. */
    private void report(List<Refused> refusals) {
        Set<String> crowds = OwnerLimit.over(
                MAX_VOLUMES, refusals.stream().map(Refused::volume).toList());
        for (Refused refused : refusals) {
            if (!crowds.contains(OwnerLimit.ownerOf(refused.volume()))) {
                answer.skipped(refused.volume(), refused.reason());
                warn(refused.reason(), refused.message());
            }
        }
        for (String owner : crowds) {
            skipOwner(
                    owner,
                    "more than %d volumes that select this pod cannot be used here; those of owner \"%s\" are not listed"
                            .formatted(MAX_VOLUMES, owner));
        }
    }

    private List<Injection> withinLimit(Set<Injection> injections) {
        Set<String> crowds = OwnerLimit.over(
                MAX_VOLUMES, injections.stream().map(Injection::key).toList());
        for (String owner : crowds) {
            skipOwner(
                    owner,
                    "more than %d shared volumes select this pod; those of owner \"%s\" are left out: name the ones it needs in annotation %s"
                            .formatted(MAX_VOLUMES, owner, VolumesAnnotation.KEY));
        }
        return injections.stream()
                .filter(injection -> !crowds.contains(OwnerLimit.ownerOf(injection.key())))
                .toList();
    }

    private Decision inject(List<Injection> granted) {
        List<Conflict> overlaps = Conflicts.overlaps(granted);
        if (asked && !overlaps.isEmpty()) {
            return deny(overlaps.getFirst().reason(), overlaps.getFirst().message());
        }
        Plan plan = Plan.of(pod, targets, without(overlaps, granted));
        if (plan.mounts() > MAX_MOUNTS) {
            return tooManyMounts(plan);
        }
        List<Conflict> conflicts = Conflicts.with(pod, plan);
        for (Conflict conflict : conflicts) {
            if (asked || plan.carries(conflict.injections().getFirst())) {
                return deny(conflict.reason(), conflict.message());
            }
        }
        return conflicts.isEmpty() ? admit(plan) : admit(Plan.of(pod, targets, without(conflicts, plan.injections())));
    }

    private Decision admit(Plan plan) {
        for (Injection injection : plan.injections()) {
            answer.injected(injection);
            if (targets.overruledBy(injection)) {
                warnings.add(
                        "role \"%s\" of volume \"%s\" goes to all containers: it protects paths below one that it writes"
                                .formatted(injection.role().role(), injection.key()));
            }
        }
        byte[] patch = PatchWriter.bring(pod, plan, answer.text(), recursiveReadOnly);
        return new Admit(reason(plan, patch), patch, warnings);
    }

    private Reason reason(Plan plan, byte[] patch) {
        if (plan.injections().isEmpty() && skipped != null) {
            return skipped;
        }
        return patch.length == 0 ? Reason.UNCHANGED : Reason.INJECTED;
    }

    /** Adds the injection for what is granted, or says why the namespace cannot use it. */
    private @Nullable Refused bind(Granted granted, Set<Injection> injections) {
        KnownVolume volume = granted.volume();
        Source.PersistentVolumeClaim claim = volume.spec().source().persistentVolumeClaim();
        if (claim == null) {
            return notBound(volume, "its source is no claim; share a persistentVolumeClaim");
        }
        if (!volume.owner().equals(tenant.namespace())) {
            return notBound(volume, "run the pod in namespace \"%s\", where its claim is".formatted(volume.owner()));
        }
        Injection injection = Injection.of(RoleMounts.of(granted), claim.claimName());
        if (!injections.add(injection)) {
            return new Refused(
                    injection.key(),
                    Reason.INVALID_ANNOTATION,
                    "annotation %s names volume \"%s\" twice, with its owner and without; name it once"
                            .formatted(VolumesAnnotation.KEY, injection.key()));
        }
        return null;
    }

    private Refused notBound(KnownVolume volume, String remedy) {
        return new Refused(
                volume.key(),
                Reason.NOT_BOUND,
                "volume \"%s\" cannot be used in namespace \"%s\": %s"
                        .formatted(volume.key(), tenant.namespace(), remedy));
    }

    private String unknownContainers(Set<String> unknown) {
        List<String> known = pod.containers().stream().map(Container::name).toList();
        return "annotation %s names %s, which the pod has not; its containers are %s"
                .formatted(Targets.KEY, Excerpt.of(unknown.toString()), Excerpt.of(known.toString()));
    }

    /** A pod that has some of the mounts already would be half mounted if it were skipped. */
    private Decision tooManyMounts(Plan plan) {
        String message =
                "%d mounts in %d containers are more than a pod can hold; name the containers that need them in annotation %s"
                        .formatted(plan.mounts(), pod.containers().size(), Targets.KEY);
        if (asked || plan.injections().stream().anyMatch(plan::carries)) {
            return deny(Reason.TOO_MANY, message);
        }
        warnings.add(message);
        return new Admit(Reason.TOO_MANY, PatchWriter.answer(pod, Answer.skippedWhole(Reason.TOO_MANY)), warnings);
    }

    private List<Injection> without(List<Conflict> conflicts, List<Injection> injections) {
        if (conflicts.isEmpty()) {
            return injections;
        }
        List<Injection> rest = new ArrayList<>(injections);
        for (Conflict conflict : conflicts) {
            warn(conflict.reason(), conflict.message());
            conflict.injections().forEach(injection -> answer.skipped(injection.key(), conflict.reason()));
            rest.removeAll(conflict.injections());
        }
        return rest;
    }

    private void skipOwner(String owner, String message) {
        answer.skipped(owner + "/*", Reason.TOO_MANY);
        warn(Reason.TOO_MANY, message);
    }

    private void warn(Reason reason, String message) {
        warnings.add(message);
        skipped = skipped == null ? reason : skipped;
    }

    private Decision deny(Reason reason, String message) {
        return new Deny(reason, message, warnings);
    }
}
