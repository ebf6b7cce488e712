package dev.aquifer.webhook.command.doctor;

import dev.aquifer.webhook.command.output.Cell;
import dev.aquifer.webhook.command.output.Screen;
import dev.aquifer.webhook.command.output.Tone;
import java.util.List;

/** Findings as people read them: what is wrong in full, what is well in short. */
public final class CheckupPage {
    private final Screen screen;
    private final boolean wide;

    /**
     * Prints on this screen.
     *
     * @param wide whether each thing that is well is listed too
     */
    public CheckupPage(Screen screen, boolean wide) {
        this.screen = screen;
        this.wide = wide;
    }

    public void print(List<Finding> findings) {
        for (Finding finding : findings) {
            if (wide || finding.severity() != Severity.OK) {
                print(finding);
            }
        }
        screen.line("%d errors, %d warnings, %d things as they should be"
                .formatted(
                        count(findings, Severity.ERROR),
                        count(findings, Severity.WARNING),
                        count(findings, Severity.OK)));
    }

    private void print(Finding finding) {
        screen.cells(
                severity(finding.severity()),
                Cell.of(" " + finding.check() + ": "),
                new Cell(finding.subject(), Tone.HEADING));
        screen.line("        " + finding.message());
        if (!finding.remedy().isEmpty()) {
            screen.line("        -> " + finding.remedy());
        }
    }

    private static long count(List<Finding> findings, Severity severity) {
        return findings.stream()
                .filter(finding -> finding.severity() == severity)
                .count();
    }

    private static Cell severity(Severity severity) {
        return switch (severity) {
            case ERROR -> new Cell("ERROR  ", Tone.BAD);
            case WARNING -> new Cell("WARNING", Tone.DOUBTFUL);
            case OK -> new Cell("OK     ", Tone.GOOD);
        };
    }
}
