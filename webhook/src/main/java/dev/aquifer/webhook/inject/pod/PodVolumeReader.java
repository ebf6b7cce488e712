package dev.aquifer.webhook.inject.pod;

import dev.aquifer.webhook.inject.pod.VolumeContent.Claim;
import dev.aquifer.webhook.inject.pod.VolumeContent.EmptyDir;
import dev.aquifer.webhook.inject.pod.VolumeContent.Ephemeral;
import dev.aquifer.webhook.inject.pod.VolumeContent.HostPath;
import dev.aquifer.webhook.inject.pod.VolumeContent.Other;
import dev.aquifer.webhook.json.MalformedJsonException;
import org.jspecify.annotations.Nullable;

/** Reads one volume of a pod. */
final class PodVolumeReader {
    private final JsonCursor json;
    private String name = "";
    private VolumeContent content = new Other();
    private String claimName = "";
    private boolean readOnly;
    private String path = "";
    private String medium = "";
    private @Nullable Quantity sizeLimit;

    PodVolumeReader(JsonCursor json) {
        this.json = json;
    }

    PodVolume read() throws MalformedJsonException, MalformedPodException {
        json.members(this::volumeMember);
        return new PodVolume(name, content);
    }

    private void volumeMember(String member) throws MalformedJsonException, MalformedPodException {
        switch (member) {
            case "name" -> name = json.string();
            case "persistentVolumeClaim" -> {
                if (json.members(this::claimMember)) {
                    content = new Claim(claimName, readOnly);
                }
            }
            case "hostPath" -> {
                if (json.members(this::hostPathMember)) {
                    content = new HostPath(path);
                }
            }
            case "ephemeral" -> {
                if (json.members(unread -> json.skip())) {
                    content = new Ephemeral();
                }
            }
            case "emptyDir" -> {
                if (json.members(this::emptyDirMember) && medium.isEmpty()) {
                    content = new EmptyDir(sizeLimit);
                }
            }
            default -> json.skip();
        }
    }

    private void claimMember(String member) throws MalformedJsonException, MalformedPodException {
        switch (member) {
            case "claimName" -> claimName = json.string();
            case "readOnly" -> readOnly = json.bool();
            default -> json.skip();
        }
    }

    private void hostPathMember(String member) throws MalformedJsonException, MalformedPodException {
        switch (member) {
            case "path" -> path = json.string();
            default -> json.skip();
        }
    }

    private void emptyDirMember(String member) throws MalformedJsonException, MalformedPodException {
        switch (member) {
            case "medium" -> medium = json.string();
            case "sizeLimit" -> sizeLimit = json.skippedNull() ? null : new Quantity(json.quantity());
            default -> json.skip();
        }
    }
}
