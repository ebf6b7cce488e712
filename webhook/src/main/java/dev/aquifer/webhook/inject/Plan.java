package dev.aquifer.webhook.inject;

import dev.aquifer.webhook.inject.RoleMounts.Mount;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The volumes and mounts that a pod is to have, whether or not it has some already; made without looking for conflicts,
 * which {@link Conflicts} finds.
 *
 * @param added entries that the pod's volumes lack
 */
record Plan(List<PodVolume> added, List<ContainerPlan> containers) {

    /** A mount, and for the sake of which shared volume. */
    record Wanted(Injection injection, VolumeMount mount) {}

    /** What one container is to mount. */
    record ContainerPlan(Container container, List<Wanted> wanted) {
        List<VolumeMount> missing() {
            List<VolumeMount> missing = new ArrayList<>(wanted.size());
            for (Wanted one : wanted) {
                if (!container.mounts().contains(one.mount())) {
                    missing.add(one.mount());
                }
            }
            return missing;
        }

        boolean wants(VolumeMount mount) {
            return wanted.stream().anyMatch(one -> one.mount().equals(mount));
        }
    }

    static Plan of(Pod pod, Targets targets, List<Injection> injections) {
        VolumeEntries entries = new VolumeEntries(pod);
        List<Wanted> wanted = wanted(entries, injections);
        List<ContainerPlan> containers = new ArrayList<>(pod.containers().size());
        for (Container container : pod.containers()) {
            containers.add(new ContainerPlan(container, targets.of(container, wanted)));
        }
        return new Plan(entries.added(), containers);
    }

    private static List<Wanted> wanted(VolumeEntries entries, List<Injection> injections) {
        Set<String> writable = new HashSet<>();
        for (Injection injection : injections) {
            if (injection.role().writable()) {
                writable.add(injection.claimName());
            }
        }
        List<Wanted> wanted = new ArrayList<>();
        for (Injection injection : injections) {
            boolean readOnlyEntry = !writable.contains(injection.claimName());
            for (Mount mount : injection.role().mounts()) {
                wanted.add(new Wanted(injection, mount(entries, injection, mount, readOnlyEntry)));
            }
        }
        return wanted;
    }

    private static VolumeMount mount(VolumeEntries entries, Injection injection, Mount mount, boolean readOnlyEntry) {
        MountPath at = mount.mountPath();
        String claim = injection.claimName();
        return switch (mount.access()) {
            case ReadOnly -> new VolumeMount(entries.claim(claim, readOnlyEntry), at, mount.sourcePath(), true);
            case ReadWrite -> new VolumeMount(entries.claim(claim, readOnlyEntry), at, mount.sourcePath(), false);
            case Scratch -> new VolumeMount(entries.scratch(injection.key(), at, mount.sizeLimit()), at, "", false);
            case Hidden -> new VolumeMount(entries.hidden(), at, "", true);
        };
    }
}
