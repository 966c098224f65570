package io.spikelet.hal.meter;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * The recording of any other instrument, a row a sample under a header that {@link CsvColumns} understands, read as a
 * stream. Time is the recording's own, from its first row on, and passes as fast as it is read. Rows that begin with
 * {@code #} and empty ones are skipped; a value that is empty or {@code nan} counts as broken. At the end nothing comes
 * any more.
 *
 * <p>Damaged input ends the reading with one sentence that names file and line: a time that falls or is no number, a row
 * that is shorter than the header, a line of more than 65,536 characters.
 */
public final class CsvMeter implements Meter {
    private static final int ROWS_TO_TELL_THE_RATE = 1000;
    private static final double SECOND = 1e9;
    private static final int INPUTS = 8;

    /**
     * How the file is written.
     *
     * @param separator between columns
     * @param decimalComma whether numbers have a comma; the separator is then another
     */
    public record Format(char separator, boolean decimalComma) {
        /** Commas between columns, points in numbers. */
        public static final Format PLAIN = new Format(',', false);

        /** As a spreadsheet writes where numbers have a comma. */
        public static final Format DECIMAL_COMMA = new Format(';', true);

        /** Checks that the two differ. */
        public Format {
            if (decimalComma && separator == ',') {
                throw new IllegalArgumentException("numbers with a comma need another separator, such as ;");
            }
        }
    }

    private final Path file;
    private final Format format;
    private final double volts;
    private final MeterTraits traits;

    private CsvRows rows;
    private CsvColumns columns;
    private boolean closed;
    private long firstNanos;
    private long lastNanos;
    private int levels;
    private boolean begun;
    /** A row that is read and did not fit. */
    private List<String> waiting;

    private CsvMeter(Path file, Format format, double volts, MeterAccuracy accuracy, double rate) throws IOException {
        this.file = file;
        this.format = format;
        this.volts = volts;
        open();
        try {
            double told = rate > 0 ? rate : rateOfFirstRows();
            int inputs = columns.hasDigital() ? INPUTS : 0;
            traits = new MeterTraits(
                    "csv", "recording " + file, told, false, accuracy, 0, inputs, Double.POSITIVE_INFINITY);
        } finally {
            shut();
        }
    }

    /**
     * Looks at the header and the first rows.
     *
     * @param volts of the supply, for a recording of current alone; NaN when not told
     * @param accuracy of the instrument that recorded it
     * @param rate samples a second; 0 to take it from the first rows
     * @throws IOException when the file or its header cannot be used; one sentence
     */
    public static CsvMeter open(Path file, Format format, double volts, MeterAccuracy accuracy, double rate)
            throws IOException {
        return new CsvMeter(file, format, volts, accuracy, rate);
    }

    private void open() throws IOException {
        begun = false;
        levels = 0;
        waiting = null;
        rows = CsvRows.open(file, format.separator());
        try {
            List<String> header = rows.next(0);
            if (header == null) {
                throw new IllegalArgumentException("no header; name the columns, such as time_s,power_w");
            }
            columns = CsvColumns.of(header);
            if (columns.power() < 0 && columns.voltage() < 0 && Double.isNaN(volts)) {
                throw new IllegalArgumentException("current without voltage; add volts=, the supply's");
            }
        } catch (IllegalArgumentException unusable) {
            IOException told = new IOException(rows.where() + unusable.getMessage(), unusable);
            shut();
            throw told;
        } catch (IOException unreadable) {
            shut();
            throw unreadable;
        }
    }

    private List<String> row() throws IOException {
        return rows.next(columns.count());
    }

    private double rateOfFirstRows() throws IOException {
        long[] steps = new long[ROWS_TO_TELL_THE_RATE];
        int count = 0;
        List<String> row = row();
        long before = row == null ? 0 : nanos(row);
        while (count < steps.length && (row = row()) != null) {
            long now = nanos(row);
            steps[count++] = now - before;
            before = now;
        }
        if (count == 0) {
            throw new IOException(rows.where() + "fewer than two rows; a recording has more");
        }
        Arrays.sort(steps, 0, count);
        long median = steps[count / 2];
        if (median <= 0) {
            throw new IOException(rows.where() + "time does not rise in the first rows; its unit may be too coarse, add rate=");
        }
        return SECOND / median;
    }

    @Override
    public MeterTraits traits() {
        return traits;
    }

    @Override
    public void start() throws IOException {
        if (closed) {
            throw new IOException("the recording " + file + " is closed; open it again");
        }
        if (rows != null) {
            throw new IllegalStateException("the recording " + file + " is being read already; stop it first");
        }
        open();
    }

    @Override
    public int read(SampleBlock into, int timeoutMillis) throws IOException {
        into.clear();
        while (rows != null && !into.isFull()) {
            List<String> row = waiting == null ? row() : waiting;
            waiting = null;
            if (row == null) {
                break;
            }
            if (!take(row, into)) {
                if (into.size() == 0 && into.edgeCount() == 0) {
                    throw new IllegalArgumentException("the block is too small for the edges of one row; make it 8 or more");
                }
                waiting = row;
                break;
            }
        }
        return into.size();
    }

    /** Whether the row found room, its edges included. */
    private boolean take(List<String> row, SampleBlock into) throws IOException {
        long nanos = nanos(row);
        if (!begun) {
            firstNanos = nanos;
            lastNanos = nanos;
        } else if (nanos < lastNanos) {
            throw new IOException(rows.where() + "time falls from " + lastNanos + " ns to " + nanos + " ns");
        }
        int now = columns.hasDigital() ? levels(row) : 0;
        int changed = begun ? now ^ levels : 0;
        if (!into.hasRoomFor(Integer.bitCount(changed))) {
            return false;
        }
        begun = true;
        lastNanos = nanos;
        levels = now;
        for (int input = 0; input < INPUTS; input++) {
            if ((changed >> input & 1) != 0) {
                into.addEdge(nanos - firstNanos, input, (now >> input & 1) != 0);
            }
        }
        double current = columns.current() < 0 ? Double.NaN : value(row, columns.current()) * columns.currentUnit();
        double voltage = columns.voltage() < 0 ? volts : value(row, columns.voltage()) * columns.voltageUnit();
        double watts = columns.power() < 0 ? voltage * current : value(row, columns.power()) * columns.powerUnit();
        if (Double.isFinite(watts)) {
            into.add(nanos - firstNanos, watts, voltage, current);
        } else {
            into.addBroken();
        }
        return true;
    }

    private long nanos(List<String> row) throws IOException {
        try {
            return new BigDecimal(number(row, columns.time()))
                    .scaleByPowerOfTen(columns.nanosDecimals())
                    .longValue();
        } catch (NumberFormatException e) {
            throw new IOException(rows.where() + "time is no number: \"" + row.get(columns.time()) + "\"", e);
        }
    }

    private double value(List<String> row, int column) throws IOException {
        String text = number(row, column);
        if (text.isEmpty() || text.equalsIgnoreCase("nan")) {
            return Double.NaN;
        }
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException e) {
            throw new IOException(rows.where() + "no number in \"" + row.get(column) + "\""
                    + (text.indexOf(',') >= 0 ? "; add decimal=comma if its numbers have one" : ""), e);
        }
    }

    private String number(List<String> row, int column) {
        String text = row.get(column).strip();
        return format.decimalComma() ? text.replace(',', '.') : text;
    }

    private int levels(List<String> row) throws IOException {
        int bits = 0;
        for (int input = 0; input < INPUTS; input++) {
            int column = columns.digital().get(input);
            if (column >= 0 && isHigh(row.get(column).strip())) {
                bits |= 1 << input;
            }
        }
        if (columns.allDigital() >= 0) {
            String digits = row.get(columns.allDigital()).strip();
            if (!digits.matches("[01]{8}")) {
                throw new IOException(rows.where() + "eight digits 0 or 1 are wanted, not \"" + digits + "\"");
            }
            for (int input = 0; input < INPUTS; input++) {
                bits |= (digits.charAt(input) - '0') << input;
            }
        }
        return bits;
    }

    private boolean isHigh(String text) throws IOException {
        if (!text.equals("0") && !text.equals("1")) {
            throw new IOException(rows.where() + "a digital column holds 0 or 1, not \"" + text + "\"");
        }
        return text.equals("1");
    }

    private void shut() throws IOException {
        if (rows != null) {
            rows.close();
            rows = null;
        }
    }

    @Override
    public void stop() throws IOException {
        shut();
    }

    @Override
    public void close() throws IOException {
        closed = true;
        shut();
    }
}
