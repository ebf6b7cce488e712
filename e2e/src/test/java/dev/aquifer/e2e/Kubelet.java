package dev.aquifer.e2e;

import com.google.protobuf.Message;
import dev.aquifer.node.csi.proto.Csi.NodePublishVolumeRequest;
import dev.aquifer.node.csi.proto.Csi.NodePublishVolumeResponse;
import dev.aquifer.node.csi.proto.Csi.NodeUnpublishVolumeRequest;
import dev.aquifer.node.csi.proto.Csi.NodeUnpublishVolumeResponse;
import dev.aquifer.node.csi.proto.Csi.VolumeCapability;
import io.vertx.core.Vertx;
import io.vertx.core.net.SocketAddress;
import io.vertx.grpc.client.GrpcClient;
import io.vertx.grpc.common.GrpcMessageDecoder;
import io.vertx.grpc.common.GrpcMessageEncoder;
import io.vertx.grpc.common.ServiceMethod;
import io.vertx.grpc.common.ServiceName;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Has a driver publish volumes, as kubelet does. */
final class Kubelet {
    private static final ServiceName NODE = ServiceName.create("csi.v1", "Node");

    private final GrpcClient client;
    private final SocketAddress driver;

    Kubelet(Vertx vertx, Path socket) {
        this.client = GrpcClient.client(vertx);
        this.driver = SocketAddress.domainSocketAddress(socket.toString());
    }

    /** Returns once the volume is at the target. */
    void publish(Path target, String key, Map<String, String> attributes) {
        call(
                "NodePublishVolume",
                NodePublishVolumeRequest.newBuilder()
                        .setVolumeId("aquifer-ref")
                        .setTargetPath(target.toString())
                        .setVolumeCapability(VolumeCapability.newBuilder()
                                .setMount(VolumeCapability.MountVolume.getDefaultInstance())
                                .setAccessMode(VolumeCapability.AccessMode.newBuilder()
                                        .setMode(VolumeCapability.AccessMode.Mode.MULTI_NODE_READER_ONLY)))
                        .putSecrets("key", key)
                        .putAllVolumeContext(attributes)
                        .build(),
                NodePublishVolumeResponse.getDefaultInstance());
    }

    /** Returns once there is nothing at the target. */
    void unpublish(Path target) {
        call(
                "NodeUnpublishVolume",
                NodeUnpublishVolumeRequest.newBuilder()
                        .setVolumeId("aquifer-ref")
                        .setTargetPath(target.toString())
                        .build(),
                NodeUnpublishVolumeResponse.getDefaultInstance());
    }

    private <Q extends Message, A extends Message> void call(String name, Q request, A answer) {
        ServiceMethod<A, Q> method = ServiceMethod.client(
                NODE, name, GrpcMessageEncoder.encoder(), GrpcMessageDecoder.decoder(answer.newBuilderForType()));
        client.request(driver, method)
                .compose(call -> call.send(request))
                .compose(response -> response.last())
                .toCompletionStage()
                .toCompletableFuture()
                .orTimeout(2, TimeUnit.MINUTES)
                .join();
    }
}
