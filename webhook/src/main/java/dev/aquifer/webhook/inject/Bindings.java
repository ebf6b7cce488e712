package dev.aquifer.webhook.inject;

import dev.aquifer.webhook.api.Source;
import dev.aquifer.webhook.api.Source.PersistentVolumeClaim;
import dev.aquifer.webhook.binding.PairIdentity;
import dev.aquifer.webhook.binding.PairMode;
import dev.aquifer.webhook.binding.PairName;
import dev.aquifer.webhook.binding.Subdirectory;
import dev.aquifer.webhook.entitlement.KnownVolume;
import dev.aquifer.webhook.entitlement.Reason;
import dev.aquifer.webhook.entitlement.Resolution;
import dev.aquifer.webhook.entitlement.Resolution.Granted;
import dev.aquifer.webhook.entitlement.Resolution.Refused;
import dev.aquifer.webhook.entitlement.VolumesAnnotation;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The claims through which pods of one namespace reach what they are granted: each volume is bound once, in the order of
 * the resolutions, or refused.
 *
 * @param refused what was refused before, and what the namespace cannot use
 */
record Bindings(List<Injection> bound, List<Refused> refused) {

    static Bindings of(String namespace, List<Resolution> resolutions) {
        Set<Injection> bound = new LinkedHashSet<>();
        List<Refused> refused = new ArrayList<>();
        for (Resolution resolution : resolutions) {
            switch (bind(namespace, resolution)) {
                case Bound(Injection injection) -> {
                    if (!bound.add(injection)) {
                        refused.add(namedTwice(injection));
                    }
                }
                case Unbound(Refused refusal) -> refused.add(refusal);
            }
        }
        return new Bindings(List.copyOf(bound), List.copyOf(refused));
    }

    /** How many volumes were asked for or select the pod. */
    int size() {
        return bound.size() + refused.size();
    }

    private sealed interface Binding {}

    private record Bound(Injection injection) implements Binding {}

    private record Unbound(Refused refused) implements Binding {}

    private static Binding bind(String namespace, Resolution resolution) {
        return switch (resolution) {
            case Refused refused -> new Unbound(refused);
            case Granted granted -> bind(namespace, granted);
        };
    }

    private static Binding bind(String namespace, Granted granted) {
        KnownVolume volume = granted.volume();
        Source source = volume.spec().source();
        PersistentVolumeClaim claim = source.persistentVolumeClaim();
        if (claim != null && PairName.isReserved(claim.claimName())) {
            return unbound(
                    namespace,
                    volume,
                    "its source \"%s\" is a claim of Aquifer's own, which nobody can share again; the owner is to share a claim of his"
                            .formatted(claim.claimName()));
        }
        if (claim != null
                && volume.owner().equals(namespace)
                && !Boolean.TRUE.equals(volume.spec().guardSource())) {
            return bound(granted, claim.claimName(), source.subdirectory());
        }
        return bindToPair(namespace, granted);
    }

    /** Whether or not the pair is there by now: a pod waits for its claim, and kubelet for its volume. */
    private static Binding bindToPair(String namespace, Granted granted) {
        KnownVolume volume = granted.volume();
        PairMode mode = PairMode.neededBy(granted.role());
        if (mode == null) {
            return bound(granted, null, null);
        }
        String claimName = new PairIdentity(volume.owner(), volume.name(), volume.uid(), namespace, mode)
                .name(volume.revisions().of(namespace, mode.text()));
        Source source = volume.spec().source();
        return bound(granted, claimName, Subdirectory.inVolume(source) ? null : source.subdirectory());
    }

    private static Bound bound(Granted granted, @Nullable String claimName, @Nullable String sourceRoot) {
        MountPath root = MountPath.of(granted.volume().spec().mountPath());
        return new Bound(Injection.of(RoleMounts.of(granted, root, sourceRoot), claimName));
    }

    private static Unbound unbound(String namespace, KnownVolume volume, String remedy) {
        return new Unbound(new Refused(
                volume.key(),
                Reason.NOT_BOUND,
                "volume \"%s\" cannot be used in namespace \"%s\": %s".formatted(volume.key(), namespace, remedy)));
    }

    private static Refused namedTwice(Injection injection) {
        return new Refused(
                injection.key(),
                Reason.INVALID_ANNOTATION,
                "annotation %s names volume \"%s\" twice, with its owner and without; name it once"
                        .formatted(VolumesAnnotation.KEY, injection.key()));
    }
}
