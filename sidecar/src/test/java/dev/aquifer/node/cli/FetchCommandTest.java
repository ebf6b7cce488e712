package dev.aquifer.node.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aquifer.node.fetch.FetchSettings;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

final class FetchCommandTest {
    /** Of the native program. */
    private static final long MEMORY = 256L << 20;

    @Test
    void takesAsManyFillsAsTheChartPermits() {
        assertThat(settings("--fills=8").fills()).isEqualTo(8);
        assertThat(settings("--fills=2", "--workers=16").workers()).isEqualTo(16);
    }

    @Test
    void refusesMoreWorkersThanItHasMemoryFor() {
        assertThatThrownBy(() -> settings("--fills=13"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll(
                        "--fills", "at most 36 workers", "256 MiB", "'13 fills of 4 workers'", "lower");
        assertThatThrownBy(() -> settings("--workers=10")).hasMessageContaining("'4 fills of 10 workers'");
    }

    private static FetchSettings settings(String... arguments) {
        CommandSpec spec = CommandSpec.create();
        new FetchCommand().options().forEach(spec::addOption);
        String[] all = new String[arguments.length + 1];
        all[0] = "--enrol-at=https://webhook.system.svc";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        new CommandLine(spec).parseArgs(all);
        return FetchCommand.settings(new Values(spec), MEMORY);
    }
}
