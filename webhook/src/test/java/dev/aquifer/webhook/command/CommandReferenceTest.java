package dev.aquifer.webhook.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** With {@code -Dgolden.write=true} the page is written anew. */
class CommandReferenceTest {
    private static final Path PAGE = Path.of("..", "docs", "command-line.md");

    @Test
    void thePageSaysWhatTheCommandsSay() throws IOException {
        String page = CommandReference.page();
        if (Boolean.getBoolean("golden.write")) {
            Files.writeString(PAGE, page);
        }
        assertThat(page).isEqualTo(Files.readString(PAGE));
    }
}
