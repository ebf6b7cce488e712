package dev.aquifer.node.mount;

import dev.aquifer.node.linux.Device;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * One line of {@code /proc/self/mountinfo} (proc_pid_mountinfo(5)).
 *
 * @param root what is mounted, as a path within its file system; "//deleted" is appended when it is no more
 * @param point where it is mounted
 * @param type of the file system
 * @param source what was named as its source
 */
record MountInfo(long id, Device device, String root, String point, String type, String source) {
    private static final int FIELDS = 6;
    private static final String SEPARATOR = " - ";

    /**
     * Reads a line; names that are not UTF-8 lose what is wrong in them, and so match nothing.
     *
     * @throws IllegalArgumentException if it is no such line
     */
    static MountInfo parse(String line) {
        String[] fields = line.split(" ", FIELDS);
        int separator = line.indexOf(SEPARATOR);
        String[] behind = line.substring(Math.min(line.length(), Math.max(0, separator) + SEPARATOR.length()))
                .split(" ", 3);
        String[] numbers = fields.length == FIELDS ? fields[2].split(":", 2) : new String[0];
        if (numbers.length != 2 || separator < 0 || behind.length != 3) {
            throw new IllegalArgumentException("expected a line of mountinfo, found '%s'".formatted(line));
        }
        Device device = new Device(Integer.parseInt(numbers[0]), Integer.parseInt(numbers[1]));
        return new MountInfo(
                Long.parseLong(fields[0]), device, plain(fields[3]), plain(fields[4]), behind[0], plain(behind[1]));
    }

    boolean isOverlay() {
        return type.equals(LowerLayers.TYPE);
    }

    /** The snapshot that is mounted, or was; null if it is none. */
    @Nullable SnapshotDirectory snapshot() {
        if (!isOverlay()) {
            return SnapshotDirectory.ofMount(root);
        }
        return source.startsWith(LowerLayers.SOURCE) && root.equals("/")
                ? SnapshotDirectory.ofMount(source.substring(LowerLayers.SOURCE.length()))
                : null;
    }

    /** Takes back the kernel's escapes: space, tab, newline, backslash and hash are three octal digits each. */
    private static String plain(String escaped) {
        if (escaped.indexOf('\\') < 0) {
            return escaped;
        }
        byte[] bytes = escaped.getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream plain = new ByteArrayOutputStream(bytes.length);
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] == '\\' && i + 3 < bytes.length) {
                plain.write(digit(bytes[i + 1]) << 6 | digit(bytes[i + 2]) << 3 | digit(bytes[i + 3]));
                i += 3;
            } else {
                plain.write(bytes[i]);
            }
        }
        return plain.toString(StandardCharsets.UTF_8);
    }

    private static int digit(byte character) {
        if (character < '0' || character > '7') {
            throw new IllegalArgumentException("expected an octal digit, found '%c'".formatted(character));
        }
        return character - '0';
    }
}
