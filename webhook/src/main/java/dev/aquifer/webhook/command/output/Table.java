package dev.aquifer.webhook.command.output;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Rows of cells under headings, each column as wide as its widest cell. */
public final class Table {
    private static final int GAP = 2;

    private final List<List<Cell>> rows = new ArrayList<>();
    private final int columns;

    public Table(String... headings) {
        columns = headings.length;
        rows.add(Arrays.stream(headings)
                .map(heading -> new Cell(heading, Tone.HEADING))
                .toList());
    }

    public void row(String... cells) {
        row(Arrays.stream(cells).map(Cell::of).toArray(Cell[]::new));
    }

    public void row(Cell... cells) {
        if (cells.length != columns) {
            throw new IllegalArgumentException("expected %d cells, found %d".formatted(columns, cells.length));
        }
        rows.add(List.of(cells));
    }

    public boolean isEmpty() {
        return rows.size() == 1;
    }

    /** The lines, without what would only trail. */
    List<String> lines(boolean colour) {
        int[] widths = widths();
        List<String> lines = new ArrayList<>();
        for (List<Cell> row : rows) {
            StringBuilder line = new StringBuilder();
            int gap = 0;
            for (int i = 0; i < columns; i++) {
                Cell cell = row.get(i);
                if (cell.width() > 0) {
                    line.repeat(' ', gap).append(colour ? cell.tone().paint(cell.text()) : cell.text());
                    gap = 0;
                }
                gap += widths[i] - cell.width() + GAP;
            }
            lines.add(line.toString());
        }
        return lines;
    }

    private int[] widths() {
        int[] widths = new int[columns];
        for (List<Cell> row : rows) {
            for (int i = 0; i < columns; i++) {
                widths[i] = Math.max(widths[i], row.get(i).width());
            }
        }
        return widths;
    }
}
