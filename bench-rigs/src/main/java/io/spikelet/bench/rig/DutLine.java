package io.spikelet.bench.rig;

import io.spikelet.hal.ByteLink;
import io.spikelet.hal.Clock;
import io.spikelet.host.link.LinkOpener;
import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.LongConsumer;

/**
 * The serial line to a device under test: commands end in {@code %}, replies in a line feed, and an answer ends with {@code
 * m-ready}. Each line carries the time at which it was whole, which serves as a mark when no wire tells the window.
 */
final class DutLine implements Closeable {
    private static final String READY = "m-ready";
    private static final int MOST_LINES = 4_096;
    private static final int LONGEST_LINE = 1 << 16;
    private static final int BUFFER_BYTES = 4_096;
    private static final int SHOWN = 40;
    private static final int QUIET_MILLIS = 80;
    private static final int MOST_DRAIN_MILLIS = 3_000;
    private static final int TICK_MILLIS = 100;

    /**
     * One line of an answer.
     *
     * @param text without its end
     * @param nanos of the clock when its end came
     */
    record Line(String text, long nanos) {}

    /**
     * How long a line of an answer may take.
     *
     * @param lineMillis of any answer but that of {@code infer}
     * @param inferMillis of that
     */
    record Waits(int lineMillis, int inferMillis) {
        /** The runner's. */
        static final Waits RUNNER = new Waits(5_000, 30_000);
    }

    private final LinkOpener<ByteLink> opener;
    private final Clock clock;
    private final Waits waits;
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private final StringBuilder partial = new StringBuilder();
    private final Deque<Line> arrived = new ArrayDeque<>();
    private ByteLink link;

    DutLine(LinkOpener<ByteLink> opener, Clock clock) throws IOException {
        this(opener, clock, Waits.RUNNER);
    }

    DutLine(LinkOpener<ByteLink> opener, Clock clock, Waits waits) throws IOException {
        this.waits = waits;
        this.opener = opener;
        this.clock = clock;
        link = opener.open();
    }

    String name() {
        return link.name();
    }

    /** Closes the port and opens it again, as the runner does between phases. What had not been read is dropped. */
    void reopen() throws IOException {
        link.close();
        partial.setLength(0);
        arrived.clear();
        link = opener.open();
    }

    /** Reads until nothing comes for a moment and forgets all of it: boot texts, the end of an older answer. */
    void drain() throws IOException {
        long deadline = clock.nanoTime() + MOST_DRAIN_MILLIS * 1_000_000L;
        while (link.read(buffer, QUIET_MILLIS) > 0 && clock.nanoTime() - deadline < 0) {
            arrived.clear();
        }
        partial.setLength(0);
        arrived.clear();
    }

    /**
     * Sends a command and takes its answer, up to and without {@code m-ready}.
     *
     * @throws DutException when a line does not come in time, or no answer of the protocol comes
     * @throws IOException when the line is gone
     */
    List<Line> ask(String command) throws IOException {
        return ask(command, waits.lineMillis(), waited -> {});
    }

    /** What a device said before it was asked answers nothing. */
    private void forgetWhatCame() throws IOException {
        for (int reads = 0; reads < MOST_LINES && link.read(buffer, 0) > 0; reads++) {
            partial.setLength(0);
        }
        partial.setLength(0);
        arrived.clear();
    }

    /**
     * The same of a command that makes the device infer, telling how time goes by.
     *
     * @param idle called about ten times a second while nothing comes, with the milliseconds since the command
     */
    List<Line> askToInfer(String command, LongConsumer idle) throws IOException {
        return ask(command, waits.inferMillis(), idle);
    }

    private List<Line> ask(String command, int lineMillis, LongConsumer idle) throws IOException {
        byte[] bytes = (command + "%").getBytes(StandardCharsets.US_ASCII);
        forgetWhatCame();
        long asked = clock.nanoTime();
        link.write(bytes, 0, bytes.length);
        List<Line> answer = new ArrayList<>();
        while (true) {
            Line line = next(command, lineMillis, asked, answer, idle);
            if (line.text().contains(READY)) {
                return answer;
            }
            if (!line.text().isEmpty()) {
                answer.add(line);
            }
            if (answer.size() > MOST_LINES) {
                throw new DutException("the device at " + name() + " answered '" + shown(command) + "' with "
                        + MOST_LINES + " lines and no m-ready, the last '" + shown(line.text())
                        + "'; check the baud rate and that it speaks the MLPerf Tiny commands");
            }
        }
    }

    private Line next(String command, int lineMillis, long asked, List<Line> answer, LongConsumer idle)
            throws IOException {
        long began = clock.nanoTime();
        while (arrived.isEmpty()) {
            long now = clock.nanoTime();
            long left = lineMillis - (now - began) / 1_000_000;
            if (left <= 0) {
                throw silent(command, lineMillis, answer);
            }
            int length = link.read(buffer, (int) Math.min(left, TICK_MILLIS));
            if (length == 0) {
                idle.accept((clock.nanoTime() - asked) / 1_000_000);
            }
            feed(length);
        }
        return arrived.poll();
    }

    private void feed(int length) throws DutException {
        for (int i = 0; i < length; i++) {
            char c = (char) (buffer[i] & 0xff);
            if (c == '\n') {
                arrived.add(new Line(partial.toString(), clock.nanoTime()));
                partial.setLength(0);
            } else if (c != '\r' && c != 0) {
                partial.append(c);
            }
        }
        if (partial.length() > LONGEST_LINE) {
            throw new DutException("the device at " + name() + " sends more than " + LONGEST_LINE
                    + " bytes without the end of a line, the first '" + shown(partial)
                    + "'; check the baud rate and that it speaks the MLPerf Tiny commands");
        }
    }

    private DutException silent(String command, int lineMillis, List<Line> answer) {
        String came = answer.isEmpty() && partial.isEmpty()
                ? "did not answer '" + shown(command) + "' within " + seconds(lineMillis) + " s"
                : "answered '" + shown(command) + "' with '"
                        + shown(partial.isEmpty() ? answer.getLast().text() : partial) + "' and then nothing for "
                        + seconds(lineMillis) + " s, where m-ready was due";
        return new DutException("the device at " + name() + " " + came
                + "; check power, port and baud rate, and that its firmware speaks the MLPerf Tiny commands");
    }

    private static String seconds(int millis) {
        return millis % 1000 == 0 ? Integer.toString(millis / 1000) : Double.toString(millis / 1e3);
    }

    /** The beginning of what a device sent, fit for a sentence. */
    static String shown(CharSequence text) {
        return plain(text, SHOWN);
    }

    /** At most so many of its characters, fit for one line of a terminal. */
    static String plain(CharSequence text, int most) {
        StringBuilder plain = new StringBuilder();
        for (int i = 0; i < Math.min(text.length(), most); i++) {
            char c = text.charAt(i);
            plain.append(c >= ' ' && c < 127 ? c : '?');
        }
        return text.length() > most ? plain + "…" : plain.toString();
    }

    @Override
    public void close() throws IOException {
        link.close();
    }
}
