package dev.aquifer.certs;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** What a program on this machine printed, both streams together, and how it ended. */
record Tool(String output, int exitCode) {

    static Tool run(String... command) throws IOException, InterruptedException {
        Process process;
        try {
            process = new ProcessBuilder(command).redirectErrorStream(true).start();
        } catch (IOException e) {
            throw new IllegalStateException(
                    "Expected the program '%s', found none; install it with: apt-get install %s"
                            .formatted(command[0], command[0]),
                    e);
        }
        process.getOutputStream().close();
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!process.waitFor(30, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IllegalStateException("Did not end within 30 s: " + List.of(command));
        }
        return new Tool(output, process.exitValue());
    }
}
