package dev.aquifer.webhook.inject;

import dev.aquifer.webhook.api.Access;
import dev.aquifer.webhook.api.FsGroupEffect;
import dev.aquifer.webhook.api.PathRule;
import dev.aquifer.webhook.api.Role;
import dev.aquifer.webhook.api.SeLinuxEffect;
import dev.aquifer.webhook.entitlement.KnownVolume;
import dev.aquifer.webhook.entitlement.Resolution.Granted;
import dev.aquifer.webhook.inject.pod.MountPath;
import dev.aquifer.webhook.inject.pod.Quantity;
import dev.aquifer.webhook.paths.CachedPaths;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The mounts that a role comes to, parents before children, without those that the mount above already gives.
 *
 * @param root where the volume's root is in the containers
 * @param tops the paths of the mounts that lie below no other of them
 * @param writable whether any of them writes to the source
 * @param guarded whether a path that the role may not write lies below one that it may: then a container without the
 *     mounts could reach it through the writable volume
 */
record RoleMounts(
        KnownVolume volume,
        Role definition,
        MountPath root,
        List<Mount> mounts,
        List<MountPath> tops,
        boolean writable,
        boolean guarded) {

    /**
     * One place of the role.
     *
     * @param sourcePath relative to the claim's root, empty for the root itself
     * @param cached whether the claim is that of the node's cache
     */
    record Mount(
            MountPath mountPath,
            String sourcePath,
            Access access,
            @Nullable Quantity sizeLimit,
            boolean cached) {

        /** Whether this one shows no more than the mount around it. */
        boolean isPartOf(Mount around) {
            return access == around.access && cached == around.cached && access != Access.Scratch;
        }
    }

    /**
     * The mounts of a role.
     *
     * @param root where the volume's root is in the containers
     * @param sourceRoot where it is in the direct claim; null and {@code /} are the claim's own root
     */
    static RoleMounts of(Granted granted, MountPath root, @Nullable String sourceRoot) {
        List<Mount> all = all(granted, root, relative(sourceRoot));
        all.sort(Comparator.comparing(mount -> mount.mountPath().value()));
        List<Mount> mounts = new ArrayList<>(all.size());
        List<MountPath> tops = new ArrayList<>();
        boolean writable = false;
        boolean guarded = false;
        for (Mount mount : all) {
            Mount around = nearestAbove(mount, mounts);
            guarded |= around != null
                    && around.access() == Access.ReadWrite
                    && (mount.access() == Access.ReadOnly || mount.access() == Access.Hidden);
            writable |= mount.access() == Access.ReadWrite;
            if (around == null) {
                tops.add(mount.mountPath());
            }
            if (around == null || !mount.isPartOf(around)) {
                mounts.add(mount);
            }
        }
        return new RoleMounts(
                granted.volume(), granted.role(), root, List.copyOf(mounts), List.copyOf(tops), writable, guarded);
    }

    /** One for each path of the role, and one for each path that it sees and the cache is without. */
    private static List<Mount> all(Granted granted, MountPath root, String above) {
        Role role = granted.role();
        CachedPaths paths = CachedPaths.of(granted.volume().spec());
        boolean served = paths.serve(role);
        List<Mount> all = new ArrayList<>();
        for (PathRule rule : role.paths()) {
            String path = relative(rule.path());
            boolean cached = served && rule.access() == Access.ReadOnly && !paths.leaveOut(rule.path());
            all.add(new Mount(
                    path.isEmpty() ? root : root.resolve(path),
                    join(cached ? "" : above, path),
                    rule.access(),
                    rule.sizeLimit() == null ? null : new Quantity(rule.sizeLimit()),
                    cached));
        }
        if (served) {
            for (String path : paths.seenBeside(role)) {
                all.add(new Mount(root.resolve(path), join(above, path), Access.ReadOnly, null, false));
            }
        }
        return all;
    }

    /** The role's name. */
    String role() {
        return definition.name();
    }

    /** Whether kubelet may change the owner of the source's files when a pod with an fsGroup takes this role. */
    boolean mayChown(boolean reserved) {
        return !Boolean.TRUE.equals(definition.allowFsGroup())
                && mayBe(FsGroupEffect.Chowned, volume.effects().fsGroup(), reserved);
    }

    /** Whether a node with SELinux may relabel the source's files when a pod takes this role. */
    boolean mayRelabel(boolean reserved) {
        return mayBe(SeLinuxEffect.Relabelled, volume.effects().seLinux(), reserved);
    }

    /** An owner's pod may name his claim itself: there, what is not known does not count. Files of others' do. */
    private <E> boolean mayBe(E change, @Nullable E known, boolean reserved) {
        boolean ofOthers = reserved || volume.spec().source().onlyClaim() != null;
        return writable && (known == null ? ofOthers : known.equals(change));
    }

    /** The mount of the source at the volume's root; null when the role shows parts of it only. */
    @Nullable Mount wholeSource() {
        Mount first = mounts.getFirst();
        boolean ofSource = first.access() == Access.ReadOnly || first.access() == Access.ReadWrite;
        return ofSource && first.mountPath().equals(root) ? first : null;
    }

    boolean hides() {
        return mounts.stream().anyMatch(mount -> mount.access() == Access.Hidden);
    }

    /** The topmost mount that is, or lies above or below, this path: what meets none of those meets none below. */
    @Nullable MountPath met(MountPath path) {
        if (!root.meets(path)) {
            return null; // a pod may have ten thousand mounts, and as many paths may be shared with it
        }
        for (MountPath top : tops) {
            if (top.meets(path)) {
                return top;
            }
        }
        return null;
    }

    boolean meets(MountPath path) {
        return met(path) != null;
    }

    private static @Nullable Mount nearestAbove(Mount mount, List<Mount> sorted) {
        for (int i = sorted.size() - 1; i >= 0; i--) {
            if (sorted.get(i).mountPath().contains(mount.mountPath())) {
                return sorted.get(i);
            }
        }
        return null;
    }

    private static String relative(@Nullable String path) {
        return path == null || path.equals("/")
                ? ""
                : MountPath.of(path).value().substring(1);
    }

    private static String join(String parent, String child) {
        return parent.isEmpty() || child.isEmpty() ? parent + child : parent + "/" + child;
    }
}
