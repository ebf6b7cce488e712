package dev.aquifer.node.status;

import java.util.List;
import java.util.stream.IntStream;

/** Rows of text in columns, each as wide as its widest cell. */
final class Columns {
    private static final String GAP = "  ";

    private final List<List<String>> rows;
    private final int[] widths;

    /** @param rows at least one, all with as many cells */
    Columns(List<List<String>> rows) {
        this.rows = rows;
        this.widths = IntStream.range(0, rows.getFirst().size())
                .map(column -> rows.stream()
                        .mapToInt(row -> row.get(column).length())
                        .max()
                        .orElseThrow())
                .toArray();
    }

    /** One line for each row, without blanks at its end. */
    List<String> lines() {
        return rows.stream().map(this::line).toList();
    }

    private String line(List<String> row) {
        StringBuilder line = new StringBuilder();
        for (int column = 0; column < row.size(); column++) {
            String cell = row.get(column);
            line.append(cell).repeat(" ", widths[column] - cell.length()).append(GAP);
        }
        return line.toString().stripTrailing();
    }
}
