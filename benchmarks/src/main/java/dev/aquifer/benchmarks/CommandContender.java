package dev.aquifer.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A program that copies. It gets the folder to fill as its last argument, and is done once that is on the disk. */
record CommandContender(String name, List<String> command) implements Contender {
    @Override
    public double copy(Path own) throws IOException {
        long begun = System.nanoTime();
        run(command, own.resolve("copy"));
        run(List.of("sync", "--file-system"), own);
        return (System.nanoTime() - begun) / 1e9;
    }

    private void run(List<String> command, Path argument) throws IOException {
        var words = new ArrayList<>(command);
        words.add(argument.toString());
        var process = new ProcessBuilder(words)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try {
            if (process.waitFor() != 0) {
                throw new IOException("Expected '%s' to copy, found exit code %d".formatted(name, process.exitValue()));
            }
        } catch (InterruptedException e) {
            process.destroy();
            Thread.currentThread().interrupt();
        }
    }
}
