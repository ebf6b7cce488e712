package dev.aquifer.node.origin.serve;

import dev.aquifer.node.deadline.Deadline;
import dev.aquifer.node.transfer.HttpHead;
import dev.aquifer.node.transfer.InvalidMessage;
import io.vertx.core.json.JsonObject;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Answers of HTTP: whole ones, and the heads of those whose body follows in chunks. */
final class Response {
    static final int OK = 200;
    static final int BAD_REQUEST = 400;
    static final int UNAUTHORIZED = 401;
    static final int NOT_FOUND = 404;
    static final int CONFLICT = 409;
    static final int UNAVAILABLE = 503;

    private static final int RETRY_SECONDS = 2;

    private Response() {}

    static void json(OutputStream out, int status, byte[] body) throws IOException {
        var headers = new LinkedHashMap<String, String>();
        headers.put("content-type", "application/json");
        headers.put("content-length", Integer.toString(body.length));
        if (status == UNAVAILABLE) {
            headers.put("retry-after", Integer.toString(RETRY_SECONDS));
        }
        out.write(head(status, headers));
        out.write(body);
        out.flush();
    }

    /** @param sentence what was expected, what was found and what to do */
    static void error(OutputStream out, int status, String sentence) throws IOException {
        json(out, status, new JsonObject().put("error", sentence).encode().getBytes(StandardCharsets.UTF_8));
    }

    /** The head before a body in chunks. */
    static void begin(OutputStream out) throws IOException {
        var headers = new LinkedHashMap<String, String>();
        headers.put("content-type", "application/octet-stream");
        headers.put("transfer-encoding", "chunked");
        out.write(head(OK, headers));
    }

    /**
     * The head of the next request, or null if there is none. It may be long in coming, but not once it has begun.
     *
     * @param longest from its first byte on; then the connection is closed
     */
    static @Nullable HttpHead next(InputStream in, Duration longest, Closeable connection) throws IOException {
        in.mark(1);
        if (in.read() < 0) {
            return null;
        }
        in.reset();
        try (var _ = Deadline.in(longest, connection)) {
            return HttpHead.read(in);
        }
    }

    /** How long a request's body is. */
    static int bodyLength(HttpHead request, int longest) throws InvalidMessage {
        if (request.isChunked()) {
            throw new InvalidMessage("Expected a request with a content-length, found one in chunks");
        }
        return request.contentLength(longest);
    }

    /** Reads a request's body; closes the connection if that takes longer. */
    static byte[] body(InputStream in, int length, Duration longest, Closeable connection) throws IOException {
        try (var _ = Deadline.in(longest, connection)) {
            return body(in, length);
        }
    }

    private static byte[] body(InputStream in, int length) throws IOException {
        var body = in.readNBytes(length);
        if (body.length < length) {
            throw new InvalidMessage(
                    "Expected a body of %d bytes, found %d and the end".formatted(length, body.length));
        }
        return body;
    }

    private static byte[] head(int status, Map<String, String> headers) {
        var reason = switch (status) {
            case OK -> "OK";
            case BAD_REQUEST -> "Bad Request";
            case UNAUTHORIZED -> "Unauthorized";
            case NOT_FOUND -> "Not Found";
            case CONFLICT -> "Conflict";
            default -> "Service Unavailable";
        };
        return new HttpHead("HTTP/1.1 %d %s".formatted(status, reason), headers).encode();
    }
}
