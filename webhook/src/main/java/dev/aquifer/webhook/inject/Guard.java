package dev.aquifer.webhook.inject;

import dev.aquifer.webhook.binding.names.PairName;
import dev.aquifer.webhook.entitlement.Catalog;
import dev.aquifer.webhook.entitlement.Reason;
import dev.aquifer.webhook.entitlement.Tenant;
import dev.aquifer.webhook.inject.Decision.Admit;
import dev.aquifer.webhook.inject.Decision.Deny;
import dev.aquifer.webhook.inject.pod.Pod;
import dev.aquifer.webhook.inject.pod.PodVolume;
import dev.aquifer.webhook.inject.pod.VolumeContent.Ephemeral;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Lets a pod use the binder's claims exactly as injection gives them at this moment, and in no other way. Nothing on a
 * claim or volume keeps a pod from writing to it or from looking past a hidden path: only the pod's own mounts do.
 */
public record Guard(Injector injector) {
    private static final String REMEDY =
            "; leave the volume to admission: remove it and its mounts, and ask for it in annotation aquifer.dev/volumes"
                    + " (if the shared volume was changed just now, try again)";

    /** Decides about a pod as it would be stored. */
    public Decision created(Tenant tenant, Pod pod, Catalog catalog) {
        String stray = madeForThePod(pod);
        if (stray != null) {
            return deny(stray);
        }
        Outcome outcome = injector.outcome(tenant, pod, catalog);
        Plan plan = outcome.plan();
        if (outcome.decision() instanceof Deny(Reason _, String message, List<String> _)) {
            return deny(message);
        }
        return answer(
                plan == null ? nothingGiven(pod) : new GivenUse(pod, plan, injector.recursiveReadOnly()).deviation());
    }

    /** Decides about the ephemeral containers of a pod that runs. */
    public Decision debugged(Tenant tenant, Pod pod, Catalog catalog) {
        Plan plan = injector.outcome(tenant, pod, catalog).plan();
        return answer(new DebuggersUse(pod, plan, injector).deviation());
    }

    /** A claim that is named after the pod and made for it: with our prefix, it could only be one that is there already. */
    private static @Nullable String madeForThePod(Pod pod) {
        for (PodVolume volume : pod.volumes()) {
            String claim = pod.name() + "-" + volume.name();
            if (volume.content() instanceof Ephemeral && PairName.isReserved(claim)) {
                return "ephemeral volume \"%s\" of this pod would be claim \"%s\", a name kept for Aquifer's own; name the pod otherwise"
                        .formatted(volume.name(), claim);
            }
        }
        return null;
    }

    private static @Nullable String nothingGiven(Pod pod) {
        List<PodVolume> reserved = pod.reservedClaims();
        return reserved.isEmpty()
                ? null
                : "volume \"%s\" names a claim of Aquifer's, and this pod gets none"
                        .formatted(reserved.getFirst().name());
    }

    private static Decision answer(@Nullable String deviation) {
        return deviation == null ? new Admit(Reason.UNCHANGED, new byte[0], List.of()) : deny(deviation);
    }

    private static Decision deny(String message) {
        return new Deny(Reason.GUARDED, message + REMEDY, List.of());
    }
}
