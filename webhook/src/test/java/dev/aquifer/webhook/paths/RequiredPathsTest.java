package dev.aquifer.webhook.paths;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aquifer.webhook.api.Access;
import dev.aquifer.webhook.api.PathRule;
import dev.aquifer.webhook.api.Role;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequiredPathsTest {
    @Test
    void theRootIsThereByItself() {
        assertThat(RequiredPaths.of(List.of(role(rule("/", Access.ReadOnly))))).isEmpty();
    }

    @Test
    void aDirectoryThatAnyRoleWritesIsWritable() {
        assertThat(RequiredPaths.of(List.of(
                        role(rule("results", Access.ReadOnly), rule("software", Access.ReadOnly)),
                        role(rule("results", Access.ReadWrite)))))
                .containsExactly(new RequiredPath("results", true), new RequiredPath("software", false));
    }

    @Test
    void whatCoversAPathOfAMountedDirectoryNeedsAMountPoint() {
        assertThat(RequiredPaths.of(List.of(role(
                        rule("/", Access.ReadOnly), rule("results", Access.Hidden), rule("scratch", Access.Scratch)))))
                .containsExactly(new RequiredPath("results", false), new RequiredPath("scratch", false));
    }

    @Test
    void whatLiesBelowNothingMountedNeedsNothingInTheSource() {
        assertThat(RequiredPaths.of(
                        List.of(role(rule("data", Access.ReadOnly), rule("database/scratch", Access.Scratch)))))
                .containsExactly(new RequiredPath("data", false));
    }

    @Test
    void parentsComeBeforeTheirChildren() {
        assertThat(RequiredPaths.of(List.of(role(rule("a/b", Access.ReadWrite), rule("a", Access.ReadOnly)))))
                .containsExactly(new RequiredPath("a", false), new RequiredPath("a/b", true));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/", "/a", "a/", "a//b", "..", "a/../b", "."})
    void aPathThatLeavesTheVolumeIsNone(String path) {
        assertThatThrownBy(() -> new RequiredPath(path, false)).hasMessageContaining("below the volume's root");
    }

    private static Role role(PathRule... rules) {
        return new Role("role", null, List.of(rules), null);
    }

    private static PathRule rule(String path, Access access) {
        return new PathRule(path, access, null);
    }
}
