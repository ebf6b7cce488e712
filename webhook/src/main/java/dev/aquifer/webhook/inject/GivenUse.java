package dev.aquifer.webhook.inject;

import dev.aquifer.webhook.inject.Plan.ContainerPlan;
import dev.aquifer.webhook.inject.pod.Container;
import dev.aquifer.webhook.inject.pod.Pod;
import dev.aquifer.webhook.inject.pod.PodVolume;
import dev.aquifer.webhook.inject.pod.VolumeContent.Claim;
import dev.aquifer.webhook.inject.pod.VolumeMount;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Compares how a pod uses the binder's claims with what it is given of them: each claim in one entry as writable as the
 * role, each of its mounts one of the role's, and none of the role's mounts left out.
 */
final class GivenUse {
    private final Pod pod;
    private final Plan plan;
    private final boolean recursiveReadOnly;
    private final Map<String, Injection> given = new HashMap<>();
    private final Set<Injection> used = new HashSet<>();
    private final Set<String> claims = new HashSet<>();
    private final Set<String> entries = new HashSet<>();

    /** @param recursiveReadOnly whether what is mounted below a read-only mount must be read-only too */
    GivenUse(Pod pod, Plan plan, boolean recursiveReadOnly) {
        this.pod = pod;
        this.plan = plan;
        this.recursiveReadOnly = recursiveReadOnly;
        for (Injection injection : plan.injections()) {
            injection.claims().all().filter(Claims::reserved).forEach(claim -> given.put(claim, injection));
        }
    }

    /** The first thing that is not as it was given, as a sentence without its end; null when there is none. */
    @Nullable String deviation() {
        for (PodVolume entry : pod.reservedClaims()) {
            String deviation = deviation(entry);
            if (deviation != null) {
                return deviation;
            }
            entries.add(entry.name());
        }
        for (ContainerPlan container : plan.containers()) {
            String deviation = strangeMount(container);
            if (deviation == null) {
                deviation = missingMount(container);
            }
            if (deviation != null) {
                return deviation;
            }
        }
        return null;
    }

    private @Nullable String deviation(PodVolume entry) {
        Claim claim = (Claim) entry.content();
        Injection injection = given.get(claim.claimName());
        if (injection == null) {
            return "volume \"%s\" names claim \"%s\", which is not the one that this pod gets"
                    .formatted(entry.name(), claim.claimName());
        }
        used.add(injection);
        if (!claims.add(claim.claimName())) {
            return "volume \"%s\" is a second one for claim \"%s\"".formatted(entry.name(), claim.claimName());
        }
        boolean readOnly = !injection.role().writable();
        return claim.readOnly() == readOnly
                ? null
                : "volume \"%s\" has readOnly: %s, where role \"%s\" has %s"
                        .formatted(
                                entry.name(), claim.readOnly(), injection.role().role(), readOnly);
    }

    private @Nullable String strangeMount(ContainerPlan plan) {
        Container container = plan.container();
        for (VolumeMount mount : container.mounts()) {
            if (entries.contains(mount.volume())
                    && !(plan.share().mounts().contains(mount) && isDeepEnough(container, mount))) {
                return "container \"%s\" mounts volume \"%s\" at %s, %s"
                        .formatted(
                                container.name(),
                                mount.volume(),
                                mount.mountPath().value(),
                                plan.share().mounts().contains(mount)
                                        ? "without recursiveReadOnly: IfPossible"
                                        : "in a way that its role does not");
            }
        }
        return null;
    }

    private boolean isDeepEnough(Container container, VolumeMount mount) {
        return !recursiveReadOnly || !container.shallow().contains(mount);
    }

    private @Nullable String missingMount(ContainerPlan plan) {
        for (VolumeMount missing : plan.missing()) {
            for (Injection injection : used) {
                if (injection.role().meets(missing.mountPath())) {
                    return "container \"%s\" lacks the mount at %s that role \"%s\" of volume \"%s\" has"
                            .formatted(
                                    plan.container().name(),
                                    missing.mountPath().value(),
                                    injection.role().role(),
                                    injection.key());
                }
            }
        }
        return null;
    }
}
