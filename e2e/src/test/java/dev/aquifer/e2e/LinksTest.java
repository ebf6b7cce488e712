package dev.aquifer.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Links of the project's Markdown files that lead to the project itself. */
class LinksTest {

    @Test
    void allLeadSomewhere() throws IOException {
        List<Path> files = ProjectFiles.below("", ".md");
        assertThat(files).contains(ProjectFiles.TOP.resolve("README.md"), ProjectFiles.DOCS.resolve("runbook.md"));

        List<String> dead = new ArrayList<>();
        for (Path file : files) {
            for (String link : Markdown.read(file).links()) {
                if (!link.contains("://") && !leads(file, link)) {
                    dead.add(ProjectFiles.TOP.relativize(file) + ": " + link);
                }
            }
        }
        assertThat(dead).isEmpty();
    }

    @Test
    void everyPageOfTheGuideCanBeReachedFromItsFirst() throws IOException {
        List<String> index =
                Markdown.read(ProjectFiles.DOCS.resolve("README.md")).links();

        for (Path page : ProjectFiles.below("docs", ".md")) {
            if (ProjectFiles.DOCS.equals(page.getParent()) && !page.endsWith("README.md")) {
                assertThat(index).contains(page.getFileName().toString());
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "A key that leaked, A-key-that-leaked",
        "The command `aquifer`, the-command-aquifer",
        "fetch --scrub-rate, fetch---scrub-rate"
    })
    void anAnchorIsWhatGitHubMakesOfAHeading(String heading, String anchor) {
        assertThat(Markdown.anchor(heading)).isEqualToIgnoringCase(anchor);
    }

    private static boolean leads(Path file, String link) throws IOException {
        String[] parts = link.split("#", 2);
        Path target = parts[0].isEmpty() ? file : file.resolveSibling(parts[0]).normalize();
        if (!Files.exists(target)) {
            return false;
        }
        return parts.length == 1 || Markdown.read(target).anchors().contains(parts[1]);
    }
}
