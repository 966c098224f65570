package io.spikelet.bench.crossbar;

import io.spikelet.engine.Classifier;
import io.spikelet.engine.Offload;
import io.spikelet.hal.crossbar.Crossbar;
import io.spikelet.host.data.SampleSet;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** The parts of the benchmark that place subjects on chips; each trial is told as soon as it is done. */
final class Sweeps {
    /** Cells of the seed paper's study, 20 kΩ and on/off 10, without any trouble of their own. */
    static final String CELLS = "ideal,least=5,most=50";

    /** Its deviation, and the stuck cells that acceptance names. */
    static final String TROUBLED = CELLS + ",sigma=0.1,stuck-low=0.0005,stuck-high=0.0005";

    private static final String ALL = ",pulses=20,tolerance=0.02,gains=on,remap=on,spares=8";
    private static final double DAY = 86_400;

    private final int count;
    private final int threads;
    private final SampleSet samples;
    private final SampleSet calibration;
    private final Consumer<Trial> told;
    private final List<Trial> trials = new ArrayList<>();

    /**
     * @param count chips of each kind
     * @param samples that chips are judged by
     * @param calibration what converters are calibrated on
     */
    Sweeps(int count, int threads, SampleSet samples, SampleSet calibration, Consumer<Trial> told) {
        this.count = count;
        this.threads = threads;
        this.samples = samples;
        this.calibration = calibration;
        this.told = told;
    }

    List<Trial> trials() {
        return List.copyOf(trials);
    }

    private void add(String part, String condition, String setup, Subject subject, Chips.Treatment treatment)
            throws Exception {
        add(part, condition, setup, subject, count, treatment);
    }

    private void add(
            String part, String condition, String setup, Subject subject, int chips, Chips.Treatment treatment)
            throws Exception {
        Trial trial = new Trial(
                part, condition, setup, subject, Chips.of(subject, setup, chips, samples, threads, treatment));
        trials.add(trial);
        told.accept(trial);
    }

    private Classifier asItIs(Offload chip) throws Exception {
        return Classifier.load(chip);
    }

    private Classifier calibrated(Offload chip) throws Exception {
        chip.calibrate(calibration.samples(), calibration.count());
        return Classifier.load(chip);
    }

    /** Frozen errors apart from fresh ones, then both together with lines and converters. */
    void time(List<Subject> subjects) throws Exception {
        Map<String, String> conditions = new LinkedHashMap<>();
        conditions.put("frozen, sigma 10 %", CELLS + ",sigma=0.1");
        conditions.put("frozen, sigma 20 %", CELLS + ",sigma=0.2");
        conditions.put("fresh, sigma 10 %", CELLS + ",read-sigma=0.1");
        conditions.put("fresh, sigma 20 %", CELLS + ",read-sigma=0.2");
        conditions.put("stuck 1 %", CELLS + ",stuck-low=0.005,stuck-high=0.005");
        for (Map.Entry<String, String> condition : conditions.entrySet()) {
            for (Subject subject : subjects) {
                add("time", condition.getKey(), condition.getValue(), subject, (chip, _) -> asItIs(chip));
            }
        }
        for (Subject subject : subjects) {
            add(
                    "time",
                    "all, 64 x 64, lines, 6-bit ADC",
                    "harsh,stuck-low=0.0005,stuck-high=0.0005",
                    subject,
                    (chip, _) -> calibrated(chip));
        }
    }

    void sigma(List<Subject> subjects) throws Exception {
        for (String sigma : new String[] {"0.02", "0.05", "0.1", "0.2", "0.3"}) {
            for (Subject subject : subjects) {
                add("sigma", sigma, CELLS + ",sigma=" + sigma, subject, (chip, _) -> asItIs(chip));
            }
        }
    }

    void converter(List<Subject> subjects) throws Exception {
        for (int bits = 3; bits <= 8; bits++) {
            for (Subject subject : subjects) {
                add("adc", bits + " bits", CELLS + ",adc=" + bits, subject, (chip, _) -> calibrated(chip));
            }
        }
    }

