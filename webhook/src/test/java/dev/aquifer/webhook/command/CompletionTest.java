package dev.aquifer.webhook.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "st | status :4",
                "status --name | --namespace :4",
                "doctor --str | --strict :4",
                "explain -f pod.yaml -o js | json :4",
                "wait --timeout 5s --bou | --bound-in :4",
                "explain -f po | :0",
            })
    void tellsKubectlWhatMayFollow(String words, String answer) {
        List<String> line = new ArrayList<>(List.of("completion", "kubectl", "--"));
        line.addAll(List.of(words.strip().split(" ", -1)));

        assertThat(Run.of(line.toArray(String[]::new)).out().strip().split("\\s+", -1))
                .containsExactly(answer.strip().split(" ", -1));
    }

    @Test
    void tellsKubectlAllCommandsBehindItsOwnName() {
        assertThat(Run.of("completion", "kubectl", "--", "").out())
                .contains(Aquifer.commandLine("aquifer").getSubcommands().keySet())
                .endsWith("\n:4\n");
    }

    @Test
    void refusesAShellThatNobodyKnows() {
        assertThat(Run.of("completion", "cmd")).satisfies(run -> {
            assertThat(run.exitCode()).isEqualTo(Exit.USAGE);
            assertThat(run.err()).contains("BASH, ZSH, FISH");
        });
    }
}
