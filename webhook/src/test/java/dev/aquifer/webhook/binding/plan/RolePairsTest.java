package dev.aquifer.webhook.binding.plan;

import static dev.aquifer.webhook.entitlement.VolumeBuilder.path;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aquifer.webhook.api.Access;
import dev.aquifer.webhook.api.PathRule;
import dev.aquifer.webhook.binding.names.PairMode;
import dev.aquifer.webhook.entitlement.VolumeBuilder;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RolePairsTest {

    @ParameterizedTest
    @CsvSource({
        "ReadOnly, READ_ONLY",
        "ReadOnly ReadWrite, READ_WRITE",
        "ReadWrite Hidden, READ_WRITE",
        "Scratch ReadOnly, READ_ONLY",
        "Scratch Hidden, ''",
        "Scratch, ''"
    })
    void followTheWidestAccessOfARoleThatReadsDirectly(String accesses, String modes) {
        PathRule[] rules = Arrays.stream(accesses.split(" ", -1))
                .map(access -> path(access, Access.valueOf(access)))
                .toArray(PathRule[]::new);

        assertThat(texts(pairs(new VolumeBuilder("data", "ref"), rules))).isEqualTo(modes);
    }

    @ParameterizedTest
    @CsvSource({
        "/=ReadOnly, READ_ONLY CACHED",
        "/=ReadOnly results=Hidden, CACHED",
        "/=ReadOnly results=Scratch, CACHED",
        "/=ReadOnly results=ReadOnly, READ_ONLY CACHED",
        "/=ReadOnly results=Hidden results/mine=Hidden, CACHED",
        "software=ReadOnly, CACHED",
        "results/mine=ReadOnly, READ_ONLY",
        "results=ReadOnly, READ_ONLY",
        "resultsets=ReadOnly, CACHED",
        "tmp=Scratch, ''",
        "/=ReadOnly results=ReadWrite, READ_WRITE"
    })
    void areOfTheCacheForAllThatNoRoleWrites(String rules, String modes) {
        VolumeBuilder volume = new VolumeBuilder("data", "ref")
                .cached()
                .role("writer", path("/", Access.ReadOnly), path("results", Access.ReadWrite));

        assertThat(texts(pairs(volume, rules(rules)))).isEqualTo(modes);
    }

    @Test
    void areNeverOfTheCacheWhereARoleWritesEverything() {
        VolumeBuilder volume = new VolumeBuilder("data", "ref").cached().role("writer", path("/", Access.ReadWrite));

        assertThat(pairs(volume, rules("/=ReadOnly"))).containsExactly(PairMode.READ_ONLY);
    }

    private static PathRule[] rules(String text) {
        return Arrays.stream(text.split(" ", -1))
                .map(rule -> rule.split("=", -1))
                .map(rule -> path(rule[0], Access.valueOf(rule[1])))
                .toArray(PathRule[]::new);
    }

    private static Set<PairMode> pairs(VolumeBuilder volume, PathRule... rules) {
        var spec = volume.role("role", rules).build().spec();
        return RolePairs.of(spec, spec.roles().getLast());
    }

    private static String texts(Set<PairMode> modes) {
        return new TreeSet<>(modes).stream().map(PairMode::name).collect(Collectors.joining(" "));
    }
}
