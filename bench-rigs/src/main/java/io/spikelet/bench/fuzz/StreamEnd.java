package io.spikelet.bench.fuzz;

import io.spikelet.hal.ByteLink;
import io.spikelet.smp.SerialDeframer;
import io.spikelet.smp.SerialFrames;
import io.spikelet.smp.SmpMessage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/** The hostile end of a serial line or a TCP connection. */
public final class StreamEnd implements FuzzEnd {
    /** What a runner waits for a line. */
    private static final int RUNNER_MILLIS = 5000;

    private final ByteLink link;
    private final HostileFrames hostile;
    private final SerialDeframer deframer = new SerialDeframer(SmpMessage.MAX_BYTES, this::hear);

    /** Whether a runner's commands are asked too. */
    private final boolean runner;

    private final byte[] buffer = new byte[1 << 16];
    private long answers;
    private long names;
    private boolean answered;
    private String confused;

    /** A link on which text is for nobody. */
    public StreamEnd(ByteLink link, long seed) {
        this(link, seed, false);
    }

    /** @param runner whether the board answers the MLPerf Tiny runner there, and is asked for its name between frames */
    public StreamEnd(ByteLink link, long seed, boolean runner) {
        this.link = link;
        this.runner = runner;
        hostile = new HostileFrames(seed);
    }

    /** Every line of text must be a whole answer to a runner; hostile text gets those as well. */
    private void hear(String text) {
        if (text.startsWith("m-name-dut-[")) {
            names++;
            answered = false;
        } else if (text.equals("m-ready")) {
            answered = true;
        } else if (runner && !text.matches("(e-\\[|m-).*")) {
            confused = text;
        }
    }

    /** A {@code %} ends whatever hostile text came before. */
    @Override
    public void askRunner() throws IOException {
        if (!runner) {
            return;
        }
        long before = names;
        byte[] command = "%name%".getBytes(StandardCharsets.US_ASCII);
        link.write(command, 0, command.length);
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(RUNNER_MILLIS);
        while (names == before || !answered) {
            if (System.nanoTime() > end) {
                throw new IOException(name() + " did not tell its name to a runner within " + RUNNER_MILLIS + " ms");
            }
            answers += deframer.feed(buffer, 0, link.read(buffer, 10)).size();
        }
        if (confused != null) {
            throw new IOException(name() + " answered a runner with \"" + confused + "\"");
        }
    }

    @Override
    public int sendHostile() throws IOException {
        byte[] bytes = hostile.next();
        link.write(bytes, 0, bytes.length);
        answers += deframer.feed(buffer, 0, link.read(buffer, 0)).size();
        return bytes.length;
    }

    @Override
    public byte[] ask(byte[] message, int timeoutMillis) throws IOException {
        byte[] frames = SerialFrames.encode(message);
        link.write(frames, 0, frames.length);
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(timeoutMillis);
        while (System.nanoTime() < end) {
            byte[] found = null;
            for (byte[] answer : deframer.feed(buffer, 0, link.read(buffer, 10))) {
                if (FuzzRun.isAnswer(message, answer)) {
                    found = answer;
                } else {
                    answers++;
                }
            }
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    @Override
    public long answers() {
        return answers;
    }

    @Override
    public String name() {
        return link.name();
    }

    @Override
    public void close() throws IOException {
        link.close();
    }
}
