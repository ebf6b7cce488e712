package dev.aquifer.webhook.inject;

import dev.aquifer.webhook.inject.RoleMounts.Mount;
import dev.aquifer.webhook.inject.pod.Container;
import dev.aquifer.webhook.inject.pod.Pod;
import dev.aquifer.webhook.inject.pod.PodVolume;
import dev.aquifer.webhook.inject.pod.VolumeContent.Claim;
import dev.aquifer.webhook.inject.pod.VolumeMount;
import dev.aquifer.webhook.inject.pod.VolumeMount.Form;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Looks at the ephemeral containers of a pod. They can have no subPath and so no mounts of a role: all that they may
 * mount of the binder's claims is the whole source, read-only, where the role sees all of it.
 *
 * @param plan what the pod is given now; null for nothing
 */
record DebuggersUse(Pod pod, @Nullable Plan plan, Injector injector) {

    /** The first mount that goes too far, as a sentence without its end; null when there is none. */
    @Nullable String deviation() {
        Map<String, String> claims = new HashMap<>();
        for (PodVolume entry : pod.reservedClaims()) {
            claims.put(entry.name(), ((Claim) entry.content()).claimName());
        }
        for (Container debugger : pod.debuggers()) {
            for (VolumeMount mount : debugger.mounts()) {
                String claim = claims.get(mount.volume());
                if (claim == null) {
                    continue;
                }
                Injection whole = seenWhole(claim);
                if (whole == null || !onlyReads(debugger, mount)) {
                    return "ephemeral container \"%s\" mounts volume \"%s\" of a shared volume: it may mount it whole and readOnly with recursiveReadOnly: IfPossible, and only in a role that hides nothing"
                            .formatted(debugger.name(), mount.volume());
                }
                // its mount is read-only, but the pod's volume is not, which is what the runtime goes by
                String objection = injector.seLinux() ? SeLinux.objection(pod, List.of(debugger), whole) : null;
                if (objection != null) {
                    return objection;
                }
            }
        }
        return null;
    }

    private @Nullable Injection seenWhole(String claim) {
        if (plan == null) {
            return null;
        }
        for (Injection injection : plan.injections()) {
            Mount whole = injection.role().wholeSource();
            if (whole != null
                    && claim.equals(injection.claims().of(whole))
                    && whole.sourcePath().isEmpty()
                    && !injection.role().hides()) {
                return injection;
            }
        }
        return null;
    }

    private boolean onlyReads(Container debugger, VolumeMount mount) {
        return mount.readOnly()
                && mount.form() == Form.PLAIN
                && mount.subPath().isEmpty()
                && !(injector.recursiveReadOnly() && debugger.shallow().contains(mount));
    }
}
