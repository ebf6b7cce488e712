package dev.aquifer.webhook.inject;

import dev.aquifer.webhook.api.Access;
import dev.aquifer.webhook.inject.RoleMounts.Mount;
import dev.aquifer.webhook.inject.pod.Container;
import dev.aquifer.webhook.inject.pod.MountPath;
import dev.aquifer.webhook.inject.pod.Pod;
import dev.aquifer.webhook.inject.pod.PodVolume;
import dev.aquifer.webhook.inject.pod.VolumeMount;
import dev.aquifer.webhook.inject.pod.VolumeMount.Form;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * The volumes and mounts that a pod is to have, whether or not it has some already; made without looking for conflicts,
 * which {@link Conflicts} finds.
 *
 * @param added entries that the pod's volumes lack
 * @param replaced entries of the pod's own in whose place claims come
 */
record Plan(
        List<Injection> injections,
        List<PodVolume> added,
        List<Replaced<PodVolume>> replaced,
        List<ContainerPlan> containers) {

    /** What some of the containers are to mount, and for the sake of which shared volumes. */
    record Share(List<Injection> injections, WantedMounts mounts) {
        boolean replaces(VolumeMount mount) {
            for (Injection injection : injections) {
                if (mount.volume().equals(injection.hostPath())) {
                    return true;
                }
            }
            return false;
        }
    }

    /**
     * What one container is to mount.
     *
     * @param replaced mounts of its own of a volume that is replaced
     */
    record ContainerPlan(Container container, Share share, List<Replaced<VolumeMount>> replaced) {
        List<VolumeMount> missing() {
            List<VolumeMount> missing = share.mounts().missingFrom(container.mounts());
            replaced.forEach(mount -> missing.remove(mount.by()));
            return missing;
        }

        /** Whether a mount of the container's own makes room for one of ours. */
        boolean replaces(VolumeMount mount) {
            return share.replaces(mount);
        }
    }

    static Plan of(Pod pod, Targets targets, List<Injection> injections) {
        VolumeEntries entries = new VolumeEntries(pod);
        Set<String> writable = writableClaims(injections);
        Share whole = new Share(injections, new WantedMounts());
        Share unasked = new Share(new ArrayList<>(), new WantedMounts());
        for (Injection injection : injections) {
            boolean toAll = targets.overruledBy(injection);
            if (toAll) {
                unasked.injections().add(injection);
            }
            if (injection.hostPath() != null) {
                String claim =
                        Objects.requireNonNull(injection.claims().first(), "what replaces a hostPath has a claim");
                entries.replace(injection.hostPath(), claim, !writable.contains(claim));
            }
            for (Mount mount : injection.role().mounts()) {
                VolumeMount wanted = mount(entries, injection, mount, writable);
                whole.mounts().add(wanted);
                if (toAll) {
                    unasked.mounts().add(wanted);
                }
            }
        }
        List<ContainerPlan> containers = new ArrayList<>(pod.containers().size());
        for (Container container : pod.containers()) {
            Share share = targets.include(container) ? whole : unasked;
            containers.add(new ContainerPlan(container, share, replaced(container, share)));
        }
        return new Plan(injections, entries.added(), entries.replaced(), containers);
    }

    private static List<Replaced<VolumeMount>> replaced(Container container, Share share) {
        List<Replaced<VolumeMount>> replaced = List.of();
        int index = 0;
        for (VolumeMount mount : container.mounts()) {
            if (mount.form() == Form.DEVICE) {
                continue;
            }
            VolumeMount wanted = share.replaces(mount) ? share.mounts().at(mount.mountPath()) : null;
            if (wanted != null && !(wanted.equals(mount) && !wanted.readOnly())) {
                replaced = replaced.isEmpty() ? new ArrayList<>() : replaced;
                replaced.add(new Replaced<>(index, wanted));
            }
            index++;
        }
        return replaced;
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
                injection.claims().all().forEach(writable::add);
            }
        }
        return writable;
    }

    private static VolumeMount mount(
            VolumeEntries entries, Injection injection, Mount mount, Set<String> writableClaims) {
        MountPath at = mount.mountPath();
        return switch (mount.access()) {
            case ReadOnly, ReadWrite -> {
                String claim = injection.claims().of(mount);
                String entry = entries.claim(claim, !writableClaims.contains(claim));
                yield new VolumeMount(entry, at, mount.sourcePath(), mount.access() == Access.ReadOnly);
            }
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
