package dev.aquifer.node.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class NameTest {
    @Test
    void aNameIsAnyBytes() {
        var bytes = new byte[255];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (i == '/' || i == 0 ? 'x' : i);
        }

        assertThat(Name.of(bytes).bytes()).isEqualTo(bytes);
    }

    @ParameterizedTest
    @ValueSource(strings = {"...", ".a", "..a", "a..", " ", "-rf", "\n", "lost+found"})
    void aNameThatOnlyLooksOddIsFine(String text) {
        assertThat(Name.of(text).length()).isEqualTo(text.length());
    }

    @ParameterizedTest
    @MethodSource
    void refusesWhatWouldLeadOutOfTheDirectory(byte[] bytes) {
        assertThatExceptionOfType(InvalidListing.class)
                .isThrownBy(() -> Name.of(bytes))
                .withMessageContaining("Expected a name");
    }

    static Stream<byte[]> refusesWhatWouldLeadOutOfTheDirectory() {
        return Stream.of(
                new byte[0],
                new byte[256],
                new byte[] {'.'},
                new byte[] {'.', '.'},
                new byte[] {'/'},
                new byte[] {'a', '/', 'b'},
                new byte[] {'a', 0});
    }

    @Test
    void orderIsThatOfUnsignedBytes() {
        assertThat(Name.of(new byte[] {(byte) 0x80})).isGreaterThan(Name.of(new byte[] {0x7f}));
        assertThat(Name.of("a")).isLessThan(Name.of("aa"));
    }

    @Test
    void peopleSeeEscapes() {
        assertThat(Name.of(new byte[] {'a', '\n', (byte) 0xc3, '\\'})).hasToString("a\\x0a\\xc3\\x5c");
    }
}
