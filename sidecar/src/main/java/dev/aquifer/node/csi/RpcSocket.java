package dev.aquifer.node.csi;

import dev.aquifer.node.linux.SocketPath;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.Http2Settings;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.SocketAddress;
import io.vertx.grpc.server.GrpcProtocol;
import io.vertx.grpc.server.GrpcServer;
import io.vertx.grpc.server.GrpcServerOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import java.util.stream.Collectors;

/** gRPC on a unix socket, whatever the caller takes for its authority. */
final class RpcSocket {
    private static final int CALLS_OF_ONE_CONNECTION = 10_000;
    private static final long LONGEST_MESSAGE = 4 << 20;

    private final SocketPath socket;
    private final HttpServer server;

    RpcSocket(Vertx vertx, Path path, List<Rpc<?, ?>> methods) {
        this.socket = new SocketPath(path);
        Map<String, Rpc<?, ?>> byPath = methods.stream().collect(Collectors.toMap(Rpc::path, Function.identity()));
        GrpcServer grpc = GrpcServer.server(vertx, grpcOptions())
                .callHandler(request -> RpcCall.answer(request, byPath.get(request.fullMethodName())));
        this.server = vertx.createHttpServer(httpOptions()).requestHandler(grpc);
    }

    private static GrpcServerOptions grpcOptions() {
        GrpcServerOptions options = new GrpcServerOptions().setMaxMessageSize(LONGEST_MESSAGE);
        options.removeEnabledProtocol(GrpcProtocol.WEB)
                .removeEnabledProtocol(GrpcProtocol.WEB_TEXT)
                .removeEnabledProtocol(GrpcProtocol.TRANSCODING);
        return options;
    }

    private static HttpServerOptions httpOptions() {
        return new HttpServerOptions()
                .setInitialSettings(new Http2Settings().setMaxConcurrentStreams(CALLS_OF_ONE_CONNECTION));
    }

    /** Returns once calls are answered. */
    void start() throws IOException, InterruptedException {
        await(server.listen(SocketAddress.domainSocketAddress(socket.fresh().toString())));
        socket.claim();
    }

    /** Takes no more calls, and removes the socket if it is still this one's. */
    void stop() throws IOException, InterruptedException {
        socket.release();
        await(server.close());
    }

    private static void await(Future<?> done) throws IOException, InterruptedException {
        try {
            done.toCompletionStage().toCompletableFuture().get();
        } catch (ExecutionException e) {
            throw new IOException(e.getCause());
        }
    }
}
