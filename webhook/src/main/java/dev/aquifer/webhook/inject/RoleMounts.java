package dev.aquifer.webhook.inject;

import dev.aquifer.webhook.api.Access;
import dev.aquifer.webhook.api.FsGroupEffect;
import dev.aquifer.webhook.api.PathRule;
import dev.aquifer.webhook.api.Role;
import dev.aquifer.webhook.entitlement.KnownVolume;
import dev.aquifer.webhook.entitlement.Resolution.Granted;
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
     * @param sourcePath relative to the source's root, empty for the root itself
     */
    record Mount(
            MountPath mountPath,
            String sourcePath,
            Access access,
            @Nullable Quantity sizeLimit) {}

    /**
     * The mounts of a role.
     *
     * @param root where the volume's root is in the containers
     * @param sourceRoot where it is in the claim; null and {@code /} are the claim's own root
     */
    static RoleMounts of(Granted granted, MountPath root, @Nullable String sourceRoot) {
        String above = relative(sourceRoot);
        List<Mount> all = new ArrayList<>();
        for (PathRule rule : granted.role().paths()) {
            String path = relative(rule.path());
            all.add(new Mount(
                    path.isEmpty() ? root : root.resolve(path),
                    join(above, path),
                    rule.access(),
                    rule.sizeLimit() == null ? null : new Quantity(rule.sizeLimit())));
        }
        all.sort(Comparator.comparing(mount -> mount.mountPath().value()));
        List<Mount> mounts = new ArrayList<>(all.size());
        List<MountPath> tops = new ArrayList<>();
        boolean writable = false;
        boolean guarded = false;
        for (Mount mount : all) {
            Access around = nearestAbove(mount, mounts);
            guarded |= around == Access.ReadWrite
                    && (mount.access() == Access.ReadOnly || mount.access() == Access.Hidden);
            writable |= mount.access() == Access.ReadWrite;
            if (around == null) {
                tops.add(mount.mountPath());
            }
            if (mount.access() != around || mount.access() == Access.Scratch) {
                mounts.add(mount);
            }
        }
        return new RoleMounts(
                granted.volume(), granted.role(), root, List.copyOf(mounts), List.copyOf(tops), writable, guarded);
    }

    /** The role's name. */
    String role() {
        return definition.name();
    }

    /** Whether kubelet may change the owner of the source's files when a pod with an fsGroup takes this role. */
    boolean mayChown(boolean reserved) {
        if (!writable || Boolean.TRUE.equals(definition.allowFsGroup())) {
            return false;
        }
        // an owner's pod may name his claim itself: there, what is not known does not count
        return volume.fsGroup() == FsGroupEffect.Chowned || (volume.fsGroup() == null && reserved);
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

    private static @Nullable Access nearestAbove(Mount mount, List<Mount> sorted) {
        for (int i = sorted.size() - 1; i >= 0; i--) {
            if (sorted.get(i).mountPath().contains(mount.mountPath())) {
                return sorted.get(i).access();
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
