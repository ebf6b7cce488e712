package dev.aquifer.webhook.command.waiting;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class ProgressLineTest {
    private final StringWriter text = new StringWriter();

    @Test
    void writesALineForEachChange() {
        show(false);

        assertThat(text.toString().lines()).containsExactly("not yet", "[#####.....]  50 %  half of it");
    }

    @Test
    void changesOneLineOfATerminal() {
        show(true);

        assertThat(text.toString().split("\r\u001b\\[K", -1))
                .containsExactly("", "not yet", "not yet", "[#####.....]  50 %  half of it", "", "");
    }

    @Test
    void keepsToOneLineOfATerminalAndShowsNoControlCharacters() {
        new ProgressLine(new PrintWriter(text, true), true).show(Progress.missing("\u001b]0;x" + "y".repeat(200)));

        assertThat(text.toString()).hasSize("\r\u001b[K".length() + 100).startsWith("\r\u001b[K ]0;xy");
    }

    private void show(boolean terminal) {
        ProgressLine line = new ProgressLine(new PrintWriter(text, true), terminal);
        line.show(Progress.missing("not yet"));
        line.show(Progress.missing("not yet"));
        line.show(new Progress(false, 0.5, "half of it"));
        line.show(Progress.reached("there"));
        line.end();
    }
}
