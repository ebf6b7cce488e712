package dev.aquifer.node.cache;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.aquifer.node.linux.Data;
import dev.aquifer.node.linux.Errno;
import dev.aquifer.node.linux.Fd;
import dev.aquifer.node.linux.Files;
import dev.aquifer.node.linux.LinuxException;
import dev.aquifer.node.linux.Metadata;
import dev.aquifer.node.linux.Open;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Short files of our own, read and written whole. */
final class SmallFile {
    private static final byte[] SUFFIX = Names.ascii(".new");

    private SmallFile() {}

    /**
     * What the file holds, at most so many bytes of it.
     *
     * @return null where there is none
     */
    static byte @Nullable [] read(Fd dir, byte[] name, int most) throws LinuxException {
        try (Fd file = Files.open(dir, name, Open.READ, 0)) {
            // not as much as there may be: zeroing a megabyte for each record would cost more than reading it
            long size = Math.min(Metadata.stat(file).size(), most);
            ByteBuffer buffer = ByteBuffer.allocateDirect((int) size);
            Data.readFully(file, buffer, 0);
            byte[] bytes = new byte[buffer.flip().remaining()];
            buffer.get(bytes);
            return bytes;
        } catch (LinuxException failure) {
            if (failure.errno() == Errno.ENOENT) {
                return null;
            }
            throw failure;
        }
    }

    static @Nullable String text(Fd dir, byte[] name) throws LinuxException {
        byte[] bytes = read(dir, name, 4096);
        return bytes == null ? null : new String(bytes, UTF_8).strip();
    }

    /** Puts the text there whole or not at all, and durably. */
    static void replace(Fd dir, byte[] name, String text) throws LinuxException {
        byte[] fresh = new byte[name.length + SUFFIX.length];
        System.arraycopy(name, 0, fresh, 0, name.length);
        System.arraycopy(SUFFIX, 0, fresh, name.length, SUFFIX.length);
        try (Fd file = Files.open(dir, fresh, Open.WRITE | Open.CREATE | Open.TRUNCATE, 0600)) {
            write(file, text.getBytes(UTF_8));
            Data.fdatasync(file);
        }
        Files.rename(dir, fresh, dir, name, 0);
        Data.fsync(dir);
    }

    /** Whether it is the name of a file that {@link #replace} is about to put there, or was when a crash came. */
    static boolean isBegun(byte[] name) {
        int from = name.length - SUFFIX.length;
        return from >= 0 && Arrays.equals(name, from, name.length, SUFFIX, 0, SUFFIX.length);
    }

    static void write(Fd file, byte[] bytes) throws LinuxException {
        Data.writeFully(file, ByteBuffer.allocateDirect(bytes.length).put(bytes).flip(), 0);
    }
}
