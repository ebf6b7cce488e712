package dev.aquifer.webhook.inject;

import dev.aquifer.webhook.api.Source;
import dev.aquifer.webhook.entitlement.KnownVolume;
import dev.aquifer.webhook.entitlement.Reason;
import dev.aquifer.webhook.entitlement.Resolution;
import dev.aquifer.webhook.entitlement.Resolution.Granted;
import dev.aquifer.webhook.entitlement.Resolution.Refused;
import dev.aquifer.webhook.entitlement.Tenant;
import dev.aquifer.webhook.inject.Decision.Admit;
import dev.aquifer.webhook.inject.Decision.Deny;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Turns what a pod is entitled to into the answer for that pod. A pod that asked gets all of it or is refused; one that
 * was chosen by its labels gets each volume whole or, with a warning, not at all.
 */
final class PodInjection {
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
            return deny(
                    Reason.UNKNOWN_CONTAINER,
                    "annotation %s names %s, which the pod has not; its containers are %s"
                            .formatted(
                                    Targets.KEY,
                                    unknown,
                                    pod.containers().stream()
                                            .map(Container::name)
                                            .toList()));
        }
        List<Injection> injections = new ArrayList<>();
        for (Resolution resolution : resolutions) {
            Refused refused = switch (resolution) {
                case Refused refusal -> refusal;
                case Granted granted -> bind(granted, injections);
            };
            if (refused != null) {
                if (asked) {
                    return deny(refused.reason(), refused.message());
                }
                skip(refused.volume(), refused.reason(), refused.message());
            }
        }
        return inject(injections);
    }

    private Decision inject(List<Injection> injections) {
        Plan plan = Plan.of(pod, targets, injections);
        Conflict conflict = new Conflicts(pod, injections).first(plan);
        if (conflict == null) {
            return admit(plan, injections);
        }
        if (asked) {
            return deny(conflict.reason(), conflict.message());
        }
        conflict.injections().forEach(skip -> answer.skipped(skip.key(), conflict.reason()));
        skipped(conflict.reason(), conflict.message());
        List<Injection> rest = new ArrayList<>(injections);
        rest.removeAll(new HashSet<>(conflict.injections()));
        return inject(rest);
    }

    private Decision admit(Plan plan, List<Injection> injections) {
        for (Injection injection : injections) {
            answer.injected(injection);
            if (targets.overruledBy(injection)) {
                warnings.add(
                        "role \"%s\" of volume \"%s\" goes to all containers: it protects paths below one that it writes"
                                .formatted(injection.role().role(), injection.key()));
            }
        }
        byte[] patch = PatchWriter.bring(pod, plan, answer.text(), recursiveReadOnly);
        return new Admit(reason(injections, patch), patch, warnings);
    }

    private Reason reason(List<Injection> injections, byte[] patch) {
        if (injections.isEmpty() && skipped != null) {
            return skipped;
        }
        return patch.length == 0 ? Reason.UNCHANGED : Reason.INJECTED;
    }

    /** Adds the injection for what is granted, or says why the namespace cannot use it. */
    private @Nullable Refused bind(Granted granted, List<Injection> injections) {
        KnownVolume volume = granted.volume();
        Source.PersistentVolumeClaim claim = volume.spec().source().persistentVolumeClaim();
        if (claim == null) {
            return notBound(volume, "its source is no claim; share a persistentVolumeClaim");
        }
        if (!volume.owner().equals(tenant.namespace())) {
            return notBound(volume, "run the pod in namespace \"%s\", where its claim is".formatted(volume.owner()));
        }
        injections.add(new Injection(RoleMounts.of(granted), claim.claimName()));
        return null;
    }

    private Refused notBound(KnownVolume volume, String remedy) {
        return new Refused(
                volume.key(),
                Reason.NOT_BOUND,
                "volume \"%s\" cannot be used in namespace \"%s\": %s"
                        .formatted(volume.key(), tenant.namespace(), remedy));
    }

    private void skip(String volume, Reason reason, String message) {
        answer.skipped(volume, reason);
        skipped(reason, message);
    }

    private void skipped(Reason reason, String message) {
        warnings.add(message);
        skipped = skipped == null ? reason : skipped;
    }

    private Decision deny(Reason reason, String message) {
        return new Deny(reason, message, warnings);
    }
}
