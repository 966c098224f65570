package io.spikelet.bench.adapt;

import io.spikelet.feature.EmgFeatures;
import io.spikelet.feature.OnOffScaling;
import io.spikelet.host.data.SampleFileException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * Motions from muscle signals over 30 days. Windows of 250 ms that follow each other, six a trial. A network is trained
 * from three trials of day 1; each new day tells the first trial of each motion and asks the other three.
 */
final class EmgCourses {
    private static final int WINDOW = 50;
    private static final int WINDOWS = EmgRecording.SAMPLES / WINDOW;

    /** Of a day: 0 to 2 are learned on day 1 and 0 later. */
    private static final int HELD_OUT_TRIAL = 3;

    private static final int PLAIN_KINDS = 4;

    private final String subject;
    private final int motions;

    /** (days, motions, trials, windows, features) Q8. */
    private final int[] features;

    private final int[] plain;
    private final byte[] labels;
    private final int size;

    private EmgCourses(String subject, short[] samples, int motions) {
        this.subject = subject;
        this.motions = motions;
        EmgFeatures maker = new EmgFeatures(EmgRecording.CHANNELS, WINDOW);
        size = maker.size();
        int count = EmgRecording.DAYS * motions * EmgRecording.TRIALS * WINDOWS;
        features = new int[count * size];
        plain = new int[count * PLAIN_KINDS * EmgRecording.CHANNELS];
        labels = new byte[count];
        int[] one = new int[size];
        for (int k = 0; k < count; k++) {
            int trial = k / WINDOWS;
            int motion = trial / EmgRecording.TRIALS % motions;
            int day = trial / EmgRecording.TRIALS / motions;
            int at = EmgRecording.offset(day, motion, trial % EmgRecording.TRIALS)
                    + k % WINDOWS * WINDOW * EmgRecording.CHANNELS;
            maker.extract(samples, at, one);
            System.arraycopy(one, 0, features, k * size, size);
            yardstick(samples, at, k * PLAIN_KINDS * EmgRecording.CHANNELS);
            labels[k] = (byte) motion;
        }
    }

    /**
     * Everyone in a folder.
     *
     * @param motions 1..22, the first of them
     */
    static List<EmgCourses> read(Path folder, int motions) throws IOException {
        if (motions < 2 || motions > EmgRecording.MOTIONS) {
            throw new IllegalArgumentException("--motions is 2..22: " + motions);
        }
        List<EmgCourses> everyone = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(one -> one.getFileName().toString().endsWith(".i16.gz"))
                    .sorted()
                    .toList()) {
                String subject = file.getFileName().toString().replace(".i16.gz", "");
                everyone.add(new EmgCourses(subject, EmgRecording.read(file), motions));
            }
        }
        if (everyone.isEmpty()) {
            throw new SampleFileException(folder + ": holds no .i16.gz file; name the folder of the recordings");
        }
        return everyone;
    }

    /** The four features of the yardstick, as sums: Σ|x|, Σ|Δx|, zero crossings, turns. Scale does not matter to it. */
    private void yardstick(short[] samples, int at, int into) {
        int channels = EmgRecording.CHANNELS;
        for (int c = 0; c < channels; c++) {
            int slopeBefore = 0;
            for (int t = 0; t < WINDOW; t++) {
                int x = samples[at + t * channels + c];
                plain[into + c] += Math.abs(x);
                if (t > 0) {
                    int before = samples[at + (t - 1) * channels + c];
                    int slope = x - before;
                    plain[into + channels + c] += Math.abs(slope);
                    plain[into + 2 * channels + c] += Integer.signum(x) * Integer.signum(before) < 0 ? 1 : 0;
                    plain[into + 3 * channels + c] += Integer.signum(slope) * Integer.signum(slopeBefore) < 0 ? 1 : 0;
                    slopeBefore = slope;
                }
            }
        }
    }

    /** From day 1 through all other days in order. */
    Course throughAllDays() {
        List<Stage> stages = new ArrayList<>();
        for (int day = 1; day < EmgRecording.DAYS; day++) {
            stages.add(new Stage(
                    "day " + (day + 1),
                    EmgRecording.PLACEMENTS.substring(day, day + 1),
                    windows(day, 0, 1),
                    windows(day, 1, EmgRecording.TRIALS)));
        }
        return course(subject, 0, EmgRecording.DAYS, stages);
    }

    /** For each day a course without stages: three trials learned, the fourth asked. */
    List<Course> sameDay() {
        List<Course> days = new ArrayList<>();
        for (int day = 0; day < EmgRecording.DAYS; day++) {
            days.add(course(subject + " day " + (day + 1), day, 1, List.of()));
        }
        return days;
    }

    /** Some days, of which the first is trained on. */
    private Course course(String name, int firstDay, int days, List<Stage> stages) {
        int aDay = motions * EmgRecording.TRIALS * WINDOWS;
        int first = firstDay * aDay;
        int count = days * aDay;
        int[] before = windows(0, 0, HELD_OUT_TRIAL);
        int[] known = new int[before.length * size];
        for (int k = 0; k < before.length; k++) {
            System.arraycopy(features, (first + before[k]) * size, known, k * size, size);
        }
        OnOffScaling scaling = OnOffScaling.of(known, before.length, size);
        byte[] vectors = new byte[count * scaling.inputs()];
        for (int k = 0; k < count; k++) {
            scaling.encode(features, (first + k) * size, vectors, k * scaling.inputs());
        }
        int[] heldOut = windows(0, HELD_OUT_TRIAL, EmgRecording.TRIALS);
        int plainSize = PLAIN_KINDS * EmgRecording.CHANNELS;
        return new Course(
                name,
                scaling.inputs(),
                motions,
                vectors,
                Arrays.copyOfRange(labels, first, first + count),
                before,
                heldOut,
                stages,
                Arrays.copyOfRange(plain, first * plainSize, (first + count) * plainSize));
    }

    /** The windows of some trials of a day, motion by motion. */
    private int[] windows(int day, int fromTrial, int toTrial) {
        int[] windows = new int[motions * (toTrial - fromTrial) * WINDOWS];
        int k = 0;
        for (int motion = 0; motion < motions; motion++) {
            int first = ((day * motions + motion) * EmgRecording.TRIALS + fromTrial) * WINDOWS;
            int end = first + (toTrial - fromTrial) * WINDOWS;
            for (int window = first; window < end; window++) {
                windows[k++] = window;
            }
        }
        return windows;
    }
}
