package dev.aquifer.benchmarks;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/**
 * The least that sends files over mutual TLS: a name and whether to hash are asked for, the length and the bytes are the
 * answer, and a SHA-256 behind them where it was wanted.
 */
final class PlainServer implements AutoCloseable {
    static final int BUFFER = 1 << 20;
    static final String CIPHER = "TLS_AES_128_GCM_SHA256";

    private final Path source;
    private final SSLServerSocket listener;

    PlainServer(Path source, SSLContext context) throws IOException {
        this.source = source;
        this.listener = (SSLServerSocket)
                context.getServerSocketFactory().createServerSocket(0, 50, InetAddress.getLoopbackAddress());
        listener.setNeedClientAuth(true);
        listener.setEnabledCipherSuites(new String[] {CIPHER});
        Thread.ofPlatform().daemon().start(this::accept);
    }

    int port() {
        return listener.getLocalPort();
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                var socket = (SSLSocket) listener.accept();
                Thread.ofPlatform().daemon().start(() -> serve(socket));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(SSLSocket socket) {
        try (socket) {
            var in = new DataInputStream(socket.getInputStream());
            var out = new DataOutputStream(socket.getOutputStream());
            while (in.readBoolean()) {
                send(source.resolve(in.readUTF()), in.readBoolean() ? sha256() : null, out);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void send(Path file, @Nullable MessageDigest digest, DataOutputStream out) throws IOException {
        var buffer = new byte[BUFFER];
        try (var in = Files.newInputStream(file)) {
            out.writeLong(Files.size(file));
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                if (digest != null) {
                    digest.update(buffer, 0, read);
                }
                out.write(buffer, 0, read);
            }
        }
        if (digest != null) {
            out.write(digest.digest());
        }
        out.flush();
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }
}
