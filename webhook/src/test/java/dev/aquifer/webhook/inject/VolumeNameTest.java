package dev.aquifer.webhook.inject;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VolumeNameTest {
    private static final String DNS_LABEL = "[a-z0-9]([-a-z0-9]*[a-z0-9])?";

    @ParameterizedTest
    @ValueSource(strings = {"ref-data", "", "a.b.c", "Ünïcode_Ä", "-", "..", "/ref/a b", "\uD800"})
    void isADnsLabelOfWhateverItStandsFor(String identity) {
        assertThat(VolumeName.of(identity, identity)).matches(DNS_LABEL).hasSizeLessThanOrEqualTo(63);
    }

    @Test
    void leavesRoomForANumberBehindTheLongestName() {
        String name = VolumeName.of("a".repeat(253), "a".repeat(253));
        Set<String> taken = new HashSet<>(Set.of(name));
        for (int i = 2; i < 1000; i++) {
            taken.add(name + "-" + i);
        }
        assertThat(VolumeName.untaken(name, taken)).isEqualTo(name + "-1000").hasSizeLessThanOrEqualTo(63);
    }

    @Test
    void isTheSameInEveryVersion() {
        assertThat(VolumeName.of("ref-data", "ref-data")).isEqualTo("aquifer-ref-data-1d86hle912wz2");
    }

    @Test
    void tellsLongNamesApartThatBeginAlike() {
        String long1 = "a".repeat(252) + "1";
        String long2 = "a".repeat(252) + "2";
        assertThat(VolumeName.of(long1, long1)).isNotEqualTo(VolumeName.of(long2, long2));
    }

    @Test
    void tellsApartWhatHashesAlikeInJava() {
        assertThat("an".hashCode()).isEqualTo("c0".hashCode());
        assertThat(VolumeName.of("x", "an")).isNotEqualTo(VolumeName.of("x", "c0"));
    }

    @Test
    void isTheNameItselfWhenNothingHasIt() {
        assertThat(VolumeName.untaken("aquifer-x", Set.of("aquifer-y"))).isEqualTo("aquifer-x");
    }
}
