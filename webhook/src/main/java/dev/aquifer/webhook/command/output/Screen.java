package dev.aquifer.webhook.command.output;

import java.io.PrintWriter;

/**
 * Where answers are written.
 *
 * @param colour whether tones are shown: on a terminal that has colours, and nobody said no
 */
public record Screen(PrintWriter out, boolean colour) {

    public void line(String text) {
        cells(Cell.of(text));
    }

    /** Pieces of one line, written one after the other. */
    public void cells(Cell... cells) {
        for (Cell cell : cells) {
            out.print(colour ? cell.tone().paint(cell.text()) : cell.text());
        }
        out.println();
    }

    public void blank() {
        out.println();
    }

    /**
     * A table's lines.
     *
     * @param indent spaces before each of them
     */
    public void table(int indent, Table table) {
        table.lines(colour).forEach(line -> out.println(" ".repeat(indent) + line));
    }
}
