package dev.aquifer.webhook.inject;

import dev.aquifer.webhook.api.PodAnnotations;
import dev.aquifer.webhook.api.Source;
import dev.aquifer.webhook.api.Source.PersistentVolumeClaim;
import dev.aquifer.webhook.api.Withheld;
import dev.aquifer.webhook.binding.names.PairIdentity;
import dev.aquifer.webhook.binding.names.PairMode;
import dev.aquifer.webhook.binding.names.PairName;
import dev.aquifer.webhook.binding.plan.RolePairs;
import dev.aquifer.webhook.entitlement.KnownVolume;
import dev.aquifer.webhook.entitlement.Reason;
import dev.aquifer.webhook.entitlement.Resolution;
import dev.aquifer.webhook.entitlement.Resolution.Granted;
import dev.aquifer.webhook.entitlement.Resolution.Refused;
import dev.aquifer.webhook.inject.VolumePlace.At;
import dev.aquifer.webhook.inject.VolumePlace.Nowhere;
import dev.aquifer.webhook.inject.pod.MountPath;
import dev.aquifer.webhook.paths.ReplaceablePaths;
import dev.aquifer.webhook.paths.RequiredPaths;
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

    static Bindings of(String namespace, PlaceFinder places, List<Resolution> resolutions) {
        Set<Injection> bound = new LinkedHashSet<>();
        List<Refused> refused = new ArrayList<>();
        for (Resolution resolution : resolutions) {
            switch (bind(namespace, places, resolution)) {
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

    private static Binding bind(String namespace, PlaceFinder places, Resolution resolution) {
        return switch (resolution) {
            case Refused refused -> new Unbound(refused);
            case Granted granted -> bind(namespace, places, granted);
        };
    }

    private static Binding bind(String namespace, PlaceFinder places, Granted granted) {
        KnownVolume volume = granted.volume();
        Source source = volume.spec().source();
        PersistentVolumeClaim claim = source.persistentVolumeClaim();
        if (ReplaceablePaths.find(volume.spec(), granted.role()) != null) {
            return unbound(
                    namespace,
                    volume,
                    "role \"%s\" mounts a path in whose place pods of another role could put a link; the owner is to see the condition PathsReady of the SharedVolume"
                            .formatted(granted.role().name()));
        }
        String missing = volume.spec().makesDirectories()
                ? RequiredPaths.missing(volume.spec(), granted.role(), volume.readyPaths())
                : null;
        if (missing != null) {
            return notReady(volume, missing);
        }
        if (claim != null && PairName.isReserved(claim.claimName())) {
            return unbound(
                    namespace,
                    volume,
                    "its source \"%s\" is a claim of Aquifer's own, which nobody can share again; the owner is to share a claim of his"
                            .formatted(claim.claimName()));
        }
        Set<PairMode> modes = RolePairs.of(volume.spec(), granted.role());
        String own =
                Boolean.TRUE.equals(volume.spec().guardSource()) ? null : source.claimIn(namespace, volume.owner());
        if (own == null && source.onlyClaim() != null) {
            return unbound(
                    namespace,
                    volume,
                    "its PersistentVolume is for one claim of another namespace; ask an administrator for one of this namespace's own");
        }
        String withheld = withheld(volume, modes, own != null);
        if (withheld != null) {
            return unbound(namespace, volume, withheld);
        }
        String cached = modes.contains(PairMode.CACHED) ? pair(volume, namespace, PairMode.CACHED) : null;
        String direct = modes.stream()
                .filter(mode -> mode != PairMode.CACHED)
                .map(mode -> own == null ? pair(volume, namespace, mode) : own)
                .findFirst()
                .orElse(null);
        return bound(places, granted, new Claims(direct, cached), source.subPath());
    }

    /** Why a pair that the pod needs is not going to come; null where all do. */
    private static @Nullable String withheld(KnownVolume volume, Set<PairMode> modes, boolean ownClaim) {
        for (Withheld withheld : volume.withheld()) {
            PairMode mode = PairMode.parse(withheld.mode());
            if (mode != null && modes.contains(mode) && (mode == PairMode.CACHED || !ownClaim)) {
                return withheld.message();
            }
        }
        return null;
    }

    /** Whether or not the pair is there by now: a pod waits for its claim, and kubelet for its volume. */
    private static String pair(KnownVolume volume, String namespace, PairMode mode) {
        return new PairIdentity(volume.owner(), volume.name(), volume.uid(), namespace, mode)
                .name(volume.revisions().of(namespace, mode.text()));
    }

    private static Binding bound(PlaceFinder places, Granted granted, Claims claims, @Nullable String sourceRoot) {
        String rootInClaim = sourceRoot == null || claims.cached() != null ? "" : sourceRoot;
        return switch (places.find(granted, claims.first(), rootInClaim)) {
            case At(MountPath root, @Nullable String hostPath) ->
                new Bound(Injection.of(RoleMounts.of(granted, root, sourceRoot), claims, hostPath));
            case Nowhere(String message) ->
                new Unbound(new Refused(granted.volume().key(), Reason.PATH_TAKEN, message));
        };
    }

    private static Unbound unbound(String namespace, KnownVolume volume, String remedy) {
        return new Unbound(new Refused(
                volume.key(),
                Reason.NOT_BOUND,
                "volume \"%s\" cannot be used in namespace \"%s\": %s".formatted(volume.key(), namespace, remedy)));
    }

    /** kubelet would make the directory, owned by root, or the container would not start. */
    private static Unbound notReady(KnownVolume volume, String missing) {
        return new Unbound(new Refused(
                volume.key(),
                Reason.PATHS_NOT_READY,
                "directory \"%s\" of volume \"%s\" is not known to be there yet; try again in some seconds, and see the condition PathsReady of the SharedVolume if that lasts"
                        .formatted(missing, volume.key())));
    }

    private static Refused namedTwice(Injection injection) {
        return new Refused(
                injection.key(),
                Reason.INVALID_ANNOTATION,
                "annotation %s names volume \"%s\" twice, with its owner and without; name it once"
                        .formatted(PodAnnotations.VOLUMES, injection.key()));
    }
}
