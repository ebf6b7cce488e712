package dev.aquifer.benchmarks;

import com.google.protobuf.Message;
import dev.aquifer.node.csi.proto.Csi.NodePublishVolumeRequest;
import dev.aquifer.node.csi.proto.Csi.NodeUnpublishVolumeRequest;
import dev.aquifer.node.csi.proto.Csi.VolumeCapability;
import dev.aquifer.node.link.VolumeAttributes;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.SocketAddress;
import io.vertx.grpc.client.GrpcClient;
import io.vertx.grpc.common.GrpcStatus;
import io.vertx.grpc.common.ServiceName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * A snapshot where a pod sees it, by a node's driver, which is called as kubelet calls it.
 *
 * @param driver the driver's socket
 * @param path the target
 */
record ShownSnapshot(Path driver, Path path) implements AutoCloseable {
    private static final String POD = "csi.storage.k8s.io/pod.";
    private static final String VOLUME = "aquifer-ref";
    private static final Duration DEADLINE = Duration.ofMinutes(2);

    /** Returns once the driver has published it. */
    static ShownSnapshot publish(Path driver, Path kubelet, VolumeAttributes attributes, String key)
            throws IOException {
        var volume = Files.createDirectories(
                kubelet.resolve("pods/1/volumes/kubernetes.io~csi").resolve(VOLUME));
        var shown = new ShownSnapshot(driver, volume.resolve("mount"));
        var mode = VolumeCapability.AccessMode.newBuilder()
                .setMode(VolumeCapability.AccessMode.Mode.MULTI_NODE_READER_ONLY);
        shown.call(
                "NodePublishVolume",
                NodePublishVolumeRequest.newBuilder()
                        .setVolumeId(VOLUME)
                        .setTargetPath(shown.path().toString())
                        .setVolumeCapability(VolumeCapability.newBuilder()
                                .setMount(VolumeCapability.MountVolume.getDefaultInstance())
                                .setAccessMode(mode))
                        .putSecrets("key", key)
                        .putAllVolumeContext(attributes.toMap())
                        .putVolumeContext(POD + "namespace", attributes.tenant())
                        .putVolumeContext(POD + "name", "reader")
                        .putVolumeContext(POD + "uid", "1")
                        .build());
        return shown;
    }

    /** None of its threads is left, which could take time from whoever reads. */
    private void call(String method, Message message) throws IOException {
        var vertx = Vertx.vertx();
        try {
            var status = join(send(GrpcClient.client(vertx), method, message));
            if (status != GrpcStatus.OK) {
                throw new IOException("Expected %s to succeed, found %s".formatted(method, status));
            }
        } finally {
            join(vertx.close());
        }
    }

    private Future<GrpcStatus> send(GrpcClient client, String method, Message message) {
        return client.request(SocketAddress.domainSocketAddress(driver.toString()))
                .compose(request -> {
                    request.serviceName(ServiceName.create("csi.v1.Node")).methodName(method);
                    request.timeout(DEADLINE.toMillis(), TimeUnit.MILLISECONDS);
                    request.end(Buffer.buffer(message.toByteArray()));
                    return request.response();
                })
                .compose(response -> response.end().otherwiseEmpty().map(_ -> response.status()));
    }

    private static <T> T join(Future<T> future) {
        return future.toCompletionStage().toCompletableFuture().join();
    }

    @Override
    public void close() throws IOException {
        call(
                "NodeUnpublishVolume",
                NodeUnpublishVolumeRequest.newBuilder()
                        .setVolumeId(VOLUME)
                        .setTargetPath(path.toString())
                        .build());
    }
}
