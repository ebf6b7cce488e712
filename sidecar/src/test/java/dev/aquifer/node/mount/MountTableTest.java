package dev.aquifer.node.mount;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aquifer.node.linux.Device;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class MountTableTest {
    private static final MountTable TABLE = MountTable.parse("""
            25 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw
            30 25 0:26 / /var/lib/kubelet/pods/1/token rw,relatime shared:4 master:1 propagate_from:2 - tmpfs tmpfs rw
            31 25 8:1 /with\\040space\\011tab\\012line\\134back\\043hash /var/lib/kubelet/a\\040b rw - ext4 /dev/sda1 rw
            32 25 259:3 /r /var/lib/kubelet-other/x ro - xfs /dev/nvme0n1 rw
            33 25 8:1 /Größe//deleted /var/lib/kubelet ro - ext4 /dev/sda1 rw
            """);

    @Test
    void hasFieldsWhateverStandsBetweenThem() {
        assertThat(TABLE.byId(30))
                .isEqualTo(
                        new MountInfo(30, new Device(0, 26), "/", "/var/lib/kubelet/pods/1/token", "tmpfs", "tmpfs"));
        assertThat(TABLE.byId(32))
                .isEqualTo(
                        new MountInfo(32, new Device(259, 3), "/r", "/var/lib/kubelet-other/x", "xfs", "/dev/nvme0n1"));
        assertThat(TABLE.byId(99)).isNull();
    }

    @Test
    void takesBackEscapesAndKeepsOtherText() {
        assertThat(TABLE.byId(31))
                .isEqualTo(new MountInfo(
                        31,
                        new Device(8, 1),
                        "/with space\ttab\nline\\back#hash",
                        "/var/lib/kubelet/a b",
                        "ext4",
                        "/dev/sda1"));
        assertThat(TABLE.byId(33))
                .isEqualTo(new MountInfo(
                        33, new Device(8, 1), "/Größe//deleted", "/var/lib/kubelet", "ext4", "/dev/sda1"));
    }

    @Test
    void listsWhatIsBelowAFolderOnly() {
        assertThat(TABLE.below("/var/lib/kubelet")).extracting(MountInfo::id).containsExactly(30L, 31L);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "1 2 3",
                "x 1 8:1 / / rw - ext4 a b",
                "1 1 81 / / rw - ext4 a b",
                "1 1 8:1 /\\0x1 / rw - ext4 a b",
                "1 1 8:1 / / rw - ext4",
                "1 1 8:1 / / rw -"
            })
    void refusesALineThatIsNone(String line) {
        assertThatThrownBy(() -> MountInfo.parse(line)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void knowsAnOverlayOfOursByItsSourceAndNoOther() {
        String snapshot = "datasets/" + "0".repeat(32) + "/snapshots/" + "a".repeat(64);
        String line = "9 1 0:50 / /var/lib/kubelet/x ro - overlay %s ro,lowerdir=/proc/self/fd/5:/proc/self/fd/6";

        assertThat(MountInfo.parse(line.formatted("aquifer:" + snapshot)).snapshot())
                .hasToString(snapshot);
        assertThat(MountInfo.parse(line.formatted(snapshot)).snapshot()).isNull();
        assertThat(MountInfo.parse(line.formatted("overlay")).snapshot()).isNull();
    }

    /** The kernel escapes a newline in a name, and of all the other ends of lines none. */
    @ParameterizedTest
    @ValueSource(strings = {"a\rb", "a\u0085b", "a\u2028b", "a\u000bb", "a\fb", "a\r"})
    void takesANameWithAnotherEndOfLineForAName(String name) {
        MountTable table = MountTable.parse("""
                25 1 8:1 /pods/1/%s /var/lib/kubelet/pods/1/%s rw - ext4 /dev/sda1 rw
                26 1 8:1 / /var/lib/kubelet/pods/2 rw - ext4 /dev/sda1 rw
                """.formatted(name, name));

        assertThat(table.mounts()).extracting(MountInfo::id).containsExactly(25L, 26L);
        assertThat(table.below("/var/lib/kubelet"))
                .first()
                .isEqualTo(new MountInfo(
                        25,
                        new Device(8, 1),
                        "/pods/1/" + name,
                        "/var/lib/kubelet/pods/1/" + name,
                        "ext4",
                        "/dev/sda1"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1 2 3", "1 1 8:1 /\\0x1 /var/lib/kubelet/x rw - ext4 a b", "\ufffd"})
    void leavesOutALineThatItCannotReadAndThatIsNotOfASnapshot(String line) {
        MountTable table = MountTable.parse(line + "\n26 1 8:1 / / rw - ext4 /dev/sda1 rw\n");

        assertThat(table.mounts()).extracting(MountInfo::id).containsExactly(26L);
    }

    /** Else a snapshot that a pod uses would seem to be used by nobody, and be removed. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "26 1 8.1 /cache/%s /var/lib/kubelet/x ro - ext4 /dev/sda1 rw",
                "26 1 0:x / /var/lib/kubelet/x ro - overlay aquifer:%s ro,lowerdir=/proc/self/fd/5",
                "26 1 8:1 /cache\\0x1/%s//deleted /var/lib/kubelet/x ro - ext4 /dev/sda1 rw"
            })
    void isNotReadAtAllIfALineThatItCannotReadMayBeOfASnapshot(String line) {
        String snapshot = "datasets/" + "0".repeat(32) + "/snapshots/" + "a".repeat(64);

        assertThatThrownBy(() -> MountTable.parse(line.formatted(snapshot) + "\n"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(snapshot);
    }

    @Test
    void isReadFromTheKernel() throws IOException {
        assertThat(MountTable.read().mounts()).extracting(MountInfo::point).contains("/", "/proc");
    }
}
