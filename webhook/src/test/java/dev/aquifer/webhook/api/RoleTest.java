package dev.aquifer.webhook.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RoleTest {
    @ParameterizedTest
    @CsvSource({"/, /,", "a, a, /", "ab, /, /", "a/b, a/b, a", "a/b/c, a/b, a/b", "a/c, a, a"})
    void findsTheNearestRuleAtAPathAndTheOneAroundIt(String path, String at, @Nullable String around) {
        Role role = role("a/b", "/", "a");

        assertThat(role.ruleAt(path)).extracting(PathRule::path).isEqualTo(at);
        assertThat(role.ruleAround(path)).isEqualTo(around == null ? null : rule(around));
    }

    @ParameterizedTest
    @CsvSource({"/", "b", "ab", "a-b/c"})
    void findsNoneWhereTheRoleShowsNothing(String path) {
        assertThat(role("a", "a/b").ruleAt(path)).isNull();
    }

    private static Role role(String... paths) {
        return new Role("reader", null, Stream.of(paths).map(RoleTest::rule).toList(), null);
    }

    private static PathRule rule(String path) {
        return new PathRule(path, Access.ReadOnly, null);
    }
}
