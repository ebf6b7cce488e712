package dev.aquifer.node.csi;

import io.vertx.grpc.common.GrpcStatus;

/** A call that ends with a code of gRPC and a sentence that kubelet shows to people. */
final class CsiException extends Exception {
    private static final long serialVersionUID = 1L;

    private final GrpcStatus code;

    CsiException(GrpcStatus code, String message) {
        super(message);
        this.code = code;
    }

    CsiException(GrpcStatus code, String message, Throwable cause) {
        super(message, cause);
        this.code = code;
    }

    static CsiException invalid(String message) {
        return new CsiException(GrpcStatus.INVALID_ARGUMENT, message);
    }

    /** @throws CsiException with INVALID_ARGUMENT for a field that is empty */
    static String required(String field, String value) throws CsiException {
        if (value.isEmpty()) {
            throw invalid("expected the field %s, found none".formatted(field));
        }
        return value;
    }

    GrpcStatus code() {
        return code;
    }

    String text() {
        return String.valueOf(getMessage());
    }
}
