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
record Plan(List<Injection> injections, List<PodVolume> added, List<ContainerPlan> containers) {

    /** What some of the containers are to mount, and for the sake of which shared volumes. */
    record Share(List<Injection> injections, WantedMounts mounts) {}

    /** What one container is to mount. */
    record ContainerPlan(Container container, Share share) {
        List<VolumeMount> missing() {
            return share.mounts().missingFrom(container.mounts());
        }
    }

    static Plan of(Pod pod, Targets targets, List<Injection> injections) {
        VolumeEntries entries = new VolumeEntries(pod);
        Set<String> writable = writableClaims(injections);
        Share whole = new Share(injections, new WantedMounts());
        Share unasked = new Share(new ArrayList<>(), new WantedMounts());
        for (Injection injection : injections) {
            boolean readOnlyEntry = injection.claimName() == null || !writable.contains(injection.claimName());
            boolean toAll = targets.overruledBy(injection);
            if (toAll) {
                unasked.injections().add(injection);
            }
            for (Mount mount : injection.role().mounts()) {
                VolumeMount wanted = mount(entries, injection, mount, readOnlyEntry);
                whole.mounts().add(wanted);
                if (toAll) {
                    unasked.mounts().add(wanted);
                }
            }
        }
        List<ContainerPlan> containers = new ArrayList<>(pod.containers().size());
        for (Container container : pod.containers()) {
            containers.add(new ContainerPlan(container, targets.include(container) ? whole : unasked));
        }
        return new Plan(injections, entries.added(), containers);
    }

    /** How many mounts all containers together are to have. */
    int mounts() {
        int mounts = 0;
        for (ContainerPlan container : containers) {
            mounts += container.share().mounts().size();
        }
        return mounts;
    }

    private static Set<String> writableClaims(List<Injection> injections) {
        Set<String> writable = new HashSet<>();
        for (Injection injection : injections) {
            if (injection.role().writable()) {
                writable.add(injection.claim());
            }
        }
        return writable;
    }

    private static VolumeMount mount(VolumeEntries entries, Injection injection, Mount mount, boolean readOnlyEntry) {
        MountPath at = mount.mountPath();
        return switch (mount.access()) {
            case ReadOnly ->
                new VolumeMount(entries.claim(injection.claim(), readOnlyEntry), at, mount.sourcePath(), true);
            case ReadWrite ->
                new VolumeMount(entries.claim(injection.claim(), readOnlyEntry), at, mount.sourcePath(), false);
            case Scratch -> new VolumeMount(entries.scratch(injection.key(), at, mount.sizeLimit()), at, "", false);
            case Hidden -> new VolumeMount(entries.hidden(), at, "", true);
        };
    }

    /** Whether some container has, through a volume that injection added, a mount of this shared volume already. */
    boolean carries(Injection injection) {
        for (ContainerPlan container : containers) {
            for (VolumeMount mount : container.container().mounts()) {
                if (VolumeName.isOurs(mount.volume())
                        && injection.role().meets(mount.mountPath())
                        && container.share().mounts().contains(mount)) {
                    return true;
                }
            }
        }
        return false;
    }
}
