package dev.aquifer.e2e.guide;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aquifer.e2e.ProjectFiles;
import dev.aquifer.e2e.pages.Markdown;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Links of the project's Markdown files: those within the project lead somewhere, all others could. */
class LinksTest {

    @Test
    void allLeadSomewhere() throws IOException {
        List<Path> files = ProjectFiles.below("", ".md");
        assertThat(files).contains(ProjectFiles.TOP.resolve("README.md"), ProjectFiles.DOCS.resolve("runbook.md"));

        List<String> dead = new ArrayList<>();
        for (Path file : files) {
            for (String link : Markdown.read(file).links()) {
                if (link.contains("://") ? !isOfTheWeb(link) : !leads(file, link)) {
                    dead.add(ProjectFiles.TOP.relativize(file) + ": " + link);
                }
            }
        }
        assertThat(dead).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "https://kubernetes.io/docs/, true",
        "http://kubernetes.io/docs/, false",
        "https:///docs/, false",
        "https://kubernetes/docs/, false",
        "https://kubernetes.io/docs/{, false"
    })
    void aLinkOfTheWebIsHttpsToAHost(String link, boolean is) {
        assertThat(isOfTheWeb(link)).isEqualTo(is);
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

    /** Well-formed, and encrypted: whether anybody answers is not asked, for tests need no network. */
    private static boolean isOfTheWeb(String link) {
        try {
            URI uri = new URI(link);
            return "https".equals(uri.getScheme())
                    && uri.getHost() != null
                    && uri.getHost().contains(".");
        } catch (URISyntaxException e) {
            return false;
        }
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
