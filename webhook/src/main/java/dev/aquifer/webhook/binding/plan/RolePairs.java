package dev.aquifer.webhook.binding.plan;

import dev.aquifer.webhook.api.Access;
import dev.aquifer.webhook.api.PathRule;
import dev.aquifer.webhook.api.Role;
import dev.aquifer.webhook.api.SharedVolumeSpec;
import dev.aquifer.webhook.binding.names.PairMode;
import dev.aquifer.webhook.paths.CachedPaths;
import java.util.EnumSet;
import java.util.Set;

/** The pairs through which pods of a role reach a volume. */
public final class RolePairs {
    private RolePairs() {}

    /** Their modes: READ_WRITE alone, or those of CACHED and READ_ONLY that the role needs; none for one that reads nothing. */
    public static Set<PairMode> of(SharedVolumeSpec spec, Role role) {
        CachedPaths paths = CachedPaths.of(spec);
        boolean served = paths.serve(role);
        Set<PairMode> modes = EnumSet.noneOf(PairMode.class);
        for (PathRule rule : role.paths()) {
            if (rule.access() == Access.ReadWrite) {
                return EnumSet.of(PairMode.READ_WRITE);
            }
            if (rule.access() == Access.ReadOnly) {
                modes.add(served && !paths.leaveOut(rule.path()) ? PairMode.CACHED : PairMode.READ_ONLY);
            }
        }
        if (served && !paths.seenBeside(role).isEmpty()) {
            modes.add(PairMode.READ_ONLY);
        }
        return modes;
    }
}
