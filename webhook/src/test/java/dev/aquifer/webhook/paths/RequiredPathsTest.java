package dev.aquifer.webhook.paths;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aquifer.webhook.api.Access;
import dev.aquifer.webhook.api.PathRule;
import dev.aquifer.webhook.api.ReadPath;
import dev.aquifer.webhook.api.Role;
import dev.aquifer.webhook.api.SharedVolumeSpec;
import dev.aquifer.webhook.api.Source;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequiredPathsTest {
    @Test
    void theRootIsThereByItself() {
        assertThat(required(role(rule("/", Access.ReadOnly)))).isEmpty();
    }

    @Test
    void aDirectoryThatAnyRoleWritesIsWritable() {
        assertThat(required(
                        role(rule("results", Access.ReadOnly), rule("software", Access.ReadOnly)),
                        role(rule("results", Access.ReadWrite))))
                .containsExactly(new RequiredPath("results", true), new RequiredPath("software", false));
    }

    @Test
    void whatCoversAPathOfAMountedDirectoryNeedsAMountPoint() {
        assertThat(required(role(
                        rule("/", Access.ReadOnly), rule("results", Access.Hidden), rule("scratch", Access.Scratch))))
                .containsExactly(new RequiredPath("results", false), new RequiredPath("scratch", false));
    }

    @Test
    void whatLiesBelowNothingMountedNeedsNothingInTheSource() {
        assertThat(required(role(rule("data", Access.ReadOnly), rule("database/scratch", Access.Scratch))))
                .containsExactly(new RequiredPath("data", false));
    }

    @Test
    void ofACachedVolumeOnlyWhatIsWrittenOrLiesBesideThatNeedsToBeInTheSource() {
        Role writer = role(rule("/", Access.ReadOnly), rule("results", Access.ReadWrite), rule("tmp", Access.Scratch));
        Role reader = role(
                rule("/", Access.ReadOnly),
                rule("software", Access.ReadOnly),
                rule("scratch", Access.Scratch),
                rule("results/mine", Access.Hidden));
        SharedVolumeSpec cached = spec(ReadPath.Cached, writer, reader);

        assertThat(RequiredPaths.of(cached))
                .containsExactly(
                        new RequiredPath("results", true),
                        new RequiredPath("results/mine", false),
                        new RequiredPath("tmp", false));
        assertThat(RequiredPaths.missing(cached, reader, Set.of("results/mine")))
                .isEqualTo("results");
        assertThat(RequiredPaths.missing(cached, reader, Set.of("results/mine", "results")))
                .isNull();
    }

    @Test
    void aSubdirectoryThatPodsReachBySubPathMustBeThereToo() {
        Role reader = role(rule("/", Access.ReadOnly));
        SharedVolumeSpec spec = spec(claim("v1"), ReadPath.Direct, reader);

        assertThat(RequiredPaths.names(spec)).containsExactly("/v1");
        assertThat(RequiredPaths.of(spec)).isEmpty();
        assertThat(RequiredPaths.missing(spec, reader, Set.of())).isEqualTo("/v1");
        assertThat(RequiredPaths.missing(spec, reader, Set.of("/v1"))).isNull();
    }

    /** Their mount fails where it is not there. */
    @Test
    void aSubdirectoryInTheVolumesLocationIsNotLookedFor() {
        Source nfs = new Source(null, null, new Source.Nfs("server", "/export"), null, null, null, null, "v1");

        assertThat(RequiredPaths.names(spec(nfs, ReadPath.Direct, role(rule("/", Access.ReadOnly)))))
                .isEmpty();
    }

    @Test
    void parentsComeBeforeTheirChildren() {
        assertThat(required(role(rule("a/b", Access.ReadWrite), rule("a", Access.ReadOnly))))
                .containsExactly(new RequiredPath("a", false), new RequiredPath("a/b", true));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/", "/a", "a/", "a//b", "..", "a/../b", "."})
    void aPathThatLeavesTheVolumeIsNone(String path) {
        assertThatThrownBy(() -> new RequiredPath(path, false)).hasMessageContaining("below the volume's root");
    }

    private static List<RequiredPath> required(Role... roles) {
        return RequiredPaths.of(spec(ReadPath.Direct, roles));
    }

    private static SharedVolumeSpec spec(ReadPath readPath, Role... roles) {
        return spec(claim(null), readPath, roles);
    }

    private static Source claim(@Nullable String subdirectory) {
        return new Source(new Source.PersistentVolumeClaim("c"), null, null, null, null, null, null, subdirectory);
    }

    private static SharedVolumeSpec spec(Source source, ReadPath readPath, Role... roles) {
        return new SharedVolumeSpec(
                source, "/ref", readPath, List.of(roles), null, null, null, null, null, null, null, null, null);
    }

    private static Role role(PathRule... rules) {
        return new Role("role", null, List.of(rules), null);
    }

    private static PathRule rule(String path, Access access) {
        return new PathRule(path, access, null);
    }
}
