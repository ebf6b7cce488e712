package dev.aquifer.node.linux;

import static dev.aquifer.node.linux.Calls.name;
import static dev.aquifer.node.linux.Calls.refused;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.file.Files.readString;
import static java.nio.file.Files.writeString;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DataTest {
    private static final int MIB = 1 << 20;

    @TempDir
    Path folder;

    private Fd dir;
    private Fd file;

    @BeforeEach
    void open() throws IOException {
        dir = Files.openRoot(folder);
        file = Files.open(dir, name("file"), Open.CREATE | Open.READ_WRITE, 0600);
    }

    @AfterEach
    void close() {
        file.close();
        dir.close();
    }

    @Test
    void isWrittenAndReadAtAnOffset() throws IOException {
        Data.writeFully(file, direct("--cdef--").position(2).limit(6), 2);
        Data.fsync(file);
        Data.fdatasync(file);

        ByteBuffer read = ByteBuffer.allocateDirect(10).position(1);
        Data.readFully(file, read, 3);
        assertThat(text(read.flip())).isEqualTo("\0def");
    }

    @Test
    void endsWhereTheFileEnds() throws IOException {
        writeString(folder.resolve("file"), "12345");
        Data.truncate(file, 3);

        assertThat(Data.read(file, ByteBuffer.allocateDirect(10), 0)).isEqualTo(3);
        assertThat(Data.read(file, ByteBuffer.allocateDirect(10), 3)).isZero();
    }

    @Test
    void isNotReadIntoTheHeap() {
        assertThatThrownBy(() -> Data.read(file, ByteBuffer.allocate(10), 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("expected a direct buffer, found one on the heap");
    }

    @Test
    void hasHolesThatAreFound() throws IOException {
        Data.truncate(file, 2 * MIB);
        Data.writeFully(file, direct("x"), MIB);

        assertThat(Data.nextData(file, 0)).isEqualTo(MIB);
        refused(Errno.ENXIO, () -> Data.nextData(file, 2 * MIB - 1));
    }

    @Test
    void givesBackBlocksWithoutAChangeOfSize() throws IOException {
        writeString(folder.resolve("file"), "x".repeat(MIB));
        assertThat(Metadata.stat(file).allocated()).isGreaterThanOrEqualTo(MIB);

        Data.punchHole(file, 0, MIB);
        assertThat(Metadata.stat(file)).returns(0L, Stat::allocated).returns((long) MIB, Stat::size);
    }

    @Test
    void isSharedWhereTheFileSystemCan() throws IOException {
        writeString(folder.resolve("file"), "x".repeat(MIB));
        try (Fd copy = Files.open(dir, name("copy"), Open.CREATE | Open.WRITE, 0600)) {
            Data.cloneRange(file, 0, MIB, copy, 0);
        } catch (LinuxException e) {
            assertThat(e.errno()).isIn(Errno.EOPNOTSUPP, Errno.EXDEV, Errno.ENOTTY);
            abort("this file system shares no blocks");
        }
        assertThat(readString(folder.resolve("copy"))).isEqualTo("x".repeat(MIB));
    }

    @Test
    void isLockedByOneUntilItIsClosed() throws IOException {
        try (Fd first = Files.open(dir, name("file"), Open.READ, 0)) {
            Data.flock(first, Data.EXCLUSIVE);
            refused(Errno.EAGAIN, () -> Data.flock(file, Data.EXCLUSIVE));
            refused(Errno.EAGAIN, () -> Data.flock(file, Data.SHARED));
        }
        Data.flock(file, Data.EXCLUSIVE);
    }

    @Test
    void canWaitForOthers() throws Exception {
        AtomicReference<@Nullable LinuxException> failure = new AtomicReference<>();
        Thread idle = Thread.ofPlatform().start(() -> {
            try {
                Data.idlePriority();
            } catch (LinuxException e) {
                failure.set(e);
            }
        });
        idle.join();

        assertThat(failure).hasNullValue();
    }

    @Test
    void fillsAFileSystemThatSaysHowFullItIs() throws IOException {
        FileSystem system = FileSystem.of(dir);
        java.nio.file.FileStore store = java.nio.file.Files.getFileStore(folder);

        assertThat(system.totalBytes()).isEqualTo(store.getTotalSpace());
        assertThat(system.availableBytes()).isBetween(1L, system.totalBytes());
        assertThat(system.readOnly()).isFalse();
    }

    private static ByteBuffer direct(String text) {
        return ByteBuffer.allocateDirect(text.length())
                .put(text.getBytes(US_ASCII))
                .flip();
    }

    private static String text(ByteBuffer buffer) {
        return US_ASCII.decode(buffer).toString();
    }
}
