package dev.aquifer.webhook.paths;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aquifer.webhook.api.Access;
import dev.aquifer.webhook.api.PathRule;
import dev.aquifer.webhook.api.Role;
import dev.aquifer.webhook.api.SharedVolumeSpec;
import dev.aquifer.webhook.api.Source;
import dev.aquifer.webhook.api.Source.PersistentVolumeClaim;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReplaceablePathsTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            # what one role writes         | what another mounts         | what the first could replace
            shared=ReadWrite               | shared/pub=ReadOnly         | shared/pub
            shared=ReadWrite               | shared/pub=ReadWrite        | shared/pub
            shared=ReadWrite               | shared/a/b=ReadOnly         | shared/a/b
            /=ReadWrite in=Hidden          | out=ReadOnly                | out
            shared=ReadWrite shared/a=ReadWrite | shared/a=ReadOnly      | shared/a
            shared=ReadWrite shared/a=ReadOnly  | shared/b/a=ReadOnly    | shared/b/a
            shared=ReadWrite shared/a/b=Scratch | shared/a/b=ReadOnly    | shared/a/b
            """)
    void aLinkInThePlaceOfAPathWouldLeadAnywhere(String writes, String mounts, String replaceable) {
        assertThat(ReplaceablePaths.find(spec(null, role("writer", writes), role("reader", mounts))))
                .startsWith(
                        "role \"reader\" mounts \"%s\", where pods of role \"writer\" could".formatted(replaceable));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            # what one role writes              | what another mounts, if anything
            shared=ReadWrite                    | shared=ReadOnly
            shared=ReadWrite                    | /=ReadOnly shared/pub=ReadOnly
            shared=ReadWrite                    | /=ReadOnly shared/pub=Hidden
            shared=ReadWrite                    | shared2/pub=ReadOnly
            /=ReadWrite                         | pub=ReadOnly
            shared=ReadWrite shared/a=ReadOnly  | shared/a=ReadOnly
            shared=ReadWrite shared/a=Hidden    | shared/a/b=ReadWrite
            shared=ReadWrite shared/a/b=ReadWrite | other=ReadOnly
            /=ReadOnly results=ReadWrite        | /=ReadOnly scratch=Scratch
            """)
    void whatCannotBeReplacedIsInOrder(String writes, String mounts) {
        assertThat(ReplaceablePaths.find(spec(null, role("writer", writes), role("reader", mounts))))
                .isNull();
    }

    @Test
    void whoWritesAllOfASubdirectoryCouldLeadOutOfIt() {
        Role all = role("all", "/=ReadWrite");
        Role reader = role("reader", "pub=ReadOnly");

        assertThat(ReplaceablePaths.find(spec("v1", all, reader))).contains("role \"all\"");
    }

    @Test
    void onlyTheRoleThatMountsSuchAPathIsAffected() {
        Role writer = role("writer", "shared=ReadWrite");
        Role reader = role("reader", "shared/pub=ReadOnly");
        SharedVolumeSpec spec = spec(null, writer, reader);

        assertThat(ReplaceablePaths.find(spec, writer)).isNull();
        assertThat(ReplaceablePaths.find(spec, reader))
                .isEqualTo(
                        "role \"reader\" mounts \"shared/pub\", where pods of role \"writer\" could put a link to anything in the source, since they write \"shared\": give role \"reader\" all of \"shared\", or list \"shared/pub\" in role \"writer\" with an access other than ReadWrite");
    }

    private static Role role(String name, String paths) {
        List<PathRule> rules = Arrays.stream(paths.split(" ", -1))
                .map(path -> path.split("=", 2))
                .map(path -> new PathRule(path[0], Access.valueOf(path[1]), null))
                .toList();
        return new Role(name, null, rules, null);
    }

    private static SharedVolumeSpec spec(@Nullable String subdirectory, Role... roles) {
        Source claim = new Source(new PersistentVolumeClaim("data"), null, null, null, null, null, null, subdirectory);
        return new SharedVolumeSpec(claim, "/ref", List.of(roles), null, null);
    }
}
