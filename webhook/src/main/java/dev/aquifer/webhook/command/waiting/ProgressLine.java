package dev.aquifer.webhook.command.waiting;

import dev.aquifer.webhook.command.output.Bar;
import dev.aquifer.webhook.command.output.Cell;
import java.io.PrintWriter;

/** Shows progress: on a terminal in one line that changes, else in a line for each change. */
public final class ProgressLine {
    /** Back to the first column, and all behind it away (ECMA-48 EL). */
    private static final String ANEW = "\r\u001b[K";

    /** A longer line would go on in the next one, which is not taken away. */
    private static final int LONGEST = 100;

    private final PrintWriter err;
    private final boolean terminal;
    private String last = "";

    public ProgressLine(PrintWriter err, boolean terminal) {
        this.err = err;
        this.terminal = terminal;
    }

    public void show(Progress progress) {
        String bar = progress.isMeasured() && !progress.reached() ? Bar.of(progress.part()) + "  " : "";
        String line = bar + Cell.of(progress.message()).text();
        if (terminal) {
            err.print(ANEW + (progress.reached() ? "" : line.substring(0, Math.min(LONGEST, line.length()))));
        } else if (!progress.reached() && !line.equals(last)) {
            err.println(line);
        }
        err.flush();
        last = line;
    }

    /** What is written next begins a line. */
    public void end() {
        if (terminal) {
            err.print(ANEW);
            err.flush();
        }
    }
}
