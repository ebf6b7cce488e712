package dev.aquifer.webhook.entitlement;

import dev.aquifer.webhook.api.Access;
import dev.aquifer.webhook.api.CacheSpec;
import dev.aquifer.webhook.api.FileEffects;
import dev.aquifer.webhook.api.Grant;
import dev.aquifer.webhook.api.LabelSelector;
import dev.aquifer.webhook.api.NamespaceSet;
import dev.aquifer.webhook.api.OnRevoke;
import dev.aquifer.webhook.api.PairRevisions;
import dev.aquifer.webhook.api.PathRule;
import dev.aquifer.webhook.api.ReadPath;
import dev.aquifer.webhook.api.Role;
import dev.aquifer.webhook.api.SharedVolumeSpec;
import dev.aquifer.webhook.api.Source;
import dev.aquifer.webhook.paths.RequiredPaths;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Builds shared volumes for tests: of a claim, at {@code /name} unless said otherwise, granted to nobody at first. */
public final class VolumeBuilder {
    private final String owner;
    private final String name;
    private String claim;
    private String mountPath;
    private @Nullable String subdirectory;
    private @Nullable String replacesHostPath;
    private @Nullable String defaultRole;
    private @Nullable ReadPath readPath;
    private @Nullable OnRevoke onRevoke;
    private @Nullable String evictDeadline;
    private @Nullable CacheSpec cache;
    private final List<Role> roles = new ArrayList<>();
    private final List<Grant> grants = new ArrayList<>();

    public VolumeBuilder(String owner, String name) {
        this.owner = owner;
        this.name = name;
        this.claim = name;
        this.mountPath = "/" + name;
    }

    public VolumeBuilder claim(String claimName) {
        this.claim = claimName;
        return this;
    }

    public VolumeBuilder at(String path) {
        this.mountPath = path;
        return this;
    }

    public VolumeBuilder subdirectory(String path) {
        this.subdirectory = path;
        return this;
    }

    public VolumeBuilder replacing(String path) {
        this.replacesHostPath = path;
        return this;
    }

    public VolumeBuilder defaultRole(String role) {
        this.defaultRole = role;
        return this;
    }

    public VolumeBuilder role(String role, PathRule... paths) {
        roles.add(new Role(role, null, List.of(paths), null));
        return this;
    }

    public VolumeBuilder role(String role, LabelSelector podSelector, PathRule... paths) {
        roles.add(new Role(role, podSelector, List.of(paths), null));
        return this;
    }

    /** Lets every service account of a namespace take the roles. */
    public VolumeBuilder grant(String namespace, String... granted) {
        return grant(new NamespaceSet(List.of(namespace), null), List.of("*"), granted);
    }

    public VolumeBuilder grant(NamespaceSet namespaces, @Nullable List<String> accounts, String... granted) {
        grants.add(new Grant(namespaces, accounts, List.of(granted)));
        return this;
    }

    public VolumeBuilder cached() {
        return cached(null);
    }

    public VolumeBuilder cached(@Nullable CacheSpec how) {
        readPath = ReadPath.Cached;
        cache = how;
        return this;
    }

    /** Pods that lose their grant are asked to leave for so long. */
    public VolumeBuilder evicting(String deadline) {
        onRevoke = OnRevoke.Evict;
        evictDeadline = deadline;
        return this;
    }

    public KnownVolume build() {
        Source source =
                new Source(new Source.PersistentVolumeClaim(claim), null, null, null, null, null, null, subdirectory);
        SharedVolumeSpec spec = new SharedVolumeSpec(
                source,
                mountPath,
                readPath,
                List.copyOf(roles),
                defaultRole,
                List.copyOf(grants),
                onRevoke,
                cache,
                null,
                replacesHostPath,
                evictDeadline,
                null,
                null);
        return new KnownVolume(
                owner,
                name,
                "uid-" + owner + "-" + name,
                1,
                spec,
                PairRevisions.NONE,
                RequiredPaths.names(spec),
                FileEffects.UNKNOWN,
                List.of());
    }

    public static LabelSelector labels(String key, String value) {
        return new LabelSelector(Map.of(key, value), null);
    }

    public static PathRule path(String path, Access access) {
        return new PathRule(path, access, null);
    }
}
