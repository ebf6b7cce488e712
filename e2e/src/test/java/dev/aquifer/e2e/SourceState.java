package dev.aquifer.e2e;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * All that there is to say of a source's files: two states are equal when nobody wrote, removed, moved or chowned
 * anything between them.
 *
 * @param files by relative path: mode, owner, group, time of change in the file and a checksum of its content
 */
public record SourceState(Map<String, String> files) {

    /** As all files are now, below a directory. */
    public static SourceState of(Path root) throws IOException {
        Map<String, String> files = new TreeMap<>();
        try (Stream<Path> found = Files.walk(root)) {
            for (Path file : (Iterable<Path>) found::iterator) {
                files.put(root.relativize(file).toString(), describe(file));
            }
        }
        return new SourceState(files);
    }

    private static String describe(Path file) throws IOException {
        Map<String, Object> attributes =
                Files.readAttributes(file, "unix:mode,uid,gid,lastModifiedTime", LinkOption.NOFOLLOW_LINKS);
        String content = Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) ? checksum(file) : "";
        return Stream.concat(
                        attributes.entrySet().stream()
                                .sorted(Map.Entry.comparingByKey())
                                .map(Map.Entry::toString),
                        Stream.of(content))
                .collect(Collectors.joining(" "));
    }

    private static String checksum(Path file) throws IOException {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
