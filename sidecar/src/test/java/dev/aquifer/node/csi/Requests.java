package dev.aquifer.node.csi;

import dev.aquifer.node.csi.proto.Csi.NodePublishVolumeRequest;
import dev.aquifer.node.csi.proto.Csi.VolumeCapability;
import java.util.HashMap;
import java.util.Map;

/** Requests as kubelet makes them. */
final class Requests {
    static final String KUBELET = "/var/lib/kubelet";
    static final String DATASET = "0123456789abcdef".repeat(2);
    static final String KEY = "c2VjcmV0LWtleS1vZi1hLWRhdGFzZXQtLS0tLS0tLS0";

    private Requests() {}

    static String target(String pod) {
        return KUBELET + "/pods/" + pod + "/volumes/kubernetes.io~csi/aquifer-ref/mount";
    }

    static String snapshot(String digit) {
        return "datasets/" + DATASET + "/snapshots/" + digit.repeat(64);
    }

    static Map<String, String> attributes() {
        Map<String, String> attributes = new HashMap<>();
        attributes.put("aquifer.dev/format", "1");
        attributes.put("aquifer.dev/tenant", "team-a");
        attributes.put("aquifer.dev/dataset", DATASET);
        attributes.put("aquifer.dev/shared-volume", "climate-data/ref");
        attributes.put("aquifer.dev/origin", "aquifer://origin/climate-data/aquifer-origin-ref");
        attributes.put("aquifer.dev/origin-address", "aquifer-origin-ref.climate-data.svc:8443");
        return attributes;
    }

    /** A request that is granted, for the pod's target. */
    static NodePublishVolumeRequest.Builder publish(String pod) {
        return NodePublishVolumeRequest.newBuilder()
                .setVolumeId("aquifer-ref")
                .setTargetPath(target(pod))
                .setVolumeCapability(VolumeCapability.newBuilder()
                        .setMount(VolumeCapability.MountVolume.getDefaultInstance())
                        .setAccessMode(VolumeCapability.AccessMode.newBuilder()
                                .setMode(VolumeCapability.AccessMode.Mode.MULTI_NODE_MULTI_WRITER)))
                .putSecrets("key", KEY)
                .putAllVolumeContext(attributes())
                .putVolumeContext("csi.storage.k8s.io/pod.namespace", "team-a")
                .putVolumeContext("csi.storage.k8s.io/pod.name", "worker-" + pod)
                .putVolumeContext("csi.storage.k8s.io/pod.uid", pod)
                .putVolumeContext("csi.storage.k8s.io/ephemeral", "false");
    }
}
