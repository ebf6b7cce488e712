package dev.aquifer.webhook.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code aquifer doctor} says of the examples' volumes: nothing but what an example's README says itself. */
class ExamplesDoctorTest {
    private static final Path EXAMPLES = Path.of("..", "manifests", "examples");
    private static final String CLIMATE_REF = "climate-ref/shared-volume.yaml";
    private static final Map<String, List<String>> FINDINGS = Map.of(
            CLIMATE_REF,
            List.of("roles of climate-ref/ref", "boundary of climate-ref/ref"),
            "eden/shared-volume.yaml",
            List.of("boundary of eden/products"));

    static Stream<String> volumes() throws IOException {
        try (Stream<Path> files = Files.walk(EXAMPLES)) {
            return files
                    .filter(file -> file.toString().endsWith(".yaml"))
                    .filter(ExamplesDoctorTest::shares)
                    .map(file -> EXAMPLES.relativize(file).toString())
                    .sorted()
                    .toList()
                    .stream();
        }
    }

    @ParameterizedTest
    @MethodSource("volumes")
    void findsNothingButWhatTheReadmeSays(String file) throws IOException {
        assertThat(found(file)).isEqualTo(FINDINGS.getOrDefault(file, List.of()));
    }

    @Test
    void namesTheContradictionWithTheWayOutThatTheReadmeHas() throws IOException {
        assertThat(doctor(CLIMATE_REF).out())
                .contains("path scratch is Scratch for role worker", "ReadWrite for role orchestrator")
                .contains("if worker is to pass files to orchestrator there, set access: ReadWrite for both");
        assertThat(readme(CLIMATE_REF)).contains("`{path: scratch, access: ReadWrite}` instead of `Scratch`");
    }

    @ParameterizedTest
    @ValueSource(strings = {CLIMATE_REF, "eden/shared-volume.yaml"})
    void theReadmeSaysThatRolesKeepFromAccidentsAlone(String file) throws IOException {
        assertThat(doctor(file).out()).contains("roles prevent accidents only", "set guardSource: true");
        assertThat(readme(file)).contains("accidents", "`guardSource: true`");
    }

    private static String readme(String file) throws IOException {
        return Files.readString(EXAMPLES.resolve(file).resolveSibling("README.md"));
    }

    /** The checks that found something, and of which volume. */
    private static List<String> found(String file) throws IOException {
        List<String> found = new ArrayList<>();
        for (JsonNode finding : JsonMapper.builder()
                .build()
                .readTree(doctor(file, "--output=json").out())) {
            if (!finding.path("severity").asText().equals("ok")) {
                found.add(finding.path("check").asText() + " of "
                        + finding.path("subject").asText().replace("SharedVolume ", ""));
            }
        }
        return found;
    }

    private static Run doctor(String file, String... options) {
        return Run.of(Stream.concat(
                        Stream.of("doctor", "--with", EXAMPLES.resolve(file).toString()), Stream.of(options))
                .toArray(String[]::new));
    }

    private static boolean shares(Path file) {
        try {
            return Files.readString(file).contains("kind: SharedVolume");
        } catch (IOException e) {
            throw new IllegalStateException("cannot read " + file, e);
        }
    }
}
