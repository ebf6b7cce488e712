package dev.aquifer.node.linux;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Names as the kernel has them: bytes that need not be text. */
public final class Bytes {
    private static final byte[] NONE = {};

    private Bytes() {}

    /** A name that stands for the descriptor itself, in the calls that allow it. */
    public static byte[] none() {
        return NONE;
    }

    /** The path's bytes in UTF-8. Only for paths of settings: names of content never were text. */
    public static byte[] of(Path path) {
        return path.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** For messages: printable ASCII as it is, each other byte, quote and backslash as {@code \xNN}. */
    public static String readable(byte[] name) {
        StringBuilder text = new StringBuilder(name.length);
        for (byte b : name) {
            if (b >= ' ' && b < 0x7f && b != '\'' && b != '\\') {
                text.append((char) b);
            } else {
                text.append("\\x%02x".formatted(b & 0xff));
            }
        }
        return text.toString();
    }

    /**
     * Guards the calls that follow no openat2 rules: a name must not lead anywhere but into its directory.
     *
     * @throws IllegalArgumentException for an empty name, "." and "..", and one with a slash or a zero byte
     */
    static byte[] component(byte[] name) {
        if (name.length == 0 || isDots(name) || has(name, (byte) '/') || has(name, (byte) 0)) {
            throw new IllegalArgumentException(
                    "expected one name within a directory, found '%s'".formatted(readable(name)));
        }
        return name;
    }

    /** @throws IllegalArgumentException for one with a zero byte, where the kernel would stop reading */
    static byte[] path(byte[] path) {
        if (has(path, (byte) 0)) {
            throw new IllegalArgumentException(
                    "expected a path without zero bytes, found '%s'".formatted(readable(path)));
        }
        return path;
    }

    /** {@code /proc/self/fd/N}, and the name in it if there is one. */
    static byte[] through(Fd dir, byte[] name) {
        ByteArrayOutputStream path = new ByteArrayOutputStream();
        path.writeBytes(("/proc/self/fd/" + dir.number()).getBytes(StandardCharsets.US_ASCII));
        if (name.length > 0) {
            path.write('/');
            path.writeBytes(component(name));
        }
        return path.toByteArray();
    }

    private static boolean isDots(byte[] name) {
        return name[0] == '.' && (name.length == 1 || (name.length == 2 && name[1] == '.'));
    }

    private static boolean has(byte[] name, byte wanted) {
        for (byte b : name) {
            if (b == wanted) {
                return true;
            }
        }
        return false;
    }
}
