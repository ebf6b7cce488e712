package dev.aquifer.e2e.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.aquifer.e2e.NodeProgram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code aquifer-node} says to people, native where there is a native image. */
final class NodeCommandLineIT {
    @ParameterizedTest
    @CsvSource({"mount,--node-name=NAME", "fetch,--quota=SIZE", "origin,--dataset=ID"})
    void eachCommandSaysItsOptions(String command, String option) {
        assertThat(NodeProgram.command(command, "--help").run())
                .doesNotContain("WARN")
                .contains("Usage: aquifer-node " + command, option, "--log-level=LEVEL", "SIGTERM stops it.");
    }

    @Test
    void theStatusSaysItsOptionsAndWhatToDoWhereThereIsNoAgent() {
        assertThat(NodeProgram.command("status", "--help").run())
                .doesNotContain("WARN", "SIGTERM")
                .contains("Usage: aquifer-node status", "-o, --output=FORMAT", "Exit codes:");
        assertThatIllegalStateException()
                .isThrownBy(() -> NodeProgram.command("status", "--fetch-socket=/no/such.sock")
                        .run())
                .withMessageContaining(
                        "ended with code 1: aquifer-node: expected the socket of 'fetch' at /no/such.sock, found nothing");
    }

    @Test
    void itsVersionIsTheBuilds() {
        assertThat(NodeProgram.command("--version").run()).matches("aquifer-node [0-9]+\\.[0-9]+\\.[0-9]+\\s*");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "mount --node-name=Node | --node-name: expected the name of a node, found 'Node'",
                "fetch --enrol-at=http://x | --enrol-at: expected an https URL, found 'http://x'",
                "origin --dataset=x --key-sha256=y --enrol-at=https://x | --dataset: Expected a dataset's id",
                "pump | Unmatched argument at index 0: 'pump'"
            })
    void aWrongValueIsRefusedByName(String arguments, String message) {
        assertThatIllegalStateException()
                .isThrownBy(() -> NodeProgram.command(arguments.split(" ", -1)).run())
                .withMessageContaining("ended with code 2: aquifer-node: " + message);
    }

    @Test
    void whatCannotStartEndsAndSaysWhy() {
        assertThatIllegalStateException()
                .isThrownBy(() -> NodeProgram.command(
                                "fetch", "--enrol-at=https://localhost", "--cache=/dev/null/no-folder")
                        .run())
                .withMessageContaining("ended with code 1: ")
                .withMessageContaining("event=failed-to-start command=fetch");
    }
}
