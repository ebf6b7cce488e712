package dev.aquifer.webhook.inject;

import dev.aquifer.webhook.inject.pod.MountPath;
import dev.aquifer.webhook.inject.pod.Pod;
import dev.aquifer.webhook.inject.pod.PodVolume;
import dev.aquifer.webhook.inject.pod.Quantity;
import dev.aquifer.webhook.inject.pod.VolumeContent;
import dev.aquifer.webhook.inject.pod.VolumeContent.Claim;
import dev.aquifer.webhook.inject.pod.VolumeContent.EmptyDir;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The entries of a pod's volume list that mounts refer to: those that the pod has are used again, the others added. A
 * claim never gets a second entry, since kubelet lets the last of two decide for both whether they are writable.
 */
final class VolumeEntries {
    private static final String HIDDEN = VolumeName.of("hidden", "hidden");

    private final Pod pod;
    private final Set<String> taken;
    private final Set<String> handedOut = new HashSet<>();
    private final Map<String, String> claims = new HashMap<>();
    private final List<PodVolume> added = new ArrayList<>();
    private final List<Replaced<PodVolume>> replaced = new ArrayList<>();
    private @Nullable Map<String, VolumeContent> present;
    private @Nullable String hidden;

    VolumeEntries(Pod pod) {
        this.pod = pod;
        this.taken = pod.takenVolumeNames();
    }

    List<PodVolume> added() {
        return added;
    }

    List<Replaced<PodVolume>> replaced() {
        return replaced;
    }

    /** Lets an entry of the pod's own be that of a claim from now on. */
    void replace(String name, String claimName, boolean readOnly) {
        claims.put(claimName, name);
        for (int i = 0; i < pod.volumes().size(); i++) {
            if (pod.volumes().get(i).name().equals(name)) {
                replaced.add(new Replaced<>(i, new PodVolume(name, new Claim(claimName, readOnly))));
            }
        }
    }

    /** The entry of a claim; {@code readOnly} counts for a new one only. */
    String claim(String claimName, boolean readOnly) {
        return claims.computeIfAbsent(claimName, name -> {
            List<PodVolume> existing = pod.claims(name);
            return existing.isEmpty()
                    ? add(VolumeName.ofClaim(name), new Claim(name, readOnly))
                    : existing.getFirst().name();
        });
    }

    /** The entry of a scratch directory, one per path of a volume. */
    String scratch(String volumeKey, MountPath mountPath, @Nullable Quantity sizeLimit) {
        String path = mountPath.value();
        return directory(
                VolumeName.of(path.substring(path.lastIndexOf('/') + 1), volumeKey + path), new EmptyDir(sizeLimit));
    }

    /** The entry of the empty directory that lies over hidden paths, one for the whole pod. */
    String hidden() {
        if (hidden == null) {
            hidden = directory(HIDDEN, new EmptyDir(null));
        }
        return hidden;
    }

    private String directory(String name, EmptyDir content) {
        String candidate = name;
        for (int i = 2; taken.contains(candidate); i++) {
            if (!handedOut.contains(candidate) && content.equals(present(candidate))) {
                handedOut.add(candidate);
                return candidate;
            }
            candidate = name + "-" + i;
        }
        return add(candidate, content);
    }

    /** What the pod has under this name; made ready at the first question, since most pods need no answer. */
    private @Nullable VolumeContent present(String name) {
        if (present == null) {
            present = new HashMap<>();
            for (PodVolume volume : pod.volumes()) {
                present.put(volume.name(), volume.content());
            }
        }
        return present.get(name);
    }

    private String add(String name, VolumeContent content) {
        String untaken = VolumeName.untaken(name, taken);
        taken.add(untaken);
        handedOut.add(untaken);
        added.add(new PodVolume(untaken, content));
        return untaken;
    }
}
