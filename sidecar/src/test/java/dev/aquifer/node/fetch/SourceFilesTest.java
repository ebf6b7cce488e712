package dev.aquifer.node.fetch;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.aquifer.node.linux.Fd;
import dev.aquifer.node.linux.Metadata;
import dev.aquifer.node.linux.NeedsRoot;
import dev.aquifer.node.linux.Open;
import dev.aquifer.node.linux.Stat;
import dev.aquifer.node.origin.RunningOrigin;
import dev.aquifer.node.remote.TlsOrigins;
import dev.aquifer.node.testing.TestAuthority;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files of kinds that a plain copy loses or opens, from a source by way of a real origin to a node. */
@NeedsRoot
final class SourceFilesTest {
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final int MIB = 1 << 20;

    /** Tags and permissions of {@code linux/posix_acl.h}. */
    private static final Map<String, Integer> TAGS =
            Map.of("owner", 0x01, "user", 0x02, "group", 0x04, "named group", 0x08, "mask", 0x10, "other", 0x20);

    @TempDir
    Path folder;

    private Path source;

    @BeforeEach
    void makeSource() throws IOException {
        source = Files.createDirectory(folder.resolve("source"));
    }

    @Test
    void holesStayHolesAndCountForNothing() throws IOException {
        byte[] middle = "in the middle".getBytes(US_ASCII);
        sparse("sparse", 64 * MIB + 5, Map.of(21 * MIB, middle, 64 * MIB, new byte[] {1, 2, 3, 4, 5}));
        sparse("hole", 9 * MIB, Map.of());
        sparse("ends in a hole", 10 * MIB, Map.of(0, middle));

        try (RunningOrigin origin = origin();
                FetchingNode node = node(origin)) {
            Path tree = tree(node, origin);
            for (String name : new String[] {"sparse", "hole", "ends in a hole"}) {
                assertThat(Files.mismatch(tree.resolve(name), source.resolve(name)))
                        .as(name)
                        .isEqualTo(-1);
            }
            // a chunk of 4 MiB crosses the wire if anything is in it
            assertThat(node.registry.counter("aquifer.node.origin.bytes").count())
                    .isEqualTo(8.0 * MIB + 5);
            assertThat(stat(tree.resolve("sparse")))
                    .satisfies(stat -> assertThat(stat.allocated()).isBetween(4L * MIB, 5L * MIB));
            assertThat(stat(tree.resolve("hole")).allocated()).isZero();
            await().atMost(LONG)
                    .untilAsserted(
                            () -> assertThat(node.status().getLong("usedBytes")).isBetween(8L * MIB, 9L * MIB));
        }
    }

    @Test
    void anAccessListOpensNothingInTheCopy() throws IOException {
        Path file = Files.writeString(source.resolve("shared"), "x");
        list(file, "owner", 6, "user", 7, "group", 4, "mask", 6, "other", 0);
        Path masked = Files.writeString(source.resolve("masked"), "x");
        list(masked, "owner", 6, "user", 7, "group", 7, "mask", 4, "other", 4);
        Path directory = Files.createDirectory(source.resolve("team"));
        list(directory, "owner", 7, "group", 0, "named group", 7, "mask", 7, "other", 5);
        assertThat(permissions(file)).isEqualTo("rw-rw----");
        assertThat(permissions(directory)).isEqualTo("rwxrwxr-x");

        try (RunningOrigin origin = origin();
                FetchingNode node = node(origin)) {
            Path tree = tree(node, origin);
            assertThat(permissions(tree.resolve("shared"))).isEqualTo("rw-r-----");
            assertThat(permissions(tree.resolve("masked"))).isEqualTo("rw-r--r--");
            assertThat(permissions(tree.resolve("team"))).isEqualTo("rwx---r-x");
        }
    }

    /** Gives a file or directory an access list: names of {@link #TAGS}, each with its permissions. */
    private static void list(Path path, Object... tagsAndPermissions) throws IOException {
        ByteBuffer list = ByteBuffer.allocate(4 + tagsAndPermissions.length * 4).order(ByteOrder.LITTLE_ENDIAN);
        list.putInt(2);
        for (int i = 0; i < tagsAndPermissions.length; i += 2) {
            int tag = TAGS.getOrDefault((String) tagsAndPermissions[i], 0);
            boolean named = tag == 0x02 || tag == 0x08;
            list.putShort((short) tag)
                    .putShort(((Integer) tagsAndPermissions[i + 1]).shortValue())
                    .putInt(named ? 2000 : -1);
        }
        try (Fd fd = dev.aquifer.node.linux.Files.open(path, Open.READ)) {
            Metadata.setExtended(fd, "system.posix_acl_access", list.array());
        }
    }

    private void sparse(String name, long size, Map<Integer, byte[]> content) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(source.resolve(name).toFile(), "rw")) {
            file.setLength(size);
            for (Map.Entry<Integer, byte[]> each : content.entrySet()) {
                file.seek(each.getKey());
                file.write(each.getValue());
            }
        }
    }

    private static String permissions(Path path) throws IOException {
        Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(path);
        return PosixFilePermissions.toString(permissions);
    }

    private static Stat stat(Path path) throws IOException {
        try (Fd fd = dev.aquifer.node.linux.Files.open(path, Open.READ)) {
            return Metadata.stat(fd);
        }
    }

    private RunningOrigin origin() throws IOException {
        return RunningOrigin.start(RunningOrigin.settings(source, Files.createDirectory(folder.resolve("state"))));
    }

    private FetchingNode node(RunningOrigin origin) throws IOException {
        FetchSettings settings = TestSettings.settings(folder, folder.resolve("cache"), false, 0, 4);
        return new FetchingNode(settings, new TlsOrigins(origin.authority().contexts(TestAuthority.NODE)));
    }

    private static Path tree(FetchingNode node, RunningOrigin origin) throws IOException {
        return node.tree(FetchingNode.volume(RunningOrigin.DATASET, origin.port()));
    }
}
