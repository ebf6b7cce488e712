package dev.aquifer.webhook.entitlement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VolumesAnnotationTest {
    private static VolumeRequest request(String owner, String name, String role) {
        return new VolumeRequest(owner.isEmpty() ? null : owner, name, role.isEmpty() ? null : role);
    }

    @ParameterizedTest
    @CsvSource({
        "ref, '', ref, ''",
        "team-a/maps, team-a, maps, ''",
        "genomes@reader, '', genomes, reader",
        "team-a/maps@reader, team-a, maps, reader",
        "a.b-c.0, '', a.b-c.0, ''",
        "0/1@2, 0, 1, 2",
        "'  \t ref@x  ', '', ref, x",
    })
    void readsAnItem(String text, String owner, String name, String role) throws Exception {
        assertThat(VolumesAnnotation.parse(text)).containsExactly(request(owner, name, role));
    }

    @Test
    void readsAListInItsOrderWhateverTheSpaces() throws Exception {
        assertThat(VolumesAnnotation.parse("ref ,genomes@reader,  team-a/ref"))
                .containsExactly(
                        request("", "ref", ""), request("", "genomes", "reader"), request("team-a", "ref", ""));
    }

    @Test
    void tellsANamespaceCalledNullFromNone() throws Exception {
        assertThat(VolumesAnnotation.parse("ref, null/ref"))
                .containsExactly(request("", "ref", ""), request("null", "ref", ""));
    }

    @Test
    void writesAnItemAsItWasRead() throws Exception {
        for (String item : new String[] {"ref", "a/ref", "ref@r", "a/ref@r"}) {
            assertThat(VolumesAnnotation.parse(item).getFirst()).hasToString(item);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Ref", "ref_1", "-ref", "ref-", "a b", "a//b", "/b", "a/", "a/b/c", "ref@", "@r", "ref@r@s", "ref@a/b",
                "a.b/c", "ref@a.b", "ref.", ".ref", "a..b", "réf", "ref;b", "ref@R", "A/ref"
            })
    void refusesWhatIsNoVolume(String item) {
        assertThatThrownBy(() -> VolumesAnnotation.parse(item))
                .isInstanceOf(InvalidAnnotationException.class)
                .hasMessageContaining("position 1: \"" + item + "\" is not a volume")
                .hasMessageContaining("write a comma-separated list of name, owner/name, name@role");
    }

    @ParameterizedTest
    @CsvSource({
        "'', 1, name is missing",
        "'   ', 4, name is missing",
        "'ref,', 5, name is missing",
        "',ref', 1, name is missing",
        "'ref,,b', 5, name is missing",
        "'ref, B', 6, is not a volume",
        "'ref,   b c', 8, is not a volume",
        "'ref, ref@r', 6, is named twice",
        "'a/ref, ref, a/ref', 13, is named twice",
    })
    void saysWhereTheFaultIs(String value, int position, String problem) {
        assertThatThrownBy(() -> VolumesAnnotation.parse(value))
                .isInstanceOf(InvalidAnnotationException.class)
                .hasMessageContaining("position " + position + ": ")
                .hasMessageContaining(problem);
    }

    @Test
    void takesNamesAsLongAsKubernetesDoesAndNoLonger() throws Exception {
        String label = "a".repeat(63);
        String name = "b".repeat(253);
        assertThat(VolumesAnnotation.parse(label + "/" + name + "@" + label))
                .containsExactly(request(label, name, label));
        for (String tooLong : new String[] {label + "a/x", name + "b", "x@" + label + "a"}) {
            assertThatThrownBy(() -> VolumesAnnotation.parse(tooLong)).hasMessageContaining("is not a volume");
        }
    }
}
