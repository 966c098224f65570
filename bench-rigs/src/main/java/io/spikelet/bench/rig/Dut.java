package io.spikelet.bench.rig;

import io.spikelet.bench.rig.DutLine.Line;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.function.LongConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A device under test: the MLPerf Tiny commands as methods, each answer checked. One thread. */
final class Dut implements Closeable {
    /** What fits beside {@code db } and {@code %} in the 80 bytes of a device's command buffer. */
    static final int BYTES_A_COMMAND = 31;

    private static final int SYNC_ATTEMPTS = 4;
    private static final Pattern NAME = Pattern.compile("m-name-dut-\\[([^]]+)]");
    private static final Pattern PROFILE = Pattern.compile("m-(profile|model)-\\[([^]]+)]");
    private static final Pattern LAP = Pattern.compile("m-lap-us-(\\d{1,18})");
    private static final Pattern RESULTS = Pattern.compile("m-results-\\[([^]]*)]");
    private static final Pattern EXPECTING = Pattern.compile("m-\\[Expecting (\\d+) bytes]");
    private static final int REFUSAL_SHOWN = 160;
    private static final String REBOOTED = "m-init-done";

    /**
     * Who it says it is.
     *
     * @param name of the device
     * @param profile of its firmware; empty when it tells none
     * @param model that it runs; empty when it tells none
     */
    record Identity(String name, String profile, String model) {}

    /**
     * What {@code infer} brought.
     *
     * @param laps µs of the device's clock, in performance mode
     * @param scores one a class
     * @param beganNanos of the host's clock: when the first lap of the window came, or m-infer-start where laps are not told;
     *     0 when neither came
     * @param endedNanos likewise of the last lap, or m-infer-done
     */
    record Inference(List<Long> laps, double[] scores, long beganNanos, long endedNanos) {
        /** Whether the device told both ends of the window in text, as it does in performance mode. */
        boolean timed() {
            return laps.size() >= 2;
        }

        /** Between the last two laps, µs. */
        long micros() {
            return laps.getLast() - laps.get(laps.size() - 2);
        }
    }

    private final DutLine line;
    private Identity identity;

    Dut(DutLine line) {
        this.line = line;
    }

    /** Where it is. */
    String place() {
        return line.name();
    }

    /**
     * Gets in step with the device: boot texts, the rest of an older answer and half a command in its buffer are passed
     * over. Then asks who it is.
     */
    Identity sync() throws IOException {
        IOException last = null;
        for (int attempt = 0; attempt < SYNC_ATTEMPTS; attempt++) {
            line.drain();
            try {
                String name = find(line.ask("name"), NAME, 1);
                if (!name.isEmpty()) {
                    line.drain();
                    identity = profile(name);
                    return identity;
                }
                last = new DutException("the device at " + place() + " answers, and never tells its name as"
                        + " m-name-dut-[NAME]; check that its firmware speaks the MLPerf Tiny commands");
            } catch (DutException silent) {
                if (attempt > 0) {
                    throw silent; // half a line in its buffer costs one answer, not two
                }
                last = silent;
            }
        }
        throw last;
    }

    private Identity profile(String name) throws IOException {
        String profile = "";
        String model = "";
        for (Line answer : line.ask("profile")) {
            Matcher told = PROFILE.matcher(answer.text());
            if (told.matches()) {
                profile = told.group(1).equals("profile") ? told.group(2) : profile;
                model = told.group(1).equals("model") ? told.group(2) : model;
            }
        }
        return new Identity(name, profile, model);
    }

    Identity identity() {
        return identity;
    }

    /** Closes the port, so that another program or protocol may have it; {@link #reopen} takes it again. */
    void release() throws IOException {
        line.close();
    }

    /** Closes the port, opens it again and gets in step. */
    void reopen() throws IOException {
        line.reopen();
        sync();
    }

