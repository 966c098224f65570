package io.spikelet.bench.meters;

import io.spikelet.bench.measure.ChildJvm;
import io.spikelet.hal.serial.TerminalLink;
import io.spikelet.hal.sim.SimCurrent;
import io.spikelet.hal.sim.SimInstrument;
import io.spikelet.hal.sim.SimPace;
import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/** A simulated instrument in a process of its own, at a pseudo-terminal; it ends when its standard input does. */
final class StreamProcess implements Closeable {
    private static final int END_SECONDS = 10;
    private static final long MILLI = 1_000_000;

    private final Process process;
    private final BufferedReader said;
    private final String path;

    private StreamProcess(Process process, BufferedReader said, String path) {
        this.process = process;
        this.said = said;
        this.path = path;
    }

    static StreamProcess start(StreamKind kind) throws IOException {
        Process process = new ProcessBuilder(
                        ChildJvm.java(),
                        "-Xshare:auto",
                        "-XX:+UseSerialGC",
                        "-Xmx64m",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        StreamProcess.class.getName(),
                        kind.word())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly, "stream-last-resort"));
        BufferedReader said =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII));
        String path = said.readLine();
        if (path == null) {
            throw new IOException("the simulated instrument did not start; its words stand above");
        }
        return new StreamProcess(process, said, path);
    }

    /** The pseudo-terminal to open. */
    String path() {
        return path;
    }

    /**
     * What the instrument did, of which the meter knows nothing. Ends it.
     *
     * @param taken samples from start to stop
     * @param lost samples among them that its wire did not take
     */
    record Truth(long taken, long lost) {}

    Truth end() throws IOException {
        process.getOutputStream().close();
        String line = said.readLine();
        if (line == null) {
            throw new IOException("the simulated instrument ended before it told what it sent; its words stand above");
        }
        String[] words = line.split(" ");
        return new Truth(Long.parseLong(words[0]), Long.parseLong(words[1]));
    }

    @Override
    public void close() throws IOException {
        process.getOutputStream().close();
        try {
            if (!process.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    /** A board that works for 30 of every 100 ms, with a spike of a millisecond as it wakes, and pulls pin 0 meanwhile. */
    private static final SimCurrent BOARD = new SimCurrent() {
        private static final long PERIOD = 100 * MILLI;
        private static final long AWAKE = 30 * MILLI;

        @Override
        public double amps(long nanos) {
            long phase = nanos % PERIOD;
            if (phase >= AWAKE) {
                return 40e-6;
            }
            return phase < MILLI ? 0.045 : 0.012;
        }

        @Override
        public int inputs(long nanos) {
            return nanos % PERIOD < AWAKE ? 0 : 1;
        }
    };

    /** The process's own main. */
    public static void main(String[] arguments) throws IOException {
        TerminalLink link = TerminalLink.open();
        SimInstrument instrument = StreamKind.of(arguments[0]).instrument(link, BOARD);
        try (SimPace running = SimPace.run(instrument)) {
            System.out.println(link.path());
            while (System.in.read() >= 0) {
                // nothing is said to it
            }
        }
        System.out.println(instrument.taken() + " " + instrument.lost());
    }
}
