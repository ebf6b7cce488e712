package dev.aquifer.webhook.inject.pod;

import java.util.ArrayList;
import java.util.List;

/**
 * An absolute path in a container, in its shortest form: no empty, {@code .} or {@code ..} segments and no slash at the
 * end.
 */
public record MountPath(String value) {
    private static final MountPath ROOT = new MountPath("/");

    /** Reads a path as the runtime would take it: relative ones start at the root. */
    public static MountPath of(String path) {
        if (isShortest(path)) {
            return new MountPath(path);
        }
        List<String> segments = new ArrayList<>();
        for (String segment : path.split("/", -1)) {
            if (segment.equals("..")) {
                if (!segments.isEmpty()) {
                    segments.removeLast();
                }
            } else if (!segment.isEmpty() && !segment.equals(".")) {
                segments.add(segment);
            }
        }
        return segments.isEmpty() ? ROOT : new MountPath("/" + String.join("/", segments));
    }

    private static boolean isShortest(String path) {
        return path.length() > 1
                && path.charAt(0) == '/'
                && path.charAt(path.length() - 1) != '/'
                && !path.contains("//")
                && !path.contains("/.");
    }

    /** The path of something relative to this one; {@code /} is this path itself. */
    public MountPath resolve(String relative) {
        return of(value + "/" + relative);
    }

    /** Whether the other path is this one or lies below it. */
    public boolean contains(MountPath other) {
        if (!other.value.startsWith(value)) {
            return false;
        }
        return equals(ROOT) || other.value.length() == value.length() || other.value.charAt(value.length()) == '/';
    }

    /** Whether one of the two is, or lies below, the other. */
    public boolean meets(MountPath other) {
        return contains(other) || other.contains(this);
    }
}
