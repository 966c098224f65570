package io.spikelet.host.report;

import java.util.ArrayList;
import java.util.List;

/** Rows of text with aligned columns: the first to the left, all others to the right, the last where it is told. */
public final class TextTable {
    private final List<String[]> rows = new ArrayList<>();

    private boolean lastIsProse;

    public TextTable(String... header) {
        rows.add(header);
    }

    /** Puts the last column to the left: words rather than numbers. */
    public TextTable endingInWords() {
        lastIsProse = true;
        return this;
    }

    public void row(String... cells) {
        if (cells.length != rows.getFirst().length) {
            throw new IllegalArgumentException("a row has " + rows.getFirst().length + " cells: cells=" + cells.length);
        }
        rows.add(cells);
    }

    public boolean isEmpty() {
        return rows.size() == 1;
    }

    public void appendTo(StringBuilder text) {
        int columns = rows.getFirst().length;
        int[] width = new int[columns];
        for (String[] row : rows) {
            for (int c = 0; c < columns; c++) {
                width[c] = Math.max(width[c], row[c].length());
            }
        }
        for (String[] row : rows) {
            StringBuilder line = new StringBuilder();
            for (int c = 0; c < columns; c++) {
                String gap = " ".repeat(width[c] - row[c].length());
                boolean left = c == 0 || lastIsProse && c == columns - 1;
                line.append(c == 0 ? "" : "  ").append(left ? row[c] + gap : gap + row[c]);
            }
            text.append(line.toString().stripTrailing()).append('\n');
        }
    }
}
