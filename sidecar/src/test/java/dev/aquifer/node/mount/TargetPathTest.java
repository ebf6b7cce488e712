package dev.aquifer.node.mount;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TargetPathTest {
    private static final String KUBELET = "/var/lib/kubelet";

    @Test
    void hasAParentAndAName() {
        String path = KUBELET + "/pods/1/volumes/kubernetes.io~csi/pv/mount";
        TargetPath target = TargetPath.parse(path, KUBELET);

        assertThat(target).hasToString(path);
        assertThat(target.parent()).asString().isEqualTo("pods/1/volumes/kubernetes.io~csi/pv");
        assertThat(target.name()).asString().isEqualTo("mount");
    }

    @Test
    void mayBeDirectlyInTheFolder() {
        TargetPath target = TargetPath.parse(KUBELET + "/mount", KUBELET);

        assertThat(target.parent()).isEmpty();
        assertThat(target.name()).asString().isEqualTo("mount");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "mount",
                "/etc",
                "/var/lib/kubelet",
                "/var/lib/kubelet/",
                "/var/lib/kubelet-other/mount",
                "/var/lib/kubelet/../mount",
                "/var/lib/kubelet/a/./b",
                "/var/lib/kubelet/a//b",
                "/var/lib/kubelet/a/",
                "/var/lib/kubelet/a\0b",
                "/var/lib//kubelet/a",
            })
    void isRefusedWithASentenceWhenItCouldLeadElsewhere(String path) {
        assertThatThrownBy(() -> TargetPath.parse(path, KUBELET))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("expected the target to be ");
    }

    @Test
    void isRefusedWhenItIsLongerThanTheKernelTakes() {
        assertThatThrownBy(() -> TargetPath.parse(KUBELET + "/x".repeat(2100), KUBELET))
                .hasMessageContaining("at most 4095 bytes")
                .message()
                .hasSizeLessThan(400);
    }
}
