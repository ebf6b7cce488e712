package dev.aquifer.webhook.api;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is shared, where pods see it, and who may do what with it.
 *
 * @param mountPath absolute; the paths of the roles are relative to it
 * @param defaultRole for pods that ask for the volume, match no podSelector and name no role
 */
public record SharedVolumeSpec(
        Source source,
        String mountPath,
        @Nullable ReadPath readPath,
        List<Role> roles,
        @Nullable String defaultRole,
        @Nullable List<Grant> access,
        @Nullable OnRevoke onRevoke,
        @Nullable CacheSpec cache) {}
