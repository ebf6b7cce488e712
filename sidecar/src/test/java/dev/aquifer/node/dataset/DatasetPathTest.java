package dev.aquifer.node.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Collections;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class DatasetPathTest {
    @Test
    void namesComeBackAsTheyWere() {
        var path = DatasetPath.parse("a/b c/d");

        assertThat(path.names()).containsExactly(Name.of("a"), Name.of("b c"), Name.of("d"));
        assertThat(path.bytes()).asString().isEqualTo("a/b c/d");
        assertThat(path.parent()).isEqualTo(DatasetPath.parse("a/b c"));
        assertThat(path.parent().child(path.last())).isEqualTo(path);
    }

    @Test
    void noBytesAreTheRoot() {
        assertThat(DatasetPath.parse("")).isEqualTo(DatasetPath.ROOT);
        assertThat(DatasetPath.ROOT.bytes()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/a", "a/", "a//b", ".", "..", "a/../b", "a/./b", "../a", "a\0b"})
    void refusesWhatCouldEscape(String text) {
        assertThatExceptionOfType(InvalidListing.class).isThrownBy(() -> DatasetPath.parse(text));
    }

    @Test
    void thousandNamesAreTheDeepest() {
        var deepest = new DatasetPath(Collections.nCopies(DatasetPath.DEEPEST, Name.of("x".repeat(255))));

        assertThat(DatasetPath.parse(deepest.bytes())).isEqualTo(deepest);
        assertThatExceptionOfType(InvalidListing.class).isThrownBy(() -> deepest.child(Name.of("y")));
    }
}
