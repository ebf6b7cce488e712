package dev.aquifer.webhook.entitlement;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The guide's table of reasons, against the code. */
class ReasonsPageTest {
    private static final Path PAGE = Path.of("..", "docs", "tenant.md");
    private static final Pattern CODE = Pattern.compile("`([a-z-]+)`");

    @Test
    void hasEachReasonOnce() throws IOException {
        assertThat(reasons())
                .containsExactlyInAnyOrderElementsOf(
                        Arrays.stream(Reason.values()).map(Reason::label).toList());
    }

    /** Those in the first column of the table, and those of pods that start, which are behind it. */
    private static List<String> reasons() throws IOException {
        String page = Files.readString(PAGE);
        String section = page.substring(page.indexOf("| reason |"), page.indexOf("## Good to know"));
        String text = section.lines()
                .map(line -> line.startsWith("|") ? line.split("\\|", -1)[1] : line)
                .collect(Collectors.joining("\n"));
        return CODE.matcher(text)
                .results()
                .map((MatchResult code) -> code.group(1))
                .toList();
    }
}
