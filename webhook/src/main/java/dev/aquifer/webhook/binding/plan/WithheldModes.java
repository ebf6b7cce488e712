package dev.aquifer.webhook.binding.plan;

import dev.aquifer.webhook.api.Role;
import dev.aquifer.webhook.api.SharedVolumeSpec;
import dev.aquifer.webhook.api.Withheld;
import dev.aquifer.webhook.binding.names.PairMode;
import dev.aquifer.webhook.binding.objects.ExistingPairs;
import dev.aquifer.webhook.binding.source.ResolvedSource;
import dev.aquifer.webhook.binding.source.ResolvedSource.Ready;
import dev.aquifer.webhook.binding.source.ResolvedSource.Unready;
import dev.aquifer.webhook.binding.source.ResolvedSource.Withdrawn;
import dev.aquifer.webhook.binding.source.SourceReason;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Tells in which modes no namespace gets a pair, so that no pod waits for a claim that never comes. Where a source is away
 * for now, or tenants keep what they have of it, none is withheld.
 */
final class WithheldModes {
    /** What ends by itself, or by what others are about to do. */
    private static final Set<SourceReason> PASSING = EnumSet.of(
            SourceReason.ClaimMissing,
            SourceReason.ClaimNotBound,
            SourceReason.ClaimBeingDeleted,
            SourceReason.VolumeMissing,
            SourceReason.NoNodeAgents);

    private WithheldModes() {}

    /** Those of the modes that some role needs. */
    static List<Withheld> of(SharedVolumeSpec spec, ResolvedSource source, ExistingPairs existing) {
        return switch (source) {
            case Ready ready ->
                ready.notWritable() == null
                        ? List.of()
                        : those(spec, mode -> ready.template(mode) == null, ready.notWritable());
            case Withdrawn(SourceReason _, String message) -> those(spec, mode -> true, message);
            case Unready(SourceReason reason, String message) ->
                PASSING.contains(reason) || !existing.claims().isEmpty()
                        ? List.of()
                        : those(spec, mode -> true, message);
        };
    }

    private static List<Withheld> those(SharedVolumeSpec spec, Predicate<PairMode> never, String message) {
        Set<PairMode> modes = EnumSet.noneOf(PairMode.class);
        for (Role role : spec.roles()) {
            modes.addAll(RolePairs.of(spec, role));
        }
        return modes.stream()
                .filter(never)
                .map(mode -> new Withheld(mode.text(), message))
                .toList();
    }
}
