package dev.aquifer.e2e.guide;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aquifer.e2e.ProjectFiles;
import dev.aquifer.e2e.pages.GuideStep;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What is looked for in vain leaves no trace when the runbook's commands are run: so its words must be the programs'. */
class RunbookTest {
    private static final Pattern LOOKED_FOR = Pattern.compile("awk '/(.+)/'");
    private static final Pattern LOGGED = Pattern.compile("LOG\\.\\w+\\(\\s*\"((?:[^\"\\\\]|\\\\.)*)\"");

    @Test
    void programsLogWhatItLooksFor() throws IOException {
        String sources = sources();
        List<String> logged = found(LOGGED, sources);
        List<String> words = found(LOOKED_FOR, commands()).stream()
                .flatMap(pattern -> Stream.of(pattern.replace("\\/", "/").split("\\|", -1)))
                .toList();

        assertThat(words).hasSizeGreaterThan(5).allSatisfy(word -> {
            // the value of a key is a parameter of what is logged
            String[] keyAndValue = word.split("(?<==)", 2);
            assertThat(logged).anyMatch(line -> line.contains(keyAndValue[0]));
            if (keyAndValue.length == 2) {
                assertThat(sources).contains("\"" + keyAndValue[1] + "\"");
            }
        });
    }

    @Test
    void itsCommandsHideNoFailure() throws IOException {
        assertThat(commands().lines())
                .isNotEmpty()
                .noneMatch(line -> line.matches(".*(\\|\\| *(true|echo|:)|; *true).*"));
    }

    private static String commands() throws IOException {
        StringBuilder commands = new StringBuilder();
        for (GuideStep step : GuideStep.of(ProjectFiles.DOCS.resolve("runbook.md"))) {
            if (step instanceof GuideStep.Run run) {
                commands.append(run.script());
            }
        }
        return commands.toString();
    }

    private static String sources() throws IOException {
        StringBuilder sources = new StringBuilder();
        for (String module : List.of("webhook", "sidecar")) {
            for (Path file : ProjectFiles.below(module + "/src/main", ".java")) {
                sources.append(Files.readString(file));
            }
        }
        return sources.toString();
    }

    private static List<String> found(Pattern pattern, String text) {
        return pattern.matcher(text).results().map(found -> found.group(1)).toList();
    }
}
