package io.spikelet.dut;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers the runner's commands in the order in which they came; every answer ends {@code m-ready}, also one to a command
 * that nobody knows, so that whoever ends a command with {@code %} stays in step. Inferences run in slices on the thread
 * that owns the model, while the line's thread serves other requests; a thread of the console tells of them as they go on,
 * so that nobody needs to look for it while a meter measures.
 */
public final class DutConsole implements AutoCloseable {
    /** Takes bytes to the runner. */
    public interface Line {
        /** Writes all bytes, or throws when the line does not take them. */
        void write(byte[] bytes, int offset, int length) throws IOException;
    }

    static final String FIRMWARE = "ULPMark for tinyML Firmware V0.0.1";

    /** Longer commands are cut, as the reference firmware's command buffer does. */
    static final int COMMAND_BYTES = 80;

    private static final String END = "%";

    /** Published states of the runner give a device up that says no line for 5 s, however long its window is. */
    private static final long MOST_QUIET_MILLIS = 2000;

    /** A runner sends one and waits; what comes beyond this before an answer is dropped. */
    private static final int MOST_WAITING = 64;

    private static final Logger LOG = LoggerFactory.getLogger(DutConsole.class);

    private final DutBoard board;
    private final DutBuffer buffer = new DutBuffer(this::say);
    private final Deque<String> waiting = new ArrayDeque<>();
    private Line line;

    /** Tells of inferences as they go on; null while no line is open. */
    private Thread teller;

    private InferCommand inferring;
    private Stroke stroke;
    private String results;
    private long dropped;
    private final Semaphore changes = new Semaphore(0);

    /** No line is open yet. */
    public DutConsole(DutBoard board) {
        this.board = board;
    }

    private void tellChanges() {
        try {
            while (true) {
                boolean changed = awaitChange();
                changes.drainPermits();
                try {
                    if (changed) {
                        turn();
                    } else {
                        showLife();
                    }
                } catch (IOException gone) {
                    LOG.debug("the line's thread will notice it too", gone);
                }
            }
        } catch (InterruptedException ends) {
            LOG.debug("nobody is told of inferences any more", ends);
        }
    }

    /** Waits for a change, and while a window is measured no longer than a runner waits for a line. Returns whether one came. */
    private boolean awaitChange() throws InterruptedException {
        if (showsLife()) {
            return changes.tryAcquire(MOST_QUIET_MILLIS, TimeUnit.MILLISECONDS);
        }
        changes.acquire(); // a board that does nothing is not woken
        return true;
    }

    /** In energy mode nothing goes out while a meter measures. */
    private synchronized boolean showsLife() {
        return inferring != null && inferring.areLapsTold();
    }

    /** An empty line, which runners pass over. */
    private synchronized void showLife() throws IOException {
        if (showsLife()) {
            say("");
        }
    }

    /**
     * The line opened: greets, as firmware does after its start. What was loaded stays.
     *
     * @throws IOException when the line does not take the greeting; close it then too
     */
    public synchronized void open(Line opened) throws IOException {
        line = opened;
        teller = Thread.ofPlatform().daemon().name("replies to a runner").start(this::tellChanges);
        if (board.laps().isPresent()) {
            say("m-init-done");
            ready();
        }
    }

    /** The line is gone: ends what was under way, whose answer would find nobody. */
    @Override
    public synchronized void close() {
        if (teller != null) {
            teller.interrupt();
            teller = null;
        }
        waiting.clear();
        if (inferring != null) {
            inferring.giveUp();
            inferring = null;
        }
        stroke = null;
    }

    /** Takes a text of the line. Only what ends in {@code %} is a command. */
    public synchronized void take(String text) {
        if (!text.endsWith(END)) {
            return;
        }
        if (waiting.size() == MOST_WAITING) {
            dropped++;
            return;
        }
        waiting.add(text.substring(0, Math.min(COMMAND_BYTES, text.length() - END.length())));
    }

    /**
     * Answers what can be answered now.
     *
     * @throws IOException when the line does not take an answer
     */
    public synchronized void turn() throws IOException, InterruptedException {
        while (true) {
            if (inferring != null) {
                if (!inferring.turn()) {
                    return;
                }
                results = inferring.results().orElse(results);
                inferring = null;
                ready();
            } else if (stroke != null) {
                if (!stroke.hasEnded()) {
                    return;
                }
                tell(stroke);
                stroke = null;
                ready();
            }
            String command = waiting.poll();
            if (command == null) {
                return;
            }
            Optional<Laps> laps = board.laps();
            if (laps.isEmpty()) {
                continue; // text on the line is for nobody
            }
            carryOut(command.strip().split(" +"), laps.get());
            if (inferring == null && stroke == null) {
                ready();
            }
        }
    }

    /** Commands that came faster than they could be answered. */
    public synchronized long dropped() {
        return dropped;
    }

    private void carryOut(String[] words, Laps laps) throws IOException, InterruptedException {
        switch (words[0]) {
            case "name" -> say("m-name-dut-[" + board.name() + "]");
            case "profile" -> {
                say("m-profile-[" + FIRMWARE + "]");
                say("m-model-[" + board.model() + "]");
            }
            case "timestamp" -> {
                stroke = new Stroke(laps);
                begin(stroke);
            }
            case "db" -> buffer.carryOut(words);
            case "infer" -> inferring = InferCommand.begin(words, buffer.loaded(), board, this::begin, laps, this::say);
            case "results" ->
                say(
                        results == null
                                ? "e-[There are no results before the first infer]"
                                : "m-results-[" + results + "]");
            case "help" -> help(laps);
            default -> say("e-[Unknown command: " + words[0] + "]");
        }
    }

    private void begin(SlicedWork work) throws InterruptedException {
        work.watch(changes::release);
        board.begin(work);
    }

    private void tell(Stroke struck) throws IOException {
        if (struck.failure().isPresent()) {
            say("e-[" + struck.failure().get() + "]");
        } else if (struck.isTold()) {
            say("m-lap-us-" + struck.micros());
        }
    }

    private void help(Laps laps) throws IOException {
        say(FIRMWARE);
        say("");
        say("name, profile     what this is");
        say("timestamp         " + (laps.areTold() ? "the time in microseconds" : "a falling edge of the pin"));
        say("db load N         wait for N bytes of input");
        say("db HH[HH...]      the next bytes, two hexadecimal digits each");
        say("db print          the bytes as loaded");
        say("infer N [W]       N inferences after W more to warm up, 10 unless said");
        say("results           the scores of the last inference");
    }

    private void ready() throws IOException {
        say("m-ready");
    }

    private void say(String text) throws IOException {
        byte[] bytes = (text + "\r\n").getBytes(StandardCharsets.UTF_8);
        line.write(bytes, 0, bytes.length);
    }
}
