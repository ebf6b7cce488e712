package dev.aquifer.webhook.inject.pod;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MountPathTest {
    @ParameterizedTest
    @CsvSource({
        "/ref, /ref",
        "/ref/, /ref",
        "//ref///a//, /ref/a",
        "/ref/./a/., /ref/a",
        "/ref/../a, /a",
        "/../.., /",
        "/ref/a/../.., /",
        "ref/a, /ref/a",
        "'', /",
        "/, /",
        "., /",
        "/.hidden, /.hidden",
        "/a/..b/...c, /a/..b/...c",
        "/a b/é, /a b/é",
    })
    void isInItsShortestForm(String path, String shortest) {
        assertThat(MountPath.of(path).value()).isEqualTo(shortest);
        assertThat(MountPath.of(shortest).value()).isEqualTo(shortest);
    }

    @ParameterizedTest
    @CsvSource({
        "/ref, /ref, true",
        "/ref, /ref/a, true",
        "/ref, /refs, false",
        "/ref, /re, false",
        "/ref/a, /ref, false",
        "/, /ref, true",
        "/, /, true",
        "/ref, /, false",
    })
    void containsItselfAndWhatIsBelow(String path, String other, boolean contains) {
        assertThat(MountPath.of(path).contains(MountPath.of(other))).isEqualTo(contains);
    }

    @ParameterizedTest
    @CsvSource({"/ref, /ref/a/b, true", "/ref, /ref-a, false", "/a/b, /a/c, false", "/a, /a, true", "/a, /, true"})
    void meetsWhatIsAboveOrBelow(String path, String other, boolean meets) {
        assertThat(MountPath.of(path).meets(MountPath.of(other))).isEqualTo(meets);
        assertThat(MountPath.of(other).meets(MountPath.of(path))).isEqualTo(meets);
    }

    @ParameterizedTest
    @CsvSource({"/ref, a/b, /ref/a/b", "/ref, /, /ref", "/ref, /a, /ref/a", "/, a, /a"})
    void resolvesAPathBelowItself(String path, String relative, String resolved) {
        assertThat(MountPath.of(path).resolve(relative).value()).isEqualTo(resolved);
    }
}
