package dev.aquifer.node.cache;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aquifer.node.linux.Bytes;
import dev.aquifer.node.linux.Errno;
import dev.aquifer.node.linux.Fd;
import dev.aquifer.node.linux.LinuxException;
import dev.aquifer.node.linux.Metadata;
import dev.aquifer.node.linux.NeedsRoot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The label is an extended attribute, which root may set without SELinux too. */
@NeedsRoot
final class SelinuxLabelTest {
    private static final String ATTRIBUTE = "security.selinux";

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"system_u:system_r:spc_t:s0\0", "system_u:system_r:container_t:s0:c12,c34\n"})
    void isThatOfFilesThatAllContainersMayReadWhereSelinuxIsOn(String own) throws IOException {
        open(own).close();

        assertThat(label(cache())).isEqualTo("system_u:object_r:container_file_t:s0\0");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "unconfined\n", "cri-containerd.apparmor.d (enforce)\n"})
    void isNotThereWhereAnotherModuleIsOnOrNone(String own) throws IOException {
        open(own).close();

        assertThat(label(cache())).isNull();
    }

    /** What is made afterwards takes it over; what was made before would not have it. */
    @Test
    void isSetBeforeTheFirstFileIsMade() throws Exception {
        // it has no extended attributes, so that the label fails
        run("mount", "-t", "ramfs", "none", Files.createDirectory(cache()).toString());
        try {
            assertThatThrownBy(() -> open("system_u:system_r:spc_t:s0"))
                    .isInstanceOfSatisfying(
                            LinuxException.class,
                            refused -> assertThat(refused.errno()).isEqualTo(Errno.EOPNOTSUPP));
            assertThat(cache()).isEmptyDirectory();
        } finally {
            run("umount", cache().toString());
        }
    }

    private CacheFolder open(String own) throws IOException {
        Path context = Files.writeString(folder.resolve("own"), own);
        return CacheFolder.open(cache(), new Protection(false), new SelinuxLabel(context));
    }

    private Path cache() {
        return folder.resolve("cache");
    }

    private static @Nullable String label(Path path) throws IOException {
        try (Fd fd = dev.aquifer.node.linux.Files.openRoot(path)) {
            byte[] label = Metadata.extended(fd, Bytes.none(), ATTRIBUTE);
            return label == null ? null : new String(label, US_ASCII);
        }
    }

    private static void run(String... words) throws Exception {
        assertThat(new ProcessBuilder(words).inheritIO().start().waitFor()).isZero();
    }
}
