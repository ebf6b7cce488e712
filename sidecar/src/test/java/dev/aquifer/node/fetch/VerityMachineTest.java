package dev.aquifer.node.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** Runs {@link VerityTest} on a kernel that has fs-verity, in a virtual machine: many kernels have none. */
final class VerityMachineTest {
    private static final Path MACHINE =
            Path.of("../e2e/machine").toAbsolutePath().normalize();

    @TempDir
    Path folder;

    @Test
    @EnabledIf(value = "canRun", disabledReason = "'e2e/machine --check' says what a virtual machine takes")
    void runsWhereTheKernelHasFsVerity() throws Exception {
        String tests = Objects.requireNonNull(
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
        Path output = folder.resolve("output");
        Process machine = new ProcessBuilder(
                        MACHINE.toString(),
                        Path.of(System.getProperty("java.home"), "bin/java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        tests,
                        "org.junit.platform.console.ConsoleLauncher",
                        "execute",
                        "--disable-banner",
                        "--disable-ansi-colors",
                        "--select-class=" + VerityTest.class.getName())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        assertThat(machine.waitFor(10, TimeUnit.MINUTES))
                .as("ended in ten minutes")
                .isTrue();
        String printed = Files.readString(output);
        assertThat(machine.exitValue()).as(printed).isZero();
        // one that is skipped is no proof
        assertThat(printed).contains("4 tests successful").contains("0 tests aborted");
    }

    static boolean canRun() throws IOException, InterruptedException {
        return new ProcessBuilder(MACHINE.toString(), "--check").start().waitFor() == 0;
    }
}
