package io.spikelet.dut;

import java.io.IOException;
import java.util.Optional;

/** One {@code infer N W}: takes the input, warms up, measures; tells each as it is done. */
final class InferCommand {
    /** Has work begun whose changes are told to the console. */
    interface Beginner {
        void begin(SlicedWork work) throws InterruptedException;
    }

    private static final int DEFAULT_COUNT = 1;
    private static final int DEFAULT_WARMUP = 10;

    private final int count;
    private final int warmup;
    private final Beginner beginner;
    private final Laps laps;
    private final Speaker speaker;
    private final Taking taking;
    private Repeats warming;
    private Repeats window;
    private boolean startTold;
    private SlicedWork current;

    private InferCommand(int count, int warmup, Taking taking, Beginner beginner, Laps laps, Speaker speaker) {
        this.count = count;
        this.warmup = warmup;
        this.taking = taking;
        this.beginner = beginner;
        this.laps = laps;
        this.speaker = speaker;
        current = taking;
    }

    /** @return null when it was refused, which was said */
    static InferCommand begin(
            String[] words, Optional<byte[]> input, DutBoard board, Beginner beginner, Laps laps, Speaker speaker)
            throws IOException, InterruptedException {
        int count = words.length > 1 ? Decimal.parse(words[1]) : DEFAULT_COUNT;
        int warmup = words.length > 2 ? Decimal.parse(words[2]) : DEFAULT_WARMUP;
        if (count < 1) {
            speaker.say("e-[The number of inferences must be 1 or more]");
            return null;
        }
        if (warmup < 0) {
            speaker.say("e-[The number of inferences to warm up must be 0 or more]");
            return null;
        }
        if (input.isEmpty()) {
            speaker.say("e-[The input is not loaded: db load N, then db HH... until m-load-done]");
            return null;
        }
        Taking taking = new Taking(board, input.get());
        beginner.begin(taking);
        return new InferCommand(count, warmup, taking, beginner, laps, speaker);
    }

    /** Goes on as far as it can now. Returns whether it has ended. */
    boolean turn() throws IOException, InterruptedException {
        while (true) {
            if (current == window && window.hasStarted() && !startTold) {
                startTold = true;
                tellLap(window.startMicros());
            }
            if (!current.hasEnded()) {
                return false;
            }
            if (current.failure().isPresent()) {
                speaker.say("e-[" + current.failure().get() + "]");
                return true;
            }
            if (current == window && startTold) {
                conclude();
                return true;
            }
            if (current != window && !next()) {
                return true;
            }
        }
    }

    /** Returns whether there is a next part. */
    private boolean next() throws IOException, InterruptedException {
        if (current == taking) {
            if (taking.refusal().isPresent()) {
                speaker.say("e-[" + taking.refusal().get() + "]");
                return false;
            }
            speaker.say("m-warmup-start-" + warmup);
            warming = Repeats.warmup(taking.subject(), warmup);
            current = warming;
        } else {
            speaker.say("m-warmup-done");
            speaker.say("m-infer-start-" + count);
            window = Repeats.window(taking.subject(), count, laps);
            current = window;
        }
        beginner.begin(current);
        return true;
    }

    private void conclude() throws IOException {
        tellLap(window.endMicros());
        speaker.say("m-infer-done");
        speaker.say("m-results-[" + window.results() + "]");
    }

    private void tellLap(long micros) throws IOException {
        if (laps.areTold()) {
            speaker.say("m-lap-us-" + micros);
        }
    }

    boolean areLapsTold() {
        return laps.areTold();
    }

    /** The scores of the last inference, or empty when there was none. */
    Optional<String> results() {
        return window == null || !window.hasEnded() ? Optional.empty() : Optional.ofNullable(window.results());
    }

    /** Ends what is under way. */
    void giveUp() {
        current.end("the line is gone");
    }
}
