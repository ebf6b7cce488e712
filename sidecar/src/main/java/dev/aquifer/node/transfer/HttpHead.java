package dev.aquifer.node.transfer;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The head of an HTTP/1.1 message (RFC 9112): its first line, and its headers by lower-case name. Stricter than the RFC: no
 * header comes twice, none is folded, and the whole is at most 16 KiB of ASCII.
 */
public record HttpHead(String first, Map<String, String> headers) {
    private static final int LONGEST = 16 << 10;
    private static final int MOST_HEADERS = 64;

    public HttpHead {
        headers = Map.copyOf(headers);
    }

    /**
     * Reads a head, up to the empty line behind it. The stream should be buffered.
     *
     * @return null when the stream ends before the first byte
     */
    public static @Nullable HttpHead read(InputStream in) throws IOException {
        var lines = new Lines(in, LONGEST);
        var first = lines.next();
        if (first == null) {
            return null;
        }
        var headers = new LinkedHashMap<String, String>();
        for (var line = lines.require(); !line.isEmpty(); line = lines.require()) {
            int colon = line.indexOf(':');
            if (colon < 1 || line.charAt(colon - 1) <= ' ' || line.charAt(0) <= ' ') {
                throw new InvalidMessage("Expected an HTTP header 'name: value', found another line");
            }
            var name = line.substring(0, colon).toLowerCase(Locale.ROOT);
            if (headers.put(name, line.substring(colon + 1).strip()) != null || headers.size() > MOST_HEADERS) {
                throw new InvalidMessage("Expected at most %d HTTP headers, each once, found more, or '%s' twice"
                        .formatted(MOST_HEADERS, name));
            }
        }
        return new HttpHead(first, headers);
    }

    /** The bytes of this head. */
    public byte[] encode() {
        var out = new ByteArrayOutputStream();
        out.writeBytes((first + "\r\n").getBytes(StandardCharsets.US_ASCII));
        headers.forEach(
                (name, value) -> out.writeBytes((name + ": " + value + "\r\n").getBytes(StandardCharsets.US_ASCII)));
        out.writeBytes("\r\n".getBytes(StandardCharsets.US_ASCII));
        return out.toByteArray();
    }

    public @Nullable String header(String lowerCaseName) {
        return headers.get(lowerCaseName);
    }

    /** Whether the sender ends the connection after this message. */
    public boolean closes() {
        return "close".equalsIgnoreCase(headers.get("connection"));
    }

    /** Whether the body comes in chunks of HTTP ({@link ChunkedInput}). */
    public boolean isChunked() throws InvalidMessage {
        var coding = headers.get("transfer-encoding");
        if (coding == null) {
            return false;
        }
        if (!coding.equalsIgnoreCase("chunked") || headers.containsKey("content-length")) {
            throw new InvalidMessage(
                    "Expected transfer-encoding: chunked and no length, found '%s'".formatted(headers.keySet()));
        }
        return true;
    }

    /**
     * Bytes of a body that is not chunked; 0 where none is announced.
     *
     * @param longest what the reader has room for
     */
    public int contentLength(int longest) throws InvalidMessage {
        var text = headers.getOrDefault("content-length", "0");
        if (text.isEmpty() || text.length() > 10 || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw new InvalidMessage("Expected a content-length in digits, found another text");
        }
        long length = Long.parseLong(text);
        if (length > longest) {
            throw new InvalidMessage("Expected a body of at most %d bytes, found %d".formatted(longest, length));
        }
        return (int) length;
    }
}
