package dev.aquifer.node.csi;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.Parser;
import java.time.Duration;
import java.time.temporal.ChronoUnit;

/**
 * A unary method: bytes in, bytes out.
 *
 * @param path such as {@code csi.v1.Node/NodePublishVolume}
 */
record Rpc<Q extends Message, A extends Message>(String path, Parser<Q> parser, RpcHandler<Q, A> handler) {
    static final Duration FOREVER = ChronoUnit.FOREVER.getDuration();

    /** Decodes the request, answers it and encodes the answer; what is no message of this method is INVALID_ARGUMENT. */
    byte[] answer(byte[] request, Duration left) throws CsiException, InterruptedException {
        return handler.answer(decode(request), left).toByteArray();
    }

    private Q decode(byte[] request) throws CsiException {
        try {
            return parser.parseFrom(request);
        } catch (InvalidProtocolBufferException e) {
            throw CsiException.invalid("expected a request of %s: %s".formatted(path, e.getMessage()));
        }
    }
}
