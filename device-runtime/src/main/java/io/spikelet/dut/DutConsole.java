package io.spikelet.dut;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Answers the runner's commands in the order in which they came; every answer ends {@code m-ready}, also one to a command
 * that nobody knows, so that whoever ends a command with {@code %} stays in step. Inferences run in slices on the thread
 * that owns the model, while this one may serve other requests of the line. One thread: the line's.
 */
public final class DutConsole {
    /** Takes bytes to the runner. */
    public interface Line {
        /** Writes all bytes, or throws when the line does not take them. */
        void write(byte[] bytes, int offset, int length) throws IOException;
    }

    static final String FIRMWARE = "ULPMark for tinyML Firmware V0.0.1";

    /** Longer commands are cut, as the reference firmware's command buffer does. */
    static final int COMMAND_BYTES = 80;

    private static final String END = "%";

    /** A runner sends one and waits; what comes beyond this before an answer is dropped. */
    private static final int MOST_WAITING = 64;

    /** Long enough that the wait is the line driver's own, and costs nothing while a meter looks. */
    private static final int LONGEST_POLL_MILLIS = 128;

    private final DutBoard board;
    private final Laps laps;
    private final String model;
    private final DutBuffer buffer = new DutBuffer(this::say);
    private final Deque<String> waiting = new ArrayDeque<>();
    private Line line;
    private InferCommand inferring;
    private Stroke stroke;
    private String results;
    private int pollMillis;
    private long dropped;

    /** @param model what {@code profile} names, by which a runner chooses its script and data */
    public DutConsole(DutBoard board, Laps laps, String model) {
        this.board = board;
        this.laps = laps;
        this.model = model;
    }

    /** The line opened: greets, as firmware does after its start, and forgets what was under way on the one before. */
    public void open(Line opened) throws IOException {
        line = opened;
        waiting.clear();
        if (inferring != null) {
            inferring.giveUp();
            inferring = null;
        }
        stroke = null;
        say("m-init-done");
        ready();
    }

    /** Takes a text of the line. Only what ends in {@code %} is a command. */
    public void take(String text) {
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
    public void turn() throws IOException, InterruptedException {
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
            pollMillis = 1;
            carryOut(command.strip().split(" +"));
            if (inferring == null && stroke == null) {
                ready();
            }
        }
    }

    /** How long the line's thread may wait for bytes before it calls {@link #turn}: at most {@code idle}. */
    public int patienceMillis(int idle) {
        if (inferring == null && stroke == null) {
            return idle;
        }
        int millis = pollMillis;
        pollMillis = Math.min(LONGEST_POLL_MILLIS, 2 * pollMillis);
        return Math.min(idle, millis);
    }

    /** Commands that came faster than they could be answered. */
    public long dropped() {
        return dropped;
    }

    private void carryOut(String[] words) throws IOException, InterruptedException {
        switch (words[0]) {
            case "name" -> say("m-name-dut-[" + board.name() + "]");
            case "profile" -> {
                say("m-profile-[" + FIRMWARE + "]");
                say("m-model-[" + model + "]");
            }
            case "timestamp" -> {
                stroke = new Stroke(laps);
                board.begin(stroke);
            }
            case "db" -> buffer.carryOut(words);
            case "infer" -> inferring = InferCommand.begin(words, buffer.loaded(), board, laps, this::say);
            case "results" ->
                say(results == null
                        ? "e-[There are no results before the first infer]"
                        : "m-results-[" + results + "]");
            case "help" -> help();
            default -> say("e-[Unknown command: " + words[0] + "]");
        }
    }

    private void tell(Stroke struck) throws IOException {
        if (struck.failure().isPresent()) {
            say("e-[" + struck.failure().get() + "]");
        } else if (laps.areTold()) {
            say("m-lap-us-" + struck.micros());
        }
    }

    private void help() throws IOException {
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
