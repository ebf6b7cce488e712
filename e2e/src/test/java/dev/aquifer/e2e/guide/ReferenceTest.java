package dev.aquifer.e2e.guide;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aquifer.e2e.ProjectFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Pages of the guide that are made of the code. With {@code -Dgolden.write=true} they are written anew. */
class ReferenceTest {
    private static final Path CHART = ProjectFiles.TOP.resolve("manifests/chart");

    @Test
    void theOptionsOfAquiferAreThoseOfThePage() throws IOException {
        compare("options-aquifer.md", OptionReference.ofAquifer());
    }

    @Test
    void theOptionsOfAquiferNodeAreThoseOfThePage() throws IOException {
        compare("options-aquifer-node.md", OptionReference.ofAquiferNode());
    }

    @Test
    void theChartsValuesAreThoseOfThePage() throws IOException {
        compare(
                "chart-values.md",
                ValuesReference.page(
                        Files.readString(CHART.resolve("values.yaml")),
                        Files.readString(CHART.resolve("values.schema.json"))));
    }

    @Test
    void noValueOfTheChartsSchemaIsWithoutARow() throws IOException {
        String page = Files.readString(ProjectFiles.DOCS.resolve("chart-values.md"));

        assertThat(ValuesReference.paths(
                        Files.readString(CHART.resolve("values.yaml")),
                        Files.readString(CHART.resolve("values.schema.json"))))
                .allSatisfy(path -> assertThat(page).contains("| `%s` |".formatted(path)));
    }

    /** The definition is compared with the code by a test of its own. */
    @Test
    void theFieldsOfSharedVolumeAreThoseOfThePage() throws IOException {
        compare(
                "sharedvolume.md",
                SharedVolumeReference.page(Files.readString(CHART.resolve("crd/sharedvolumes.aquifer.dev.yaml"))));
    }

    private static void compare(String page, String made) throws IOException {
        Path file = ProjectFiles.DOCS.resolve(page);
        if (Boolean.getBoolean("golden.write")) {
            Files.writeString(file, made);
        }
        assertThat(file).content().isEqualTo(made);
    }
}
