package dev.aquifer.e2e.guide;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aquifer.e2e.ProjectFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The page of the guide that says which test proves what. */
class SecurityModelTest {
    private static final Pattern NAMED =
            Pattern.compile("`([A-Z][A-Za-z]*(?:Test|IT))\\.([a-zA-Z]+)`( \\((?:long|in the drills)\\))?");

    @Test
    void everyTestThatItNamesRuns() throws IOException {
        List<Path> tests = ProjectFiles.below("", ".java").stream()
                .filter(file -> file.toString().contains("/src/test/"))
                .toList();
        String page = Files.readString(ProjectFiles.DOCS.resolve("security.md"));

        List<MatchResult> all = NAMED.matcher(page).results().toList();
        assertThat(all).hasSizeGreaterThan(50);
        for (MatchResult named : all) {
            String source = source(tests, named.group(1), named.group(2));

            assertThat(annotations(source, named.group(2)))
                    .as(named.group())
                    .containsPattern("@(Arch|Parameterized)?Test\\b");
            assertThat(source.contains("@Disabled"))
                    .as("%s is switched off", named.group())
                    .isFalse();
            assertThat(Objects.requireNonNullElse(named.group(3), ""))
                    .as("what stands behind %s, as it says when it is run", named.group())
                    .isEqualTo(when(source));
        }
    }

    @Test
    void everyThreatHasOne() throws IOException {
        List<String> threats = Files.readAllLines(ProjectFiles.DOCS.resolve("security.md")).stream()
                .dropWhile(line -> !line.startsWith("## Threats"))
                .filter(line -> line.startsWith("| ") && !line.startsWith("| threat"))
                .toList();

        assertThat(threats)
                .hasSizeGreaterThan(30)
                .allSatisfy(threat -> assertThat(threat).containsPattern(NAMED));
    }

    /** What stands behind tests that {@code mvn verify} leaves out. */
    private static String when(String source) {
        if (source.contains("@OnlyInDrills")) {
            return " (in the drills)";
        }
        return source.contains("@LongRunning") ? " (long)" : "";
    }

    /** Of the class that has this method, or rule of the architecture; empty if none has. */
    private static String source(List<Path> tests, String type, String member) throws IOException {
        for (Path test : tests) {
            if (test.endsWith(type + ".java")) {
                String source = Files.readString(test);
                if (declared(member).matcher(source).find()) {
                    return source;
                }
            }
        }
        return "";
    }

    private static Pattern declared(String member) {
        return Pattern.compile("(void %1$s\\()|(ArchRule %1$s =)".formatted(member));
    }

    /** What stands right above a member. */
    private static String annotations(String source, String member) {
        Matcher declared = declared(member).matcher(source);
        if (!declared.find()) {
            return "";
        }
        String above = source.substring(0, declared.start());
        return above.substring(above.lastIndexOf("\n\n") + 1);
    }
}
