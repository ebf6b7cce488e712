package dev.aquifer.webhook.chart;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.aquifer.webhook.testing.Completed;
import dev.aquifer.webhook.testing.ControlPlane;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The files of values that {@link ChartIT} renders, all together. */
class ValuesMatrixIT {
    @RegisterExtension
    static final ControlPlane api = new ControlPlane();

    private static final YAMLMapper YAML = new YAMLMapper();

    @TempDir
    private Path folder;

    /** So that none is misspelt in the templates: a value that is nowhere read would leave everything as it is. */
    @Test
    void everyValueOfTheChartChangesWhatIsRenderedOfOne() throws IOException {
        JsonNode defaults = YAML.readTree(Release.CHART.resolve("values.yaml").toFile());
        Set<JsonPointer> left = leaves(JsonPointer.empty(), defaults).collect(Collectors.toSet());
        assertThat(left).hasSizeGreaterThan(100);

        for (ObjectNode file : files()) {
            Completed whole = render(file);
            whole.succeeded();
            left.removeIf(value -> isAnother(value, defaults, file)
                    && !render(without(value, file)).equals(whole));
        }

        assertThat(left)
                .as("values that no file changes, or that change nothing there")
                .isEmpty();
    }

    /** What is said of one thing; an empty object is a value. */
    private static Stream<JsonPointer> leaves(JsonPointer place, JsonNode node) {
        return node.isObject() && !node.isEmpty()
                ? node.properties().stream()
                        .flatMap(member -> leaves(place.appendProperty(member.getKey()), member.getValue()))
                : Stream.of(place);
    }

    private static boolean isAnother(JsonPointer value, JsonNode defaults, JsonNode file) {
        return !file.at(value).isMissingNode() && !file.at(value).equals(defaults.at(value));
    }

    private static ObjectNode without(JsonPointer value, ObjectNode file) {
        ObjectNode without = file.deepCopy();
        ((ObjectNode) without.at(value.head())).remove(value.last().getMatchingProperty());
        return without;
    }

    /** A complaint is another answer too. */
    private Completed render(ObjectNode values) {
        try {
            Path file = Files.write(folder.resolve("values.yaml"), YAML.writeValueAsBytes(values));
            return api.command().run("helm", "template", "aquifer", Release.CHART.toString(), "--values=" + file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<ObjectNode> files() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("src", "test", "resources", "chart", "values"))) {
            List<ObjectNode> read = new ArrayList<>();
            for (Path file : files.sorted().toList()) {
                read.add((ObjectNode) YAML.readTree(file.toFile()));
            }
            return read;
        }
    }
}
