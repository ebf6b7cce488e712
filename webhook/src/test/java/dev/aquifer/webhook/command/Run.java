package dev.aquifer.webhook.command;

import java.io.PrintWriter;
import java.io.StringWriter;
import picocli.CommandLine;

/** What one run of the command came to. */
record Run(int exitCode, String out, String err) {
    static Run of(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine command = UserCommandLine.of("aquifer", arguments)
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true));
        int exitCode = command.execute(arguments);
        return new Run(exitCode, out.toString(), err.toString());
    }

    /** All of it as one text. */
    String text() {
        return "exit code " + exitCode + "\n" + (err.isEmpty() ? "" : "--- standard error\n" + err)
                + (out.isEmpty() ? "" : "--- standard output\n" + out);
    }
}
