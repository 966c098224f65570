package io.spikelet.hal.meter;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The rows of a text file, one after the other in bounded memory, with their line's number for a sentence about them. */
final class CsvRows implements Closeable {
    private static final int LONGEST_LINE = 65_536;
    private static final char BYTE_ORDER_MARK = '\ufeff';

    private final Path file;
    private final char separator;
    private final BufferedReader reader;
    private long line;

    private CsvRows(Path file, char separator, BufferedReader reader) {
        this.file = file;
        this.separator = separator;
        this.reader = reader;
    }

    static CsvRows open(Path file, char separator) throws IOException {
        try {
            return new CsvRows(file, separator, Files.newBufferedReader(file, StandardCharsets.UTF_8));
        } catch (NoSuchFileException absent) {
            throw new IOException("no recording at " + file + "; give another path", absent);
        }
    }

    /**
     * The next row that says something, quotation marks left out.
     *
     * @param columns how many it must have at least
     * @return null at the end
     */
    List<String> next(int columns) throws IOException {
        String text = nextLine();
        while (text != null && (text.isBlank() || text.startsWith("#"))) {
            text = nextLine();
        }
        if (text == null) {
            return null;
        }
        List<String> row = cells(text.replace("\"", ""), columns);
        if (row.size() < columns) {
            throw new IOException(where() + row.size() + " columns, the header names " + columns
                    + "; the row is cut short or the separator is another");
        }
        return row;
    }

    private List<String> cells(String text, int expected) {
        List<String> cells = new ArrayList<>(expected);
        int from = 0;
        for (int to = text.indexOf(separator); to >= 0; to = text.indexOf(separator, from)) {
            cells.add(text.substring(from, to));
            from = to + 1;
        }
        cells.add(text.substring(from));
        return cells;
    }

    private String nextLine() throws IOException {
        StringBuilder text = new StringBuilder();
        line++;
        try {
            int c = reader.read();
            if (c < 0) {
                return null;
            }
            for (; c >= 0 && c != '\n'; c = reader.read()) {
                if (text.length() == LONGEST_LINE) {
                    throw new IOException(where() + "longer than " + LONGEST_LINE
                            + " characters; this is no recording in rows");
                }
                if (c != '\r' && c != BYTE_ORDER_MARK) {
                    text.append((char) c);
                }
            }
            return text.toString();
        } catch (MalformedInputException notText) {
            throw new IOException(where() + "bytes that are no UTF-8 text; this is no recording in rows", notText);
        }
    }

    /** The file and the line read last, as the begin of a sentence. */
    String where() {
        return file + ", line " + line + ": ";
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }
}
