package dev.aquifer.webhook.json;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class MemberNamesTest {
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 15, 16, 17, 18, 1000})
    void findsEachNameThatStandsTwiceAndNoOther(int count) {
        MemberNames names = new MemberNames();
        for (int i = 0; i < count; i++) {
            assertThat(names.add("name-" + i)).isTrue();
        }
        for (int i = 0; i < count; i++) {
            assertThat(names.add("name-" + i)).isFalse();
        }
        assertThat(names.add("other")).isTrue();
    }
}