    /** Resistance of lines, by the size of tiles; one chip says all, since nothing is drawn. */
    void size(List<Subject> subjects) throws Exception {
        for (int size : new int[] {32, 64, 128}) {
            for (Subject subject : subjects) {
                String setup = CELLS + ",word=5,bit=10,driver=1000,sense=1000,size=" + size;
                String tile = size + " x " + size;
                add("size", tile, setup, subject, 1, (chip, _) -> asItIs(chip));
                add("size", tile + ", calibrated", setup + ",gains=on", subject, 1, (chip, _) -> calibrated(chip));
            }
        }
    }

    /** What wins accuracy back at the deviation and the stuck cells that acceptance names, each alone and all together. */
    void winBack(List<Subject> subjects) throws Exception {
        for (Subject subject : subjects) {
            add("win-back", "none", TROUBLED, subject, (chip, _) -> asItIs(chip));
            add("win-back", "gains and offsets", TROUBLED + ",gains=on", subject, (chip, _) -> calibrated(chip));
            add(
                    "win-back",
                    "write and verify",
                    TROUBLED + ",pulses=20,tolerance=0.02",
                    subject,
                    (chip, _) -> asItIs(chip));
            add("win-back", "all together", TROUBLED + ALL, subject, (chip, _) -> calibrated(chip));
        }
    }

    /** Each of the others against the trouble that it is made for. */
    void troubles(List<Subject> subjects) throws Exception {
        String stuck = CELLS + ",stuck-low=0.005,stuck-high=0.005";
        String drifting = "pcm,word=0,bit=0,driver=0,sense=0,adc=0,gains=on";
        String offset = CELLS + ",sigma=0.05,mapping=offset";
        for (Subject subject : subjects) {
            add("stuck cells 1 %", "none", stuck, subject, (chip, _) -> asItIs(chip));
            add(
                    "stuck cells 1 %",
                    "remapped, 8 spare columns",
                    stuck + ",tolerance=0.02,remap=on,spares=8",
                    subject,
                    (chip, _) -> asItIs(chip));
            add("drift, PCM after a day", "calibrated when written", drifting, subject, (chip, _) -> {
                chip.calibrate(calibration.samples(), calibration.count());
                aged(chip);
                return asItIs(chip);
            });
            add("drift, PCM after a day", "calibrated again", drifting, subject, (chip, _) -> {
                aged(chip);
                return calibrated(chip);
            });
            add("offset mapping, sigma 5 %", "none", offset, subject, (chip, _) -> asItIs(chip));
            add(
                    "offset mapping, sigma 5 %",
                    "noise-aware clipping", offset + ",clip=on", subject, (chip, _) -> asItIs(chip));
        }
    }

    private static void aged(Offload chip) {
        chip.placements().forEach(placement -> ((Crossbar) placement.device().orElseThrow()).age(DAY));
    }

    /** Learning: before, through noisy crossbars; afterwards, on the chip itself. */
    void learning(Lesson lesson, int leak, int steps, int adaptation) throws Exception {
        String noisy = CELLS + ",sigma=0.3";
        String part = "learning, sigma 30 %";
        Subject plain = Subject.of("learned", lesson.learned(leak, steps, (_, _) -> {}), samples);
        Subject aware =
                Subject.of("learned", lesson.noiseAware(leak, steps, CELLS + ",read-sigma=0.3", (_, _) -> {}), samples);
        Subject again = new Subject(plain.group(), Lesson.learningOn(plain.network()), plain.clean());
        add(part, "none", noisy, plain, (chip, _) -> asItIs(chip));
        // Judged against the plain network, whose place it takes.
        add(
                part,
                "learned through noisy reads",
                noisy,
                new Subject(plain.group(), aware.network(), plain.clean()),
                (chip, _) -> asItIs(chip));
        add(
                part,
                adaptation + " samples learned on the chip",
                noisy + ",headroom=1.2",
                again,
                (chip, _) -> lesson.adapted(chip, adaptation));
    }
}
