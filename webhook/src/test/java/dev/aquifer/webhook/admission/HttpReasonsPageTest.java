package dev.aquifer.webhook.admission;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The HTTP errors that the guide's page of metrics lists, against the code. */
class HttpReasonsPageTest {
    private static final Path PAGE = Path.of("..", "docs", "metrics.md");
    private static final String BEGIN = "or of an HTTP error:";
    private static final Pattern CODE = Pattern.compile("`([a-z-]+)`");

    @Test
    void hasEachOnce() throws IOException {
        String page = Files.readString(PAGE);
        String list = page.substring(page.indexOf(BEGIN), page.indexOf('.', page.indexOf(BEGIN)));

        assertThat(CODE.matcher(list).results().map(code -> code.group(1)))
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(HttpRefusal.values())
                        .map(HttpRefusal::label)
                        .toList());
    }
}
