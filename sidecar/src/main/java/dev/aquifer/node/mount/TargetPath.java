package dev.aquifer.node.mount;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Where kubelet wants a volume: a path below its folder, in the form that has no second spelling.
 *
 * @param folder kubelet's, without a slash at its end
 * @param below the rest, without a slash at its beginning
 */
public record TargetPath(String folder, String below) {
    private static final int LONGEST = 4095;

    /**
     * Checks a path from outside.
     *
     * @throws IllegalArgumentException if it is not below the folder, or has "." or ".." or doubled slashes; the message
     *     is a sentence
     */
    public static TargetPath parse(String path, String folder) {
        require(!path.isEmpty(), path, "a path");
        require(path.startsWith(folder + "/"), path, "a path below " + folder);
        require(path.getBytes(StandardCharsets.UTF_8).length <= LONGEST, path, "a path of at most 4095 bytes");
        String below = path.substring(folder.length() + 1);
        List<String> names = List.of(below.split("/", -1));
        boolean plain = names.stream().noneMatch(name -> name.isEmpty() || name.equals(".") || name.equals(".."));
        require(plain && below.indexOf('\0') < 0, path, "a path without empty, '.' or '..' parts");
        return new TargetPath(folder, below);
    }

    byte[] bytes() {
        return toString().getBytes(StandardCharsets.UTF_8);
    }

    /** The directory that holds the target, below the folder; empty for the folder itself. */
    byte[] parent() {
        return below.substring(0, Math.max(0, below.lastIndexOf('/'))).getBytes(StandardCharsets.UTF_8);
    }

    byte[] name() {
        return below.substring(below.lastIndexOf('/') + 1).getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return folder + "/" + below;
    }

    private static void require(boolean holds, String path, String expected) {
        if (!holds) {
            String shown = path.length() > 200 ? path.substring(0, 200) + "…" : path;
            throw new IllegalArgumentException("expected the target to be %s, found '%s'".formatted(expected, shown));
        }
    }
}
