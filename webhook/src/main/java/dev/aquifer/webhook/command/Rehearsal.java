package dev.aquifer.webhook.command;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;

/** Runs the commands of standard input, one a line, and shows nothing: a JVM learns from them what starting takes. */
public final class Rehearsal {
    private Rehearsal() {}

    public static void main(String[] arguments) throws IOException {
        PrintWriter nowhere = new PrintWriter(Writer.nullWriter());
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                String[] words = line.split(" ", -1);
                UserCommandLine.of("aquifer", words)
                        .setOut(nowhere)
                        .setErr(nowhere)
                        .execute(words);
            }
        }
    }
}
