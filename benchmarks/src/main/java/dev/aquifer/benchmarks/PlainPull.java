package dev.aquifer.benchmarks;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.net.ssl.SSLSocket;

/**
 * Pulls all files at the top of a {@link PlainServer}'s folder, over four connections as the node agent does, hashes them and
 * writes them. Arguments: the node's keys, port, whether the server hashes too, the files' names, and the folder to make.
 */
public final class PlainPull {
    private static final int CONNECTIONS = 4;

    private final Path keys;
    private final int port;
    private final boolean hashed;
    private final Queue<String> names;
    private final Path target;

    private PlainPull(List<String> args) throws IOException {
        this.keys = Path.of(args.get(0));
        this.port = Integer.parseInt(args.get(1));
        this.hashed = Boolean.parseBoolean(args.get(2));
        this.names = new ConcurrentLinkedQueue<>(args.subList(3, args.size() - 1));
        this.target = Files.createDirectory(Path.of(args.getLast()));
    }

    public static void main(String[] args) throws Exception {
        var pull = new PlainPull(Arrays.asList(args));
        try (var threads = Executors.newFixedThreadPool(CONNECTIONS)) {
            var all = new ArrayList<Future<?>>();
            for (int i = 0; i < CONNECTIONS; i++) {
                all.add(threads.submit(() -> {
                    pull.pullSome();
                    return null;
                }));
            }
            for (var one : all) {
                one.get();
            }
        }
    }

    /** What starts it, without the folder. */
    static List<String> command(Path keys, int port, boolean hashed, Path source) {
        var words = new ArrayList<>(List.of(
                ProcessHandle.current().info().command().orElse("java"),
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                PlainPull.class.getName(),
                keys.toString(),
                Integer.toString(port),
                Boolean.toString(hashed)));
        words.addAll(List.of(source.toFile().list()));
        return words;
    }

    private void pullSome() throws IOException {
        try (var socket =
                (SSLSocket) BenchmarkKeys.client(keys).getSocketFactory().createSocket("localhost", port)) {
            socket.setEnabledCipherSuites(new String[] {PlainServer.CIPHER});
            var in = new DataInputStream(socket.getInputStream());
            var out = new DataOutputStream(socket.getOutputStream());
            for (String name = names.poll(); name != null; name = names.poll()) {
                out.writeBoolean(true);
                out.writeUTF(name);
                out.writeBoolean(hashed);
                out.flush();
                receive(name, in);
            }
            out.writeBoolean(false);
        }
    }

    private void receive(String name, DataInputStream in) throws IOException {
        var buffer = new byte[PlainServer.BUFFER];
        var digest = PlainServer.sha256();
        try (var file =
                FileChannel.open(target.resolve(name), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            for (long left = in.readLong(); left > 0; ) {
                int count = (int) Math.min(left, buffer.length);
                in.readFully(buffer, 0, count);
                digest.update(buffer, 0, count);
                file.write(ByteBuffer.wrap(buffer, 0, count));
                left -= count;
            }
        }
        if (hashed && !MessageDigest.isEqual(digest.digest(), in.readNBytes(32))) {
            throw new IOException("Expected %s as it was sent, found another digest".formatted(name));
        }
    }
}
