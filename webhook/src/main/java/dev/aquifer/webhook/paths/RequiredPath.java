package dev.aquifer.webhook.paths;

import java.util.Objects;

/**
 * A directory that must be there before a pod can use a role.
 *
 * @param path relative to the volume's root, without a slash at either end
 * @param writable whether some role writes in it: then its group may
 */
public record RequiredPath(String path, boolean writable) {
    public RequiredPath {
        Objects.requireNonNull(path, "path");
        for (String segment : path.split("/", -1)) {
            if (segment.isEmpty() || segment.equals(".") || segment.equals("..")) {
                throw new IllegalArgumentException(
                        "expected a path such as 'a/b' below the volume's root, found '%s'; leave out '/' at either end, '//', '.' and '..'"
                                .formatted(path));
            }
        }
    }
}
