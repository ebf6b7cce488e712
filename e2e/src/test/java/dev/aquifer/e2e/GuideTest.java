package dev.aquifer.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which commands of the guide are run, and which are not. */
class GuideTest {
    /** Pages whose commands are run, in the order of a reader who goes through all of them. */
    static final List<String> PAGES =
            List.of("quick-start.md", "owner.md", "tenant.md", "runbook.md", "operations.md", "admin.md");

    private static final int MOST_LEFT_OUT = 4;

    @TempDir
    private Path folder;

    @Test
    void almostAllCommandsAreRun() throws IOException {
        List<GuideStep> steps = new ArrayList<>();
        for (String page : PAGES) {
            steps.addAll(GuideStep.of(ProjectFiles.DOCS.resolve(page)));
        }

        assertThat(steps)
                .filteredOn(GuideStep.Leave.class::isInstance)
                .hasSizeLessThanOrEqualTo(MOST_LEFT_OUT)
                .allSatisfy(
                        step -> assertThat(((GuideStep.Leave) step).reason()).hasSizeGreaterThan(20));
        assertThat(steps).filteredOn(GuideStep.Run.class::isInstance).hasSizeGreaterThan(25);
    }

    @Test
    void aBlockIsWhatThePageSaysOfIt() throws IOException {
        assertThat(GuideStep.of(page("""
                <!-- file: a.yaml -->
                ```yaml
                a: 1
                ```
                ```yaml
                only: shown
                ```
                ```sh
                ls
                ```
                ```output
                a.yaml
                ```
                <!-- not run: it would hurt -->
                ```sh
                rm -r .
                ```
                """)))
                .containsExactly(
                        new GuideStep.Save("page.md:2", "a.yaml", "a: 1\n"),
                        new GuideStep.Run("page.md:8", "ls\n", List.of("a.yaml")),
                        new GuideStep.Leave("page.md:15", "it would hurt"));
    }

    @Test
    void outputIsLookedForInItsOrder() {
        Pattern expected = new GuideStep.Run("", "", List.of("one…three", "four")).expected();

        assertThat("zero\none two three\n...\nfour").containsPattern(expected);
        assertThat("four\none two three").doesNotContainPattern(expected);
        assertThat("one\nthree\nfour").doesNotContainPattern(expected);
    }

    @Test
    void aBlockThatNobodyCouldCheckIsRefused() throws IOException {
        Path nameless = page("```\nls\n```\n");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> GuideStep.of(nameless))
                .withMessageContaining("page.md:1: expected a block of sh, output or yaml");

        Path orphan = page("```output\nnothing\n```\n");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> GuideStep.of(orphan))
                .withMessageContaining("expected commands right before");
    }

    private Path page(String text) throws IOException {
        return Files.writeString(folder.resolve("page.md"), text);
    }
}