    /**
     * Loads a sample.
     *
     * @throws DutException when the device takes another number of bytes, or does not say that it has all
     */
    void load(byte[] samples, int offset, int length) throws IOException {
        String begin = "db load " + length;
        String expected = find(checked(begin), EXPECTING, 1);
        if (!expected.equals(Integer.toString(length))) {
            throw new DutException(
                    "the device at " + place() + " was offered " + length + " bytes by '" + begin + "' and "
                            + (expected.isEmpty() ? "did not say that it expects them" : "expects " + expected)
                            + "; give samples of the size that its model takes");
        }
        boolean loaded = false;
        for (int at = 0; at < length; at += BYTES_A_COMMAND) {
            int end = Math.min(at + BYTES_A_COMMAND, length);
            List<Line> answer = checked("db " + HexFormat.of().formatHex(samples, offset + at, offset + end));
            loaded = answer.stream().anyMatch(told -> told.text().contains("m-load-done"));
        }
        if (!loaded) {
            throw new DutException("the device at " + place() + " did not say m-load-done after " + length
                    + " bytes; give samples of the size that its model takes");
        }
    }

    /**
     * Infers what was loaded.
     *
     * @param inferences measured ones, 1 or more
     * @param warmups before them
     * @param idle see {@link DutLine#ask}
     */
    Inference infer(int inferences, int warmups, LongConsumer idle) throws IOException {
        String command = "infer " + inferences + " " + warmups;
        List<Line> answer = checked(command, line.askToInfer(command, idle));
        List<Long> laps = new ArrayList<>();
        List<Long> lapNanos = new ArrayList<>();
        double[] scores = null;
        long began = 0;
        long ended = 0;
        for (Line told : answer) {
            Matcher lap = LAP.matcher(told.text());
            Matcher results = RESULTS.matcher(told.text());
            if (lap.matches()) {
                laps.add(Long.parseLong(lap.group(1)));
                lapNanos.add(told.nanos());
            } else if (results.matches()) {
                scores = scores(results.group(1), command);
            } else if (told.text().startsWith("m-infer-start")) {
                began = told.nanos();
            } else if (told.text().startsWith("m-infer-done")) {
                ended = told.nanos();
            }
        }
        if (scores == null) {
            throw new DutException("the device at " + place() + " answered '" + command
                    + "' without m-results-[…]; load a sample of its size first, and check its firmware");
        }
        if (laps.size() >= 2 && laps.getLast() < laps.get(laps.size() - 2)) {
            throw new DutException("the device at " + place() + " told a lap of " + laps.getLast()
                    + " µs after one of " + laps.get(laps.size() - 2)
                    + " µs; its clock wrapped around or runs backwards: run this window again");
        }
        return laps.size() < 2
                ? new Inference(List.copyOf(laps), scores, began, ended)
                : new Inference(List.copyOf(laps), scores, lapNanos.get(lapNanos.size() - 2), lapNanos.getLast());
    }

    Inference infer(int inferences, int warmups) throws IOException {
        return infer(inferences, warmups, waited -> {});
    }

    private double[] scores(String text, String command) throws DutException {
        String[] words = text.split(",");
        double[] scores = new double[words.length];
        for (int i = 0; i < words.length; i++) {
            try {
                scores[i] = Double.parseDouble(words[i].strip());
            } catch (NumberFormatException noNumber) {
                throw new DutException(
                        "the device at " + place() + " answered '" + command + "' with the score '"
                                + DutLine.shown(words[i]) + "', which is no number; check its firmware",
                        noNumber);
            }
        }
        return scores;
    }

    private List<Line> checked(String command) throws IOException {
        return checked(command, line.ask(command));
    }

    private List<Line> checked(String command, List<Line> answer) throws DutException {
        for (Line told : answer) {
            if (told.text().contains(REBOOTED)) {
                throw new DutException("the device at " + place() + " restarted while it answered '"
                        + DutLine.shown(command) + "'; check its supply and its watchdog, then run again");
            }
            if (told.text().startsWith("e-")) {
                throw new DutException("the device at " + place() + " refused '" + DutLine.shown(command) + "': "
                        + DutLine.plain(told.text(), REFUSAL_SHOWN)
                        + "; check that its firmware knows this command and takes these values");
            }
        }
        return answer;
    }

    private static String find(List<Line> answer, Pattern pattern, int group) {
        for (Line told : answer) {
            Matcher found = pattern.matcher(told.text());
            if (found.matches()) {
                return found.group(group);
            }
        }
        return "";
    }

    @Override
    public void close() throws IOException {
        line.close();
    }
}
