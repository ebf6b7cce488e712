package dev.aquifer.e2e.guide;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aquifer.e2e.ProjectFiles;
import java.io.IOException;
import java.lang.module.ModuleDescriptor.Version;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the pages say that a machine must have is what the builds ask for. */
class NeedsTest {

    @ParameterizedTest
    @ValueSource(strings = {"README.md", "CONTRIBUTING.md", "docs/quick-start.md"})
    void theGoOfThePageIsThatOfTheBuild(String page) throws IOException {
        String newest = "0";
        for (Path module : ProjectFiles.below("e2e/ground", "go.mod")) {
            String needed = Files.readAllLines(module).stream()
                    .filter(line -> line.startsWith("go "))
                    .map(line -> line.substring(3))
                    .findFirst()
                    .orElseThrow();
            newest = Comparator.comparing(Version::parse).compare(needed, newest) > 0 ? needed : newest;
        }

        assertThat(Files.readString(ProjectFiles.TOP.resolve(page))).contains("Go " + newest + " or newer");
    }
}
