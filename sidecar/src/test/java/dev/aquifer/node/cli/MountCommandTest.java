package dev.aquifer.node.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aquifer.node.csi.DriverSettings;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

final class MountCommandTest {
    @Test
    void needsNoMoreThanTheNodesName() {
        assertThat(settings("--node-name=node-1"))
                .isEqualTo(new MountSettings(
                        new DriverSettings(
                                Version.read(),
                                "node-1",
                                Path.of("/var/lib/kubelet"),
                                Path.of("/csi/csi.sock"),
                                Path.of("/var/lib/kubelet/plugins/node.aquifer.dev/csi.sock"),
                                Path.of("/registration/node.aquifer.dev-reg.sock"),
                                false),
                        Path.of("/var/lib/aquifer/cache"),
                        Path.of("/run/aquifer/fetch.sock"),
                        Path.of("/run/aquifer/mount.sock")));
    }

    @Test
    void takesEverySettingFromItsOption() {
        assertThat(settings(
                        "--node-name=n",
                        "--kubelet-root=/k",
                        "--cache=/c",
                        "--endpoint=/e",
                        "--kubelet-endpoint=/ke",
                        "--registration=/r",
                        "--fetch-socket=/f",
                        "--mount-socket=/m",
                        "--controller"))
                .isEqualTo(new MountSettings(
                        new DriverSettings(
                                Version.read(), "n", Path.of("/k"), Path.of("/e"), Path.of("/ke"), Path.of("/r"), true),
                        Path.of("/c"),
                        Path.of("/f"),
                        Path.of("/m")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--node-name=Node 1 | --node-name: expected the name of a node, found 'Node 1'",
                "--kubelet-root=/ | --kubelet-root: expected a folder other than /, found '/'",
                "--registration=/csi/csi.sock | --registration: expected a socket other than --endpoint",
                "--endpoint=csi.sock | --endpoint: expected an absolute path, found 'csi.sock'",
            })
    void refusesWhatCannotWorkByName(String wrong, String message) {
        assertThatThrownBy(() -> settings("--node-name=node-1", wrong))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(message);
    }

    @Test
    void refusesASocketThatTheKernelCannotName() {
        assertThatThrownBy(() -> settings("--node-name=node-1", "--fetch-socket=/" + "x".repeat(120)))
                .hasMessageStartingWith("--fetch-socket: expected a path of at most 102 bytes");
    }

    private static MountSettings settings(String... arguments) {
        CommandSpec spec = CommandSpec.create();
        new MountCommand().options().forEach(spec::addOption);
        new CommandLine(spec).setOverwrittenOptionsAllowed(true).parseArgs(arguments);
        return MountCommand.settings(new Values(spec));
    }
}
