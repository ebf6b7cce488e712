package dev.aquifer.node.csi;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.grpc.common.GrpcStatus;
import io.vertx.grpc.server.GrpcServerRequest;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One call, from the event loop to a virtual thread and back. A caller that goes away interrupts the thread. Requests are
 * never logged: they hold secrets.
 */
final class RpcCall implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(RpcCall.class);

    private final GrpcServerRequest<Buffer, Buffer> request;
    private final Rpc<?, ?> method;
    private final byte[] message;
    private final Context eventLoop = Objects.requireNonNull(Vertx.currentContext());
    private volatile boolean gone;

    private RpcCall(GrpcServerRequest<Buffer, Buffer> request, Rpc<?, ?> method, Buffer message) {
        this.request = request;
        this.method = method;
        this.message = message.getBytes();
    }

    /** On the event loop; a method that is not known is UNIMPLEMENTED. */
    static void answer(GrpcServerRequest<Buffer, Buffer> request, @Nullable Rpc<?, ?> method) {
        if (method == null) {
            end(request, GrpcStatus.UNIMPLEMENTED, "no such method: " + request.fullMethodName());
            return;
        }
        request.handler(message -> new RpcCall(request, method, message).start());
    }

    private void start() {
        Thread thread = Thread.ofVirtual().name("rpc").unstarted(this);
        request.errorHandler(cancelled -> leave(thread));
        request.exceptionHandler(closed -> leave(thread));
        thread.start();
    }

    private void leave(Thread thread) {
        gone = true;
        thread.interrupt();
    }

    @Override
    public void run() {
        try {
            byte[] answer = method.answer(message, left());
            reply(() -> request.response().end(Buffer.buffer(answer)));
        } catch (CsiException e) {
            LOG.info("event=refused method={} code={} message=\"{}\"", method.path(), e.code(), e.getMessage());
            reply(() -> end(request, e.code(), e.text()));
        } catch (InterruptedException e) {
            LOG.debug("event=call-ended-by-caller method={}", method.path());
            reply(() -> end(request, GrpcStatus.ABORTED, "a newer call for the same target took this one's place"));
        } catch (RuntimeException e) {
            LOG.error("event=call-failed method={}", method.path(), e);
            reply(() -> end(request, GrpcStatus.INTERNAL, "the call failed; see the log of the node agent"));
        }
    }

    private Duration left() {
        return request.timeout() > 0 ? Duration.ofMillis(request.timeout()) : Rpc.FOREVER;
    }

    private void reply(Runnable answer) {
        if (!gone) {
            eventLoop.runOnContext(_ -> answer.run());
        }
    }

    private static void end(GrpcServerRequest<Buffer, Buffer> request, GrpcStatus code, String message) {
        request.response().status(code).statusMessage(message).end();
    }
}
