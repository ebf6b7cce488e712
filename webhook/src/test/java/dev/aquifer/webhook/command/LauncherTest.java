package dev.aquifer.webhook.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher, with a program in the place of the JVM that says how it was called. */
class LauncherTest {
    private static final Path LAUNCHER = Path.of("src", "main", "launcher");

    @TempDir
    private Path prefix;

    @BeforeEach
    void install() throws IOException {
        Path home = Files.createDirectories(prefix.resolve("lib/aquifer"));
        Files.copy(LAUNCHER.resolve("options"), home.resolve("options"));
        Files.writeString(home.resolve("java"), "#!/bin/sh\nprintf '%s\\n' \"$@\"\nexit 3\n");
        Path bin = Files.createDirectories(prefix.resolve("bin"));
        Files.copy(LAUNCHER.resolve("aquifer"), bin.resolve("aquifer"));
        Files.createSymbolicLink(bin.resolve("kubectl-aquifer"), Path.of("aquifer"));
        for (Path program : List.of(home.resolve("java"), bin.resolve("aquifer"))) {
            Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
    }

    @Test
    void passesArgumentsAndExitCodeOn() throws IOException, InterruptedException {
        assertThat(called("aquifer", "explain", "-f", "a b.yaml", ""))
                .contains(
                        "-Daquifer.name=aquifer",
                        "-Daquifer.terminal=false",
                        "-Daquifer.progress=false",
                        "-XX:+UseSerialGC")
                .endsWith("dev.aquifer.webhook.command.UserCommandLine", "explain", "-f", "a b.yaml", "");
    }

    @Test
    void tellsByWhichNameItWasCalled() throws IOException, InterruptedException {
        assertThat(called("kubectl-aquifer", "status")).contains("-Daquifer.name=kubectl aquifer");
    }

    private List<String> called(String name, String... arguments) throws IOException, InterruptedException {
        String[] line = Stream.concat(
                        Stream.of(prefix.resolve("bin").resolve(name).toString()), Arrays.stream(arguments))
                .toArray(String[]::new);
        Process process = new ProcessBuilder(line).start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).isEqualTo(Exit.NO);
        return List.of(out.split("\n", -1)).subList(0, out.split("\n", -1).length - 1);
    }
}
