package dev.aquifer.webhook.inject.pod;

import dev.aquifer.webhook.binding.names.PairName;
import dev.aquifer.webhook.inject.pod.VolumeContent.Claim;
import dev.aquifer.webhook.json.JsonReader;
import dev.aquifer.webhook.json.MalformedJsonException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What injection looks at in a pod. The pod itself stays raw JSON: what is not here is neither read nor changed.
 *
 * @param hasMetadata whether there is a metadata object, and so on for the arrays and objects that a patch appends to
 * @param name empty while the API server has not generated it
 * @param fsGroup whether kubelet is to give the pod's volumes to a group, where it can
 * @param seLinuxLevel of containers that do not say one themselves; empty when the runtime chooses one
 * @param containers init containers and containers, in the pod's order
 * @param debuggers ephemeral containers, which are added to a pod that runs
 */
public record Pod(
        boolean hasMetadata,
        boolean hasAnnotations,
        boolean hasVolumes,
        String name,
        Map<String, String> labels,
        Map<String, String> annotations,
        String serviceAccount,
        boolean windows,
        boolean fsGroup,
        String seLinuxLevel,
        List<PodVolume> volumes,
        List<Container> containers,
        List<Container> debuggers) {

    /** Reads the pod at which the reader stands. */
    public static Pod read(JsonReader reader) throws MalformedJsonException, MalformedPodException {
        return new PodReader(reader).read();
    }

    public @Nullable String annotation(String key) {
        return annotations.get(key);
    }

    /** The level that the container runs with; empty when the runtime chooses one. */
    public String seLinuxLevel(Container container) {
        return container.seLinuxLevel() == null ? seLinuxLevel : container.seLinuxLevel();
    }

    /** The entries that name this claim. */
    public List<PodVolume> claims(String claimName) {
        List<PodVolume> entries = new ArrayList<>(1);
        for (PodVolume volume : volumes) {
            if (volume.content() instanceof Claim claim && claim.claimName().equals(claimName)) {
                entries.add(volume);
            }
        }
        return entries;
    }

    /** The entries that name claims of the binder's. */
    public List<PodVolume> reservedClaims() {
        return volumes.stream()
                .filter(volume -> volume.content() instanceof Claim claim && PairName.isReserved(claim.claimName()))
                .toList();
    }

    /** The names that a new volume may not take: of volumes, and of mounts whose volume is missing. */
    public Set<String> takenVolumeNames() {
        Set<String> names = new HashSet<>();
        volumes.forEach(volume -> names.add(volume.name()));
        containers.forEach(container -> container.mounts().forEach(mount -> names.add(mount.volume())));
        return names;
    }
}
