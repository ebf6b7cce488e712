package dev.aquifer.e2e.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.aquifer.e2e.Command;
import dev.aquifer.e2e.NodeProgram;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/** {@code aquifer-node} on a processor of 2013, emulated: it has AES and AVX2, and nothing for SHA-256. */
final class OlderProcessorIT {
    private static final String MACHINE = "machine";

    @Test
    @EnabledIf(value = "canRun", disabledReason = "'e2e/machine --check' says what a virtual machine takes")
    void theNativeProgramStarts() {
        assumeTrue(NodeProgram.kind().equals("native image"), "aquifer-node is no native program here");
        List<String> words = new ArrayList<>(List.of("env", "MACHINE_PROCESSOR=Haswell", "bash", MACHINE));
        words.addAll(NodeProgram.command("--version").words());

        assertThat(new Command(words, Duration.ofMinutes(10)).run()).contains("aquifer-node 0.");
    }

    static boolean canRun() throws IOException, InterruptedException {
        return new ProcessBuilder("bash", MACHINE, "--check").start().waitFor() == 0;
    }
}
