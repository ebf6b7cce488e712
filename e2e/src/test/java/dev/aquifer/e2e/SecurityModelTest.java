package dev.aquifer.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The page of the guide that says which test proves what. */
class SecurityModelTest {
    private static final Pattern NAMED = Pattern.compile("`([A-Z][A-Za-z]*(?:Test|IT))\\.([a-zA-Z]+)`");

    @Test
    void everyTestThatItNamesIsThere() throws IOException {
        List<Path> tests = ProjectFiles.below("", ".java").stream()
                .filter(file -> file.toString().contains("/src/test/"))
                .toList();
        String page = Files.readString(ProjectFiles.DOCS.resolve("security.md"));

        assertThat(NAMED.matcher(page).results())
                .hasSizeGreaterThan(50)
                .allSatisfy(named -> assertThat(has(tests, named.group(1), named.group(2)))
                        .as(named.group())
                        .isTrue());
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

    /** A method of a test class, or a rule of the architecture. */
    private static boolean has(List<Path> tests, String type, String member) throws IOException {
        Pattern declared = Pattern.compile("(void %1$s\\()|(ArchRule %1$s =)".formatted(member));
        for (Path test : tests) {
            if (test.endsWith(type + ".java")
                    && declared.matcher(Files.readString(test)).find()) {
                return true;
            }
        }
        return false;
    }
}
