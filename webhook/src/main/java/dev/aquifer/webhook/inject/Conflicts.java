package dev.aquifer.webhook.inject;

import dev.aquifer.webhook.entitlement.Reason;
import dev.aquifer.webhook.inject.Plan.ContainerPlan;
import dev.aquifer.webhook.inject.pod.Container;
import dev.aquifer.webhook.inject.pod.MountPath;
import dev.aquifer.webhook.inject.pod.Pod;
import dev.aquifer.webhook.inject.pod.PodVolume;
import dev.aquifer.webhook.inject.pod.VolumeContent.Claim;
import dev.aquifer.webhook.inject.pod.VolumeMount;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds what stands between a pod and its volumes. Which volumes are named never depends on the order of the search or
 * on what an earlier injection added, so that a second look comes to the same end.
 */
final class Conflicts {
    private Conflicts() {}

    /** The volumes that lie at, above or below each other; every one of them is named at least once. */
    static List<Conflict> overlaps(List<Injection> injections) {
        List<Conflict> conflicts = new ArrayList<>();
        Set<Injection> named = new HashSet<>();
        for (int i = 0; i < injections.size(); i++) {
            for (int j = i + 1; j < injections.size(); j++) {
                Conflict conflict = overlap(injections.get(i), injections.get(j));
                if (conflict != null && named.addAll(conflict.injections())) {
                    conflicts.add(conflict);
                }
            }
        }
        return conflicts;
    }

    private static @Nullable Conflict overlap(Injection one, Injection other) {
        for (MountPath path : other.role().tops()) {
            MountPath met = one.role().met(path);
            if (met != null) {
                return new Conflict(
                        List.of(one, other),
                        Reason.PATHS_OVERLAP,
                        "volumes \"%s\" and \"%s\" overlap at %s and %s; ask for one of them only"
                                .formatted(one.key(), other.key(), met.value(), path.value()));
            }
        }
        return null;
    }

    /**
     * The volumes of a plan that this pod cannot have beside what it is: one conflict each.
     *
     * @param seLinux whether there are nodes with SELinux
     */
    static List<Conflict> with(Pod pod, Plan plan, boolean seLinux) {
        List<Conflict> conflicts = new ArrayList<>();
        for (Injection injection : plan.injections()) {
            // the pod's own mounts first: they stay what they are, while its claims change with what is injected
            Conflict conflict = pathTaken(plan, injection);
            if (conflict == null) {
                conflict = claimTaken(pod, injection);
            }
            if (conflict == null
                    && pod.fsGroup()
                    && injection
                            .role()
                            .mayChown(Claims.reserved(injection.claims().direct()))) {
                conflict = chowned(injection);
            }
            if (conflict == null && seLinux) {
                conflict = relabelled(pod, plan, injection);
            }
            if (conflict != null) {
                conflicts.add(conflict);
            }
        }
        return conflicts;
    }

    /** A mount of the pod's own that is, or lies above or below, one of the volume's. */
    private static @Nullable Conflict pathTaken(Plan plan, Injection injection) {
        for (ContainerPlan container : plan.containers()) {
            if (!container.share().injections().contains(injection)) {
                continue;
            }
            for (VolumeMount mount : container.container().mounts()) {
                MountPath met = injection.role().met(mount.mountPath());
                if (met != null && !container.share().mounts().contains(mount) && !container.replaces(mount)) {
                    return new Conflict(
                            List.of(injection),
                            Reason.PATH_TAKEN,
                            "container \"%s\" mounts \"%s\" at %s, where volume \"%s\" has %s; remove that mount, or the request for the volume"
                                    .formatted(
                                            container.container().name(),
                                            mount.volume(),
                                            mount.mountPath().value(),
                                            injection.key(),
                                            met.value()));
                }
            }
        }
        return null;
    }

    private static @Nullable Conflict claimTaken(Pod pod, Injection injection) {
        return injection
                .claims()
                .all()
                .map(claim -> claimTaken(pod, injection, claim))
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    private static @Nullable Conflict claimTaken(Pod pod, Injection injection, String claim) {
        List<PodVolume> entries = pod.claims(claim);
        if (entries.size() > 1) {
            return claimTaken(injection, claim, "%d volumes".formatted(entries.size()), "keep at most one of them");
        }
        if (entries.isEmpty()) {
            return null;
        }
        PodVolume entry = entries.getFirst();
        boolean readOnly = entry.content().equals(new Claim(claim, true));
        if (readOnly && injection.role().writable()) {
            return claimTaken(
                    injection,
                    claim,
                    "the read-only volume \"%s\"".formatted(entry.name()),
                    "remove that volume, since role \"%s\" writes"
                            .formatted(injection.role().role()));
        }
        // an owner's pod may keep his claim writable; the binder's are as writable as the role
        if (!readOnly && !injection.role().writable() && Claims.reserved(claim)) {
            return claimTaken(
                    injection,
                    claim,
                    "the writable volume \"%s\"".formatted(entry.name()),
                    "remove that volume, since role \"%s\" only reads"
                            .formatted(injection.role().role()));
        }
        return null;
    }

    private static Conflict chowned(Injection injection) {
        return new Conflict(
                List.of(injection),
                Reason.FS_GROUP,
                "the pod has an fsGroup, by which kubelet would give all files of volume \"%s\" to that group, or may do so; leave securityContext.fsGroup out, take a role that only reads, or have the owner set allowFsGroup: true in role \"%s\""
                        .formatted(injection.key(), injection.role().role()));
    }

    private static @Nullable Conflict relabelled(Pod pod, Plan plan, Injection injection) {
        List<Container> sharing = plan.containers().stream()
                .filter(container -> container.share().injections().contains(injection))
                .map(ContainerPlan::container)
                .toList();
        String objection = SeLinux.objection(pod, sharing, injection);
        return objection == null ? null : new Conflict(List.of(injection), Reason.SELINUX_LEVEL, objection);
    }

    private static Conflict claimTaken(Injection injection, String claim, String found, String remedy) {
        return new Conflict(
                List.of(injection),
                Reason.CLAIM_TAKEN,
                "the pod names claim \"%s\" of volume \"%s\" in %s; %s"
                        .formatted(claim, injection.key(), found, remedy));
    }
}
