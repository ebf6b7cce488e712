package dev.aquifer.webhook.inject.pod;

import dev.aquifer.webhook.inject.pod.VolumeMount.Form;
import dev.aquifer.webhook.json.MalformedJsonException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads one container of a pod. */
final class ContainerReader {
    private final JsonCursor json;
    private String name = "";
    private boolean hasMounts;
    private @Nullable String seLinuxLevel;
    private final List<VolumeMount> mounts = new ArrayList<>();
    private final List<VolumeMount> shallow = new ArrayList<>();

    ContainerReader(JsonCursor json) {
        this.json = json;
    }

    Container read(String pointer) throws MalformedJsonException, MalformedPodException {
        json.members(this::containerMember);
        return new Container(pointer, name, hasMounts, seLinuxLevel, mounts, shallow);
    }

    private void containerMember(String member) throws MalformedJsonException, MalformedPodException {
        switch (member) {
            case "name" -> name = json.string();
            case "volumeMounts" -> {
                hasMounts = !json.atNull();
                mounts.addAll(json.items(index -> new MountReader(false).read()));
            }
            // a block device takes a path of the container just as a mount does
            case "volumeDevices" -> mounts.addAll(json.items(index -> new MountReader(true).read()));
            case "securityContext" -> json.members(this::securityMember);
            default -> json.skip();
        }
    }

    /** What a container says of SELinux stands in place of all that its pod says (kubelet's DetermineEffectiveSecurityContext). */
    private void securityMember(String member) throws MalformedJsonException, MalformedPodException {
        if (member.equals("seLinuxOptions")) {
            seLinuxLevel = SeLinuxOptionsReader.level(json);
        } else {
            json.skip();
        }
    }

    private final class MountReader {
        private String volume = "";
        private String path = "";
        private String subPath = "";
        private boolean readOnly;
        private boolean recursive;
        private boolean expression;
        private boolean propagating;
        private final boolean device;

        MountReader(boolean device) {
            this.device = device;
        }

        VolumeMount read() throws MalformedJsonException, MalformedPodException {
            json.members(this::mountMember);
            VolumeMount mount = new VolumeMount(volume, MountPath.of(path), subPath, readOnly, form());
            if (readOnly && !recursive) {
                shallow.add(mount);
            }
            return mount;
        }

        private void mountMember(String member) throws MalformedJsonException, MalformedPodException {
            switch (member) {
                case "name" -> volume = json.string();
                case "mountPath", "devicePath" -> path = json.string();
                case "subPath" -> subPath = json.string();
                case "subPathExpr" -> expression = !json.string().isEmpty();
                case "mountPropagation" -> {
                    String propagation = json.string();
                    propagating = !propagation.isEmpty() && !propagation.equals("None");
                }
                case "readOnly" -> readOnly = json.bool();
                case "recursiveReadOnly" -> {
                    String value = json.string();
                    recursive = value.equals("IfPossible") || value.equals("Enabled");
                }
                default -> json.skip();
            }
        }

        private Form form() {
            if (device) {
                return Form.DEVICE;
            }
            return expression ? Form.EXPRESSION : propagating ? Form.PROPAGATING : Form.PLAIN;
        }
    }
}
