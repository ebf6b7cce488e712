package dev.aquifer.e2e.guide;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.aquifer.e2e.ProjectFiles;
import dev.aquifer.e2e.pages.FollowedPages;
import dev.aquifer.e2e.pages.GuideStep;
import dev.aquifer.e2e.pages.Markdown;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which commands of the guide are run, and which are not. */
class GuideTest {
    private static final int MOST_LEFT_OUT = 8;

    @TempDir
    private Path folder;

    @Test
    void almostAllCommandsAreRun() throws IOException {
        List<GuideStep> steps = new ArrayList<>();
        for (Path page : pages()) {
            steps.addAll(GuideStep.of(page));
        }

        assertThat(steps)
                .filteredOn(GuideStep.Leave.class::isInstance)
                .hasSizeLessThanOrEqualTo(MOST_LEFT_OUT)
                .allSatisfy(
                        step -> assertThat(((GuideStep.Leave) step).reason()).hasSizeGreaterThan(20));
        assertThat(steps).filteredOn(GuideStep.Run.class::isInstance).hasSizeGreaterThan(25);
    }

    @Test
    void everyPageWithCommandsIsFollowed() throws IOException {
        List<Path> withCommands = new ArrayList<>();
        for (Path page : pages()) {
            if (GuideStep.of(page).stream().anyMatch(GuideStep.Run.class::isInstance)) {
                withCommands.add(page);
            }
        }

        assertThat(withCommands).containsExactlyInAnyOrderElementsOf(FollowedPages.all());
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
                .withMessageContaining("page.md:1: expected a block of sh, output, yaml, mermaid or text");

        Path orphan = page("```output\nnothing\n```\n");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> GuideStep.of(orphan))
                .withMessageContaining("expected commands right before");
    }

    @Test
    void theTestsOfABareMachineAreTheTwoCommandsOfTheReadme() throws IOException {
        List<String> commands = Markdown.read(ProjectFiles.TOP.resolve("README.md")).fences().stream()
                .filter(fence -> fence.language().equals("sh"))
                .findFirst()
                .orElseThrow()
                .text()
                .lines()
                .map(line -> line.replaceFirst("#.*", "").strip())
                .toList();

        assertThat(commands).containsExactly("e2e/demo", "mvn verify");
        assertThat(Files.readAllLines(ProjectFiles.TOP.resolve(".ci/run")))
                .as("mvn verify, and e2e/demo after it")
                .anyMatch(line -> line.equals("logged mvn verify || code=$?"))
                .anyMatch(line -> line.matches("then_run \\d+ e2e/demo"));
    }

    /** The whole guide, and what stands beside it for the same readers. */
    private static List<Path> pages() throws IOException {
        List<Path> pages = new ArrayList<>(List.of(ProjectFiles.TOP.resolve("README.md")));
        try (Stream<Path> guide = Files.list(ProjectFiles.DOCS)) {
            guide.filter(page -> page.toString().endsWith(".md")).forEach(pages::add);
        }
        try (Stream<Path> examples = Files.list(ProjectFiles.TOP.resolve("manifests/examples"))) {
            examples.map(example -> example.resolve("README.md"))
                    .filter(Files::exists)
                    .forEach(pages::add);
        }
        return pages;
    }

    private Path page(String text) throws IOException {
        return Files.writeString(folder.resolve("page.md"), text);
    }
}
