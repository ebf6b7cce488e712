package dev.aquifer.webhook.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CompletionTest {
    /** Types into a zsh of its own, and waits for what only the completion can write. */
    private static final String TYPED_INTO_ZSH = """
            zmodload zsh/zpty
            zpty typed zsh -f -i
            zpty -w typed "autoload -Uz compinit; compinit -u -D; source '$1'; print rea''dy"
            zpty -r typed line '*ready*'
            zpty -w -n typed $'aquifer exp\t'
            zpty -r typed line '*explain*'
            zpty -w -n typed $'--kube\t'
            zpty -r typed line '*--kubeconfig*'
            print -r -- "${line##*--}"
            """;

    @TempDir
    private Path folder;

    @Test
    void isReadByBash() throws IOException, InterruptedException {
        String script =
                "source \"$1\"; COMP_WORDS=(aquifer exp); COMP_CWORD=1; _complete_aquifer; echo \"${COMPREPLY[@]}\"";

        assertThat(inShell("bash", "-c", script, "bash")).isEqualTo("explain");
    }

    @Test
    void completesInZsh() throws IOException, InterruptedException {
        assertThat(inShell("zsh", "-f", "-c", TYPED_INTO_ZSH, "zsh")).startsWith("kubeconfig");
    }

    @Test
    void completesInFish() throws IOException, InterruptedException {
        String script = "source $argv[1]; complete -C 'aquifer exp'; complete -C 'aquifer explain --kube'";

        assertThat(inShell("fish", "--no-config", "-c", script).lines().map(line -> line.split("\t", -1)[0]))
                .containsExactly("explain", "--kubeconfig");
    }

    /** What a shell prints that runs this script with a file as its argument, which holds what it is to read. */
    private String inShell(String shell, String... line) throws IOException, InterruptedException {
        assumeThat(System.getenv("PATH").split(":", -1))
                .as("there is no %s on this machine; install it", shell)
                .anyMatch(path -> Files.isExecutable(Path.of(path, shell)));
        Path file = Files.writeString(
                folder.resolve("completion"), Run.of("completion", shell).out());
        Path printed = folder.resolve("printed");
        List<String> whole = new ArrayList<>(List.of(shell));
        whole.addAll(List.of(line));
        whole.add(file.toString());
        Process process = new ProcessBuilder(whole)
                .redirectErrorStream(true)
                .redirectOutput(printed.toFile())
                .start();
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).as(shell).isTrue();
        return Files.readString(printed).strip();
    }

    @Test
    void tellsFishEveryCommandAndOption() {
        String lines = Run.of("completion", "fish").out();

        UserCommandLine.of("aquifer").getSubcommands().forEach((name, command) -> {
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
                .contains(UserCommandLine.of("aquifer").getSubcommands().keySet())
                .endsWith("\n:4\n");
    }

    @Test
    void refusesAShellThatNobodyKnows() {
        assertThat(Run.of("completion", "cmd")).satisfies(run -> {
            assertThat(run.exitCode()).isEqualTo(Exit.USAGE);
            assertThat(run.err()).contains("expected one of bash, zsh, fish, found 'cmd'");
        });
    }
}
