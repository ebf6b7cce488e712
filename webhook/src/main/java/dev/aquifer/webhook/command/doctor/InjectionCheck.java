package dev.aquifer.webhook.command.doctor;

import com.fasterxml.jackson.databind.JsonNode;
import dev.aquifer.webhook.command.lookup.Kind;
import dev.aquifer.webhook.command.lookup.KubernetesObjects;
import dev.aquifer.webhook.rest.ApiException;
import dev.aquifer.webhook.rest.ApiServer;
import java.util.List;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * Whether a pod that asks for a volume would be stored with it: a dry run, in which the API server, admission and, where the
 * volume comes by a pair, the guard have their parts. Not to get an answer is an error.
 *
 * @param namespace whose pod asks
 * @param volume as the pod's annotation names it: {@code owner/name}, or {@code owner/name@role}, of a role that only reads
 */
record InjectionCheck(KubernetesObjects objects, ApiServer api, String namespace, String volume) implements Check {

    @Override
    public String name() {
        return "injection";
    }

    @Override
    public List<Finding> run() {
        try {
            String[] key = volume.split("[/@]", -1);
            JsonNode shared = key.length < 2 ? null : objects.find(Kind.SHARED_VOLUME, key[0], key[1]);
            if (shared == null) {
                return List.of(wrong(
                        "expected a SharedVolume, found none",
                        "name one as owner/name, of a namespace that this one is granted it by"));
            }
            String path = shared.at("/spec/mountPath").asText();
            String complaint = complaint(ProbePod.stored(api, namespace, volume), path);
            return List.of(
                    complaint == null
                            ? Finding.ok(name(), subject(), "a pod that asks for it has it at " + path)
                            : wrong(complaint, ReachabilityCheck.UNSERVED));
        } catch (ApiException e) {
            return List.of(refused(String.valueOf(e.getMessage())));
        }
    }

    private Finding refused(String why) {
        return ReachabilityCheck.isSilence(why)
                ? wrong(ReachabilityCheck.SILENCE, ReachabilityCheck.LOOK)
                : wrong(
                        "expected a pod that asks for it to be admitted, found: " + why,
                        "see what the other findings say of admission, or run doctor as somebody who may create pods there");
    }

    /**
     * What is wrong with a pod as it would be stored; null for nothing.
     *
     * @param path where its container is to have the volume
     */
    static @Nullable String complaint(JsonNode pod, String path) {
        JsonNode mounts = pod.at("/spec/containers/0/volumeMounts");
        for (JsonNode mount : mounts) {
            if (mount.path("mountPath").asText().equals(path)
                    && mount.path("readOnly").asBoolean()
                    && isAClaim(pod, mount.path("name").asText())) {
                return null;
            }
        }
        return "expected a pod that asks for it to have a claim at %s, read-only, found the mounts %s"
                .formatted(path, mounts);
    }

    private static boolean isAClaim(JsonNode pod, String volume) {
        return StreamSupport.stream(pod.at("/spec/volumes").spliterator(), false)
                .anyMatch(entry -> entry.path("name").asText().equals(volume) && entry.has("persistentVolumeClaim"));
    }

    private Finding wrong(String message, String remedy) {
        return Finding.error(name(), subject(), message, remedy);
    }

    private String subject() {
        return "volume %s in namespace %s".formatted(volume, namespace);
    }
}
