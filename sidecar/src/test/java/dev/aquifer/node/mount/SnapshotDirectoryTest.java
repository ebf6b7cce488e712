package dev.aquifer.node.mount;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SnapshotDirectoryTest {
    private static final String DATASET = "0123456789abcdef0123456789abcdef";
    private static final String SNAPSHOT = "fedcba9876543210fedcba9876543210fedcba9876543210fedcba9876543210";
    private static final String DIRECTORY = "datasets/" + DATASET + "/snapshots/" + SNAPSHOT;

    @Test
    void isReadAndWrittenAlike() {
        SnapshotDirectory directory = SnapshotDirectory.parse(DIRECTORY);

        assertThat(directory)
                .isEqualTo(new SnapshotDirectory(DATASET, SNAPSHOT))
                .hasToString(DIRECTORY);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/" + DIRECTORY,
                "../" + DIRECTORY,
                DIRECTORY + "/",
                DIRECTORY + "/..",
                DIRECTORY + "\n",
                "datasets/" + DATASET + "/filling/" + SNAPSHOT,
                "datasets/../snapshots/" + SNAPSHOT,
                "datasets/" + DATASET + "/snapshots/ABCDEF9876543210" + SNAPSHOT,
            })
    void isNothingElse(String other) {
        assertThatThrownBy(() -> SnapshotDirectory.parse(other)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/var/lib/aquifer/cache/", "/@/cache/", "/odd name/", "/odd\nname/"})
    void isKnownInAMountWhereverTheCacheIs(String before) {
        assertThat(SnapshotDirectory.ofMount(before + DIRECTORY)).isEqualTo(SnapshotDirectory.parse(DIRECTORY));
        assertThat(SnapshotDirectory.ofMount(before + DIRECTORY + "//deleted"))
                .isEqualTo(SnapshotDirectory.parse(DIRECTORY));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/" + DIRECTORY + "/sub", "/x" + DIRECTORY, "/" + DIRECTORY + "x"})
    void isNotSeenInOtherMounts(String root) {
        assertThat(SnapshotDirectory.ofMount(root)).isNull();
    }
}
