package dev.aquifer.e2e.faults;

import dev.aquifer.e2e.Command;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;

/** A folder of random files, a few large and many small ones, and what is done to it. */
final class Source {
    static final int LARGE = 9_000_000;
    static final List<String> LARGE_FILES = List.of("a/large", "b/large", "c/large");

    private static final int SMALL_FILES = 60;
    private static final int SMALL = 20_000;

    private final Path root;
    private final Random random;

    private Source(Path root, Random random) {
        this.root = root;
        this.random = random;
    }

    /**
     * A folder of about 28 MB, some names in it no text, last changed long enough ago for an origin to believe its time
     * stamps.
     */
    static Source create(Path root, Random random) throws IOException {
        Source source = new Source(Files.createDirectories(root), random);
        for (String file : LARGE_FILES) {
            source.write(file, LARGE);
        }
        for (int i = 0; i < SMALL_FILES; i++) {
            source.write("small/" + i, random.nextInt(SMALL));
        }
        Files.createDirectory(source.file("empty"));
        Files.createSymbolicLink(source.file("link"), Path.of("small/1"));
        Command.of(
                        "bash",
                        "-c",
                        "cd \"$0\" && echo odd >$'\\xff\\n\\x01' && echo long >$(printf %0255d 1)",
                        root.toString())
                .run();
        return source;
    }

    Path root() {
        return root;
    }

    Path file(String name) {
        return root.resolve(name);
    }

    /** Makes or replaces a file, by rename. */
    void write(String name, int size) throws IOException {
        byte[] content = new byte[size];
        random.nextBytes(content);
        Path fresh = Files.createDirectories(file(name).getParent()).resolve("new");
        Files.write(fresh, content);
        Files.move(fresh, file(name), java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    }

    /** Changes a byte in place, and puts the time of the last change back: only the kernel's own time tells. */
    void changeSecretly(String name) throws IOException {
        FileTime before = Files.getLastModifiedTime(file(name));
        try (RandomAccessFile content = new RandomAccessFile(file(name).toFile(), "rw")) {
            content.seek(random.nextInt(LARGE));
            content.write(random.nextInt(256));
        }
        Files.setLastModifiedTime(file(name), before);
    }

    void truncate(String name, int size) throws IOException {
        try (RandomAccessFile content = new RandomAccessFile(file(name).toFile(), "rw")) {
            content.setLength(size);
        }
    }

    void delete(String name) throws IOException {
        Files.delete(file(name));
    }

    long bytes() throws IOException {
        try (Stream<Path> paths = Files.walk(root)) {
            long sum = 0;
            for (Path path : paths.toList()) {
                sum += Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS) ? Files.size(path) : 0;
            }
            return sum;
        }
    }

    Map<String, String> sums() throws IOException {
        return sums(root);
    }

    /** The checksum of each file below, by its path. */
    static Map<String, String> sums(Path root) throws IOException {
        Map<String, String> sums = new TreeMap<>();
        try (Stream<Path> paths = Files.walk(root)) {
            for (Path path : paths.toList()) {
                if (Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
                    sums.put(root.relativize(path).toString(), sum(path));
                }
            }
        }
        return sums;
    }

    private static String sum(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            new DigestInputStream(in, digest).transferTo(java.io.OutputStream.nullOutputStream());
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
