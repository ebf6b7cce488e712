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

    @Test
    void isReadFromTheKernel() throws IOException {
        assertThat(MountTable.read().mounts()).extracting(MountInfo::point).contains("/", "/proc");
    }
}
