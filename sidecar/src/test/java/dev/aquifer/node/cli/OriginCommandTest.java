package dev.aquifer.node.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class OriginCommandTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... arguments) {
        var all = new ArrayList<>(List.of(
                "origin",
                "--dataset=" + "0".repeat(32),
                "--key-sha256=" + "0".repeat(64),
                "--enrol-at=https://webhook.system.svc"));
        all.addAll(Arrays.asList(arguments));
        return AquiferNode.commandLine()
                .setOverwrittenOptionsAllowed(true)
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(all.toArray(String[]::new));
    }

    @Test
    void helpNamesWhatTheBinderSets() {
        assertThat(run("--help")).isZero();
        assertThat(out.toString())
                .contains("--source", "--exclude", "--refresh", "--on-unreadable", "--on-change", "--state")
                .contains("--port", "--metrics-port", "--enrol-at", "--ca", "--token", "--megabytes-per-second");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--dataset=x | --dataset: Expected a dataset's id of 32 lower-case hexadecimal digits, found 'x'",
                "--key-sha256=x | --key-sha256: Expected a hash of 64 lower-case hexadecimal digits, found 'x'",
                "--exclude=../x | --exclude: Expected a name other than '.' and '..', found '..'",
                "--exclude= | --exclude: Expected a path below the source, found the source itself",
                "--refresh=10ms | --refresh: expected at least 1s, found '10ms'",
                "--on-change=Ask | --on-change: expected one of [WAIT, SKIP], found 'Ask'",
                "--enrol-at=http://x | --enrol-at: expected an https URL, found 'http://x'",
                "--source=relative | --source: expected an absolute path, found 'relative'"
            })
    void aValueThatCannotWorkIsRefusedByName(String argument, String message) {
        assertThat(run(argument)).isEqualTo(2);
        assertThat(err.toString()).contains(message);
    }

    @Test
    void aSourceThatIsNotThereIsNoStart() {
        assertThat(run("--source=/no/such/folder", "--metrics-port=0", "--port=0", "--on-change=Skip"))
                .isEqualTo(1);
    }
}
