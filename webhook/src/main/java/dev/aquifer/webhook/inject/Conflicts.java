package dev.aquifer.webhook.inject;

import dev.aquifer.webhook.entitlement.Reason;
import dev.aquifer.webhook.inject.Plan.ContainerPlan;
import dev.aquifer.webhook.inject.Plan.Wanted;
import dev.aquifer.webhook.inject.RoleMounts.Mount;
import dev.aquifer.webhook.inject.VolumeContent.Claim;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds what stands between a pod and its volumes: mounts of its own in the way, claims named otherwise, overlaps. */
record Conflicts(Pod pod, List<Injection> injections) {

    /** The first conflict; null when there is none. */
    @Nullable Conflict first(Plan plan) {
        for (int i = 0; i < injections.size(); i++) {
            Injection injection = injections.get(i);
            Conflict conflict = overlap(injection, injections.subList(i + 1, injections.size()));
            if (conflict == null) {
                conflict = claimTaken(injection);
            }
            if (conflict != null) {
                return conflict;
            }
        }
        return pathTaken(plan);
    }

    private static @Nullable Conflict overlap(Injection injection, List<Injection> others) {
        for (Injection other : others) {
            for (Mount mount : injection.role().mounts()) {
                for (Mount theirs : other.role().mounts()) {
                    if (mount.mountPath().meets(theirs.mountPath())) {
                        return new Conflict(
                                List.of(injection, other),
                                Reason.PATHS_OVERLAP,
                                "volumes \"%s\" and \"%s\" overlap at %s and %s; ask for one of them only"
                                        .formatted(
                                                injection.key(),
                                                other.key(),
                                                mount.mountPath().value(),
                                                theirs.mountPath().value()));
                    }
                }
            }
        }
        return null;
    }

    private @Nullable Conflict claimTaken(Injection injection) {
        List<PodVolume> entries = pod.claims(injection.claimName());
        if (entries.size() > 1) {
            return claimTaken(injection, "%d volumes".formatted(entries.size()), "keep at most one of them");
        }
        if (injection.role().writable()
                && !entries.isEmpty()
                && entries.getFirst().content().equals(new Claim(injection.claimName(), true))) {
            return claimTaken(
                    injection,
                    "the read-only volume \"%s\"".formatted(entries.getFirst().name()),
                    "remove that volume, since role \"%s\" writes"
                            .formatted(injection.role().role()));
        }
        return null;
    }

    private static Conflict claimTaken(Injection injection, String found, String remedy) {
        return new Conflict(
                List.of(injection),
                Reason.CLAIM_TAKEN,
                "the pod names claim \"%s\" of volume \"%s\" in %s; %s"
                        .formatted(injection.claimName(), injection.key(), found, remedy));
    }

    /** A mount of the pod's own that is, or lies above or below, one of ours. */
    private static @Nullable Conflict pathTaken(Plan plan) {
        for (ContainerPlan container : plan.containers()) {
            for (VolumeMount mount : container.container().mounts()) {
                for (Wanted wanted : container.wanted()) {
                    if (wanted.mount().mountPath().meets(mount.mountPath()) && !container.wants(mount)) {
                        return pathTaken(container.container(), mount, wanted);
                    }
                }
            }
        }
        return null;
    }

    private static Conflict pathTaken(Container container, VolumeMount mount, Wanted wanted) {
        return new Conflict(
                List.of(wanted.injection()),
                Reason.PATH_TAKEN,
                "container \"%s\" mounts \"%s\" at %s, where volume \"%s\" has %s; remove that mount, or the request for the volume"
                        .formatted(
                                container.name(),
                                mount.volume(),
                                mount.mountPath().value(),
                                wanted.injection().key(),
                                wanted.mount().mountPath().value()));
    }
}
