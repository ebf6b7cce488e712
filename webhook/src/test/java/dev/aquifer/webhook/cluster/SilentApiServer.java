package dev.aquifer.webhook.cluster;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Lists nothing, and opens watches of which nothing ever comes but pongs, if it answers at all. Speaks just enough of
 * WebSocket (RFC 6455) for that.
 */
final class SilentApiServer implements AutoCloseable {
    private static final String SALT = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    private static final byte[] EMPTY_PONG = {(byte) 0x8A, 0};
    private static final int PING = 0x89;
    private static final int MASK = 4;

    private final boolean answers;
    private final ServerSocket entrance;
    private final AtomicInteger lists = new AtomicInteger();
    private final AtomicInteger watches = new AtomicInteger();
    private final AtomicInteger pings = new AtomicInteger();

    SilentApiServer(boolean answers) {
        this.answers = answers;
        try {
            entrance = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().start(this::accept);
    }

    String url() {
        return "http://127.0.0.1:%d/".formatted(entrance.getLocalPort());
    }

    int lists() {
        return lists.get();
    }

    int watches() {
        return watches.get();
    }

    int pings() {
        return pings.get();
    }

    private void accept() {
        try {
            while (true) {
                Socket near = entrance.accept();
                Thread.ofVirtual().start(() -> serve(near));
            }
        } catch (IOException closed) {
            // by the test
        }
    }

    private void serve(Socket near) {
        try (near) {
            InputStream in = new BufferedInputStream(near.getInputStream());
            OutputStream out = near.getOutputStream();
            for (String first = line(in); !first.isEmpty(); first = line(in)) {
                String key = headers(in).get("sec-websocket-key");
                if (key == null) {
                    lists.incrementAndGet();
                    answer(out, "200 OK\r\nContent-Type: application/json\r\nContent-Length: ", list(first));
                } else {
                    watch(in, out, key);
                }
            }
        } catch (IOException gone) {
            // the client hung up
        }
    }

    private void watch(InputStream in, OutputStream out, String key) throws IOException {
        watches.incrementAndGet();
        write(
                out,
                "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: %s\r\n\r\n"
                        .formatted(accept(key)));
        for (int head = in.read(); head >= 0; head = in.read()) {
            int length = in.read() & 0x7F;
            in.skipNBytes(MASK + length);
            if (head == PING) {
                pings.incrementAndGet();
                if (answers) {
                    out.write(EMPTY_PONG);
                }
            }
        }
    }

    private static String list(String request) {
        return request.contains("/sharedvolumes")
                ? list("SharedVolumeList", "aquifer.dev/v1alpha1")
                : list("NamespaceList", "v1");
    }

    private static String list(String kind, String version) {
        return "{\"kind\":\"%s\",\"apiVersion\":\"%s\",\"metadata\":{\"resourceVersion\":\"1\"},\"items\":[]}"
                .formatted(kind, version);
    }

    private static void answer(OutputStream out, String head, String body) throws IOException {
        write(out, "HTTP/1.1 " + head + body.length() + "\r\n\r\n" + body);
    }

    private static void write(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static Map<String, String> headers(InputStream in) throws IOException {
        Map<String, String> headers = new HashMap<>();
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
            int colon = line.indexOf(':');
            headers.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        }
        return headers;
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = in.read(); next >= 0 && next != '\n'; next = in.read()) {
            line.append((char) next);
        }
        return line.toString().strip();
    }

    private static String accept(String key) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-1").digest((key + SALT).getBytes(StandardCharsets.US_ASCII));
            return Base64.getEncoder().encodeToString(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() throws IOException {
        entrance.close();
    }
}
