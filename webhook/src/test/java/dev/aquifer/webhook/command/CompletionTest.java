package dev.aquifer.webhook.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class CompletionTest {
    @Test
    void isReadByBash() throws IOException, InterruptedException {
        Process bash = new ProcessBuilder("bash", "-c", "source /dev/stdin && complete -p aquifer")
                .redirectErrorStream(true)
                .start();
        try (var input = bash.outputWriter(StandardCharsets.UTF_8)) {
            input.write(Run.of("completion", "bash").out());
        }

        assertThat(new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .endsWith("aquifer\n");
        assertThat(bash.waitFor()).isZero();
    }

    @Test
    void tellsFishEveryCommandAndOption() {
        String lines = Run.of("completion", "fish").out();

        Aquifer.commandLine("aquifer").getSubcommands().forEach((name, command) -> {
            assertThat(lines).contains("--arguments '" + name + "'");
            command.getCommandSpec()
                    .options()
                    .forEach(option -> assertThat(lines)
                            .contains("'__fish_seen_subcommand_from " + name + "'")
                            .contains("--long-option " + option.longestName().substring(2)));
        });
    }

    @Test
    void refusesAShellThatNobodyKnows() {
        assertThat(Run.of("completion", "cmd")).satisfies(run -> {
            assertThat(run.exitCode()).isEqualTo(Exit.USAGE);
            assertThat(run.err()).contains("BASH, ZSH, FISH");
        });
    }
}
