package dev.aquifer.e2e.faults;

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
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Calls the driver as kubelet does, and asks again after an error as kubelet does, only sooner. */
final class Kubelet implements AutoCloseable {
    /** Kubelet's own. */
    private static final Duration DEADLINE = Duration.ofMinutes(2);

    private static final Duration BACK_OFF = Duration.ofMillis(300);

    /** How a call ended: a code, and a sentence if it is not OK. */
    record Answer(GrpcStatus code, String message) {
        boolean isOk() {
            return code == GrpcStatus.OK;
        }
    }

    private final Vertx vertx = Vertx.vertx();
    private final GrpcClient client = GrpcClient.client(vertx);
    private final SocketAddress driver;
    private final Path root;
    private final VolumeAttributes attributes;
    private final String key;

    Kubelet(Path socket, Path root, VolumeAttributes attributes, String key) {
        this.driver = SocketAddress.domainSocketAddress(socket.toString());
        this.root = root;
        this.attributes = attributes;
        this.key = key;
    }

    /** Where the pod sees the dataset. */
    Path target(String pod) {
        return volume(pod).resolve("mount");
    }

    /** A folder that kubelet makes before it calls, and removes afterwards. */
    private Path volume(String pod) {
        return root.resolve("pods/" + pod + "/volumes/kubernetes.io~csi/aquifer-ref");
    }

    Answer publish(String pod) {
        return publish(pod, DEADLINE);
    }

    Answer publish(String pod, Duration deadline) {
        try {
            Files.createDirectories(volume(pod));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return call(
                "NodePublishVolume",
                NodePublishVolumeRequest.newBuilder()
                        .setVolumeId("aquifer-ref")
                        .setTargetPath(target(pod).toString())
                        .setVolumeCapability(VolumeCapability.newBuilder()
                                .setMount(VolumeCapability.MountVolume.getDefaultInstance())
                                .setAccessMode(VolumeCapability.AccessMode.newBuilder()
                                        .setMode(VolumeCapability.AccessMode.Mode.MULTI_NODE_READER_ONLY)))
                        .putSecrets("key", key)
                        .putAllVolumeContext(attributes.toMap())
                        .putVolumeContext("csi.storage.k8s.io/pod.namespace", attributes.tenant())
                        .putVolumeContext("csi.storage.k8s.io/pod.name", pod)
                        .putVolumeContext("csi.storage.k8s.io/pod.uid", pod)
                        .build(),
                deadline);
    }

    /** Asks until the pod has its volume; the path at which it sees it. */
    Path mount(String pod) {
        long end = System.nanoTime() + DEADLINE.toNanos();
        Answer answer = publish(pod);
        while (!answer.isOk()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("the pod has no volume after %s: %s".formatted(DEADLINE, answer));
            }
            LockSupport.parkNanos(BACK_OFF.toNanos());
            answer = publish(pod);
        }
        return target(pod);
    }

    Answer unpublish(String pod) {
        return call(
                "NodeUnpublishVolume",
                NodeUnpublishVolumeRequest.newBuilder()
                        .setVolumeId("aquifer-ref")
                        .setTargetPath(target(pod).toString())
                        .build(),
                DEADLINE);
    }

    private Answer call(String method, Message message, Duration deadline) {
        try {
            return start(method, message, deadline)
                    .toCompletionStage()
                    .toCompletableFuture()
                    .orTimeout(deadline.toSeconds() + 10, TimeUnit.SECONDS)
                    .join();
        } catch (CompletionException gone) {
            // the driver was not there, or went away within the call
            return new Answer(GrpcStatus.UNAVAILABLE, String.valueOf(gone.getMessage()));
        }
    }

    private Future<Answer> start(String method, Message message, Duration deadline) {
        return client.request(driver).compose(request -> {
            request.serviceName(ServiceName.create("csi.v1.Node")).methodName(method);
            request.timeout(deadline.toMillis(), TimeUnit.MILLISECONDS);
            request.end(Buffer.buffer(message.toByteArray()));
            return request.response()
                    .compose(response -> response.end()
                            .otherwiseEmpty()
                            .map(_ -> new Answer(response.status(), String.valueOf(response.statusMessage()))));
        });
    }

    @Override
    public void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
