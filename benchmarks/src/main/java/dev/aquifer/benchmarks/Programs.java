package dev.aquifer.benchmarks;

import java.io.IOException;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;

/** Other programs, which the benchmarks run to their end. */
final class Programs {
    private Programs() {}

    /** A port on this machine that nobody listens at yet. */
    static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    /** Returns once the program has ended well; what it says on its standard output is dropped. */
    static void run(List<String> command) throws IOException {
        var process = new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try {
            int code = process.waitFor();
            if (code != 0) {
                throw new IOException(
                        "Expected '%s' to succeed, found exit code %d".formatted(String.join(" ", command), code));
            }
        } catch (InterruptedException e) {
            process.destroy();
            Thread.currentThread().interrupt();
            throw new IOException("Expected '%s' to end, was interrupted".formatted(command.getFirst()), e);
        }
    }

    /** The commands among the words of a command line, of which each has {@code --} behind it. */
    static List<List<String>> split(List<String> words) {
        var commands = new ArrayList<List<String>>();
        int begin = 0;
        for (int i = 0; i < words.size(); i++) {
            if (words.get(i).equals("--")) {
                commands.add(words.subList(begin, i));
                begin = i + 1;
            }
        }
        return commands;
    }
}
