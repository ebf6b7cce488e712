package dev.aquifer.node.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class DatasetKeyTest {
    private static final String TEXT = Base64.getUrlEncoder().withoutPadding().encodeToString(new byte[32]);

    @Test
    void aKeyMatchesItsOwnHashOnly() {
        var key = DatasetKey.parse(TEXT);
        var other = DatasetKey.parse("B" + TEXT.substring(1));

        assertThat(key.matches(key.sha256())).isTrue();
        assertThat(other.matches(key.sha256())).isFalse();
        assertThat(key.text()).isEqualTo(TEXT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "secretword", "not+base64/url=="})
    void aTextThatIsNoKeyIsRefusedWithoutRepeatingIt(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DatasetKey.parse(text))
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("secretword"));
    }

    @Test
    void aKeyDoesNotPrintItself() {
        assertThat(DatasetKey.parse(TEXT)).hasToString("DatasetKey");
    }
}
