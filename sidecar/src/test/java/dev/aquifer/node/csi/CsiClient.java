package dev.aquifer.node.csi;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.Parser;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.SocketAddress;
import io.vertx.grpc.client.GrpcClient;
import io.vertx.grpc.client.GrpcClientRequest;
import io.vertx.grpc.common.GrpcStatus;
import io.vertx.grpc.common.ServiceName;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Calls a driver as kubelet does: by gRPC on its socket. */
final class CsiClient {
    private final GrpcClient client;
    private final SocketAddress address;

    CsiClient(Vertx vertx, Path socket) {
        this.client = GrpcClient.client(vertx);
        this.address = SocketAddress.domainSocketAddress(socket.toString());
    }

    /** What came back: a code, and with OK a message, else a sentence. */
    record Answer(GrpcStatus code, Buffer bytes, String message) {
        <A extends Message> A as(Parser<A> parser) {
            try {
                return parser.parseFrom(bytes.getBytes());
            } catch (InvalidProtocolBufferException e) {
                throw new AssertionError(e);
            }
        }
    }

    Answer call(String path, Message message) {
        return await(start(path, message.toByteArray(), null));
    }

    Answer call(String path, byte[] message) {
        return await(start(path, message, null));
    }

    Answer call(String path, Message message, Duration deadline) {
        return await(start(path, message.toByteArray(), deadline));
    }

    Future<Answer> start(String path, byte[] message, @Nullable Duration deadline) {
        return request(path, deadline).compose(request -> {
            request.end(Buffer.buffer(message));
            return request.response().compose(response -> {
                Buffer bytes = Buffer.buffer();
                response.handler(bytes::appendBuffer);
                // the end of a refused call is a failure, but the code and the sentence are what counts
                return response.end()
                        .otherwiseEmpty()
                        .map(_ -> new Answer(response.status(), bytes, String.valueOf(response.statusMessage())));
            });
        });
    }

    /** A call that is cancelled by its caller. */
    Future<GrpcClientRequest<Buffer, Buffer>> request(String path, @Nullable Duration deadline) {
        int slash = path.indexOf('/');
        return client.request(address).map(request -> {
            request.serviceName(ServiceName.create(path.substring(0, slash))).methodName(path.substring(slash + 1));
            if (deadline != null) {
                request.timeout(deadline.toMillis(), TimeUnit.MILLISECONDS);
            }
            return request;
        });
    }

    static Answer await(Future<Answer> future) {
        return future.toCompletionStage()
                .toCompletableFuture()
                .orTimeout(30, TimeUnit.SECONDS)
                .join();
    }
}
