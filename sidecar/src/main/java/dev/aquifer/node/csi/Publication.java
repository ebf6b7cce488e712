package dev.aquifer.node.csi;

import dev.aquifer.node.csi.proto.Csi.NodePublishVolumeRequest;
import dev.aquifer.node.link.VolumeAttributes;
import dev.aquifer.node.mount.TargetPath;
import io.vertx.grpc.common.GrpcStatus;
import java.util.Map;

/**
 * A request to publish that may be granted: it names a pod, and the pod is in the tenant's namespace. Whether it asks for
 * a writable mount is left out, since none is made.
 *
 * @param pod {@code namespace/name}
 * @param key the dataset's fetch key; it stays out of {@code toString}
 */
record Publication(TargetPath target, VolumeAttributes attributes, String pod, String key) {
    private static final String POD = "csi.storage.k8s.io/pod.";
    private static final String EPHEMERAL = "csi.storage.k8s.io/ephemeral";

    /** @throws CsiException INVALID_ARGUMENT or PERMISSION_DENIED, naming what is wrong and what to do */
    static Publication parse(NodePublishVolumeRequest request, String kubelet) throws CsiException {
        CsiException.required("volume_id", request.getVolumeId());
        CsiException.required("target_path", request.getTargetPath());
        requireFileSystem(request);
        Map<String, String> context = request.getVolumeContextMap();
        if (context.getOrDefault(EPHEMERAL, "false").equals("true")) {
            throw CsiException.invalid("expected a persistent volume, found an inline one: its attributes could be"
                    + " anybody's; use a claim of Aquifer's");
        }
        String pod = pod(context);
        try {
            TargetPath target = TargetPath.parse(request.getTargetPath(), kubelet);
            VolumeAttributes attributes = VolumeAttributes.parse(context);
            requireTenant(context, attributes);
            return new Publication(target, attributes, pod, key(request));
        } catch (IllegalArgumentException e) {
            throw new CsiException(GrpcStatus.INVALID_ARGUMENT, String.valueOf(e.getMessage()), e);
        }
    }

    private static void requireFileSystem(NodePublishVolumeRequest request) throws CsiException {
        if (!request.hasVolumeCapability()) {
            throw CsiException.invalid("expected the field volume_capability, found none");
        }
        if (request.getVolumeCapability().hasBlock()) {
            throw CsiException.invalid("expected a volume with volumeMode Filesystem, found Block");
        }
    }

    private static String pod(Map<String, String> context) throws CsiException {
        String namespace = context.getOrDefault(POD + "namespace", "");
        String name = context.getOrDefault(POD + "name", "");
        if (namespace.isEmpty()
                || name.isEmpty()
                || context.getOrDefault(POD + "uid", "").isEmpty()) {
            throw CsiException.invalid("expected the pod's namespace, name and uid, found none: the CSIDriver object"
                    + " node.aquifer.dev must have podInfoOnMount: true");
        }
        return namespace + "/" + name;
    }

    private static void requireTenant(Map<String, String> context, VolumeAttributes attributes) throws CsiException {
        String namespace = context.getOrDefault(POD + "namespace", "");
        if (!namespace.equals(attributes.tenant())) {
            throw new CsiException(
                    GrpcStatus.PERMISSION_DENIED,
                    "expected a pod in the namespace '%s', for which this volume is, found one in '%s'"
                            .formatted(attributes.tenant(), namespace));
        }
    }

    private static String key(NodePublishVolumeRequest request) throws CsiException {
        String key = request.getSecretsMap().getOrDefault("key", "");
        if (key.isEmpty()) {
            throw CsiException.invalid("expected the dataset's key among the secrets, found none: the PersistentVolume"
                    + " must name its Secret in nodePublishSecretRef");
        }
        return key;
    }

    @Override
    public String toString() {
        return "Publication[%s, %s, %s]".formatted(target, attributes, pod);
    }
}
