package io.spikelet.bench.crossbar;

import io.spikelet.fixedpoint.Q15;
import io.spikelet.host.WholeFile;
import io.spikelet.host.cli.Json;
import io.spikelet.host.data.SampleSet;
import io.spikelet.model.SpikingNetwork;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code spikelet bench crossbar}: what networks lose on memristive crossbars. */
@Command(
        name = "crossbar",
        description = {
            "Place Fashion-MNIST networks on simulated crossbars and say what accuracy that costs, as mean and"
                    + " deviation over chips that differ in what is frozen into them.",
            "",
            "Parts: circuit (exactness and time of lines), time (do fewer time steps survive better? frozen and fresh"
                + " noise apart), sigma, adc, size (sweeps), win-back (countermeasures at sigma 10 %% and 0.1 %% stuck),"
                + " troubles (stuck cells, drift, clipping), learning (through noise, and on the chip)."
        },
        footer = {
            "",
            "Exit code 1 with --check when the countermeasures together do not win back half of what is lost.",
            "",
            "Examples:",
            "  spikelet bench crossbar --data fashion-mnist --html crossbar.html",
            "  spikelet bench crossbar --data fashion-mnist --part time --chips 10 --samples 1000",
            "  spikelet bench crossbar --data fashion-mnist --part win-back --check",
            "  spikelet bench crossbar --data fashion-mnist --part circuit --cases models/crossbar"
        })
public final class CrossbarCommand implements Callable<Integer> {
    private static final int CALIBRATION = 128;
    private static final double FLOOR = 0.5;
    private static final int TESTED = 10_000;
    private static final int HELD_OUT = 4000;

    @Option(names = "--data", required = true, paramLabel = "FOLDER", description = "Fashion-MNIST as IDX files.")
    private Path data;

    @Option(
            names = "--part",
            split = ",",
            defaultValue = "circuit,time,sigma,adc,size,win-back,troubles,learning",
            paramLabel = "PART",
            description = "What is measured (default: all).")
    private List<String> parts;

    @Option(
            names = "--steps",
            split = ",",
            defaultValue = "1,2,4,8,16",
            paramLabel = "T",
            description = "Of part time (default: ${DEFAULT-VALUE}).")
    private List<Integer> steps;

    @Option(
            names = "--chips",
            defaultValue = "10",
            paramLabel = "N",
            description = "Of each kind (default: ${DEFAULT-VALUE}).")
    private int chips;

    @Option(
            names = "--samples",
            defaultValue = "1000",
            paramLabel = "N",
            description = "The first N test images (default: ${DEFAULT-VALUE}).")
    private int judged;

    @Option(
            names = "--train",
            defaultValue = "train",
            paramLabel = "SPLIT",
            description = "What networks are learned from (default: ${DEFAULT-VALUE}).")
    private String train;

    @Option(
            names = "--adaptation",
            defaultValue = "2000",
            paramLabel = "N",
            description = "Samples learned on a chip (default: ${DEFAULT-VALUE}).")
    private int adaptation;

    @Option(names = "--threads", defaultValue = "2", paramLabel = "N", description = "Chips at a time (default: 2).")
    private int threads;

    @Option(names = "--cases", paramLabel = "FOLDER", description = "Solved circuits to hold the solver against.")
    private Path cases;

    @Option(names = "--html", paramLabel = "FILE", description = "Also write a page with charts.")
    private Path html;

    @Option(names = "--check", description = "Exit code 1 when less than half is won back.")
    private boolean check;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    private final List<String> circuit = new ArrayList<>();
    private final List<Claim> claims = new ArrayList<>();
    private final List<String> won = new ArrayList<>();
    private boolean broken;

    /** For picocli. */
    public CrossbarCommand() {
        // Options are set by picocli.
    }

    @Override
    public Integer call() throws Exception {
        if (chips < 2 || judged < 1 || judged > TESTED - HELD_OUT || threads < 1 || adaptation < 1) {
            throw new IllegalArgumentException("--chips is 2 or more, --samples 1 to " + (TESTED - HELD_OUT)
                    + ", --threads and --adaptation are 1 or more");
        }
        String home = System.getProperty("spikelet.home");
        if (home == null) {
            throw new IOException("crossbar needs -Dspikelet.home=FOLDER, the root of Spikelet; the launcher sets it");
        }
        SampleSet learned = SampleSet.read(data, train);
        SampleSet samples = SampleSet.read(data, "test");
        samples = judged < samples.count() ? samples.first(judged) : samples;
        ZooSubjects zoo = new ZooSubjects(Path.of(home).resolve("bench-rigs/zoo/models"), samples);
        Lesson lesson = new Lesson(learned, 256, 1);
        Sweeps sweeps =
                new Sweeps(chips, threads, samples, learned.first(Math.min(CALIBRATION, learned.count())), this::tell);
        for (String part : parts) {
            measure(part, sweeps, zoo, lesson, samples);
        }
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(object(sweeps.trials()));
        }
        if (html != null) {
            String lead = "Fashion-MNIST, " + samples.count() + " test images, " + chips + " chips of each kind. "
                    + String.join(" | ", circuit);
            String page = CrossbarReport.page(lead, sweeps.trials(), claims).toHtml();
            WholeFile.write(html, draft -> Files.writeString(draft, page));
        }
        return check && broken ? 1 : 0;
    }

    private void measure(String part, Sweeps sweeps, ZooSubjects zoo, Lesson lesson, SampleSet samples)
            throws Exception {
        switch (part) {
            case "circuit" -> {
                circuit.add(CircuitTiming.tile());
                circuit.addAll(cases == null ? List.of() : CircuitTiming.cases(cases));
                circuit.forEach(this::say);
            }
            case "time" -> {
                List<Subject> subjects = new ArrayList<>();
                for (int t : steps) {
                    subjects.addAll(zoo.ofSteps(t).stream().toList());
                }
                // Held out are test images behind those that chips are judged by; nobody learns them.
                SampleSet heldOut = SampleSet.read(data, "test:" + (TESTED - HELD_OUT) + "-" + TESTED);
                for (SpikingNetwork network : lesson.equallyGood(Q15.ONE / 2, steps, heldOut)) {
                    subjects.add(Subject.of("dense, leak 0.5", network, samples));
                }
                for (SpikingNetwork network : lesson.equallyGood(Q15.ONE, steps, heldOut)) {
                    subjects.add(Subject.of("dense, no leak", network, samples));
                }
                sweeps.time(subjects);
                claim(sweeps.trials());
            }
            case "sigma" -> sweeps.sigma(ofSteps(zoo, 1, 4));
            case "adc" -> sweeps.converter(ofSteps(zoo, 1, 4));
            case "size" -> sweeps.size(ofSteps(zoo, 1, 4));
            case "win-back" -> {
                sweeps.winBack(List.of(zoo.oneStep(), zoo.residual()));
                weigh(sweeps.trials());
            }
            case "troubles" -> sweeps.troubles(List.of(zoo.oneStep()));
            case "learning" -> sweeps.learning(lesson, Q15.ONE / 2, 4, adaptation);
            default ->
                throw new IllegalArgumentException(
                        "--part takes circuit, time, sigma, adc, size, win-back, troubles and" + " learning, not '"
                                + part + "'");
        }
    }

    private static List<Subject> ofSteps(ZooSubjects zoo, int... steps) throws Exception {
        List<Subject> subjects = new ArrayList<>();
        for (int t : steps) {
            subjects.addAll(zoo.ofSteps(t).stream().toList());
        }
        return subjects;
    }

    private void claim(List<Trial> trials) {
        Map<String, List<Trial>> rows = trials.stream()
                .filter(trial -> trial.part().equals("time"))
                .collect(Collectors.groupingBy(
                        trial -> trial.subject().group() + trial.condition(), LinkedHashMap::new, Collectors.toList()));
        for (List<Trial> row : rows.values()) {
            if (row.size() > 1) {
                claims.add(Claim.of(row));
                say(claims.getLast().sentence());
            }
        }
    }

    private void weigh(List<Trial> trials) {
        Map<String, List<Trial>> subjects = trials.stream()
                .filter(trial -> trial.part().equals("win-back"))
                .collect(Collectors.groupingBy(CrossbarTable::subject, LinkedHashMap::new, Collectors.toList()));
        subjects.forEach((subject, row) -> {
            double lost = row.getFirst().chips().mean();
            double left = row.getLast().chips().mean();
            boolean half = lost - left >= FLOOR * lost;
            broken |= !half;
            won.add(String.format(
                    Locale.ROOT,
                    "%s: all together win back %.2f of %.2f points lost, %.0f %%%s",
                    subject,
                    lost - left,
                    lost,
                    100 * (lost - left) / lost,
                    half ? "" : "; BROKEN: less than half"));
            say(won.getLast());
        });
    }

    private void tell(Trial trial) {
        say(CrossbarTable.line(trial));
    }

    private void say(String line) {
        PrintWriter to = json ? spec.commandLine().getErr() : spec.commandLine().getOut();
        to.println(line);
        to.flush();
    }

    private String object(List<Trial> trials) {
        return Json.object(fields -> {
            fields.writeNumberField("samples", judged);
            fields.writeArrayFieldStart("trials");
            for (Trial trial : trials) {
                fields.writeStartObject();
                fields.writeStringField("part", trial.part());
                fields.writeStringField("condition", trial.condition());
                fields.writeStringField("crossbar", trial.setup());
                fields.writeStringField("network", trial.subject().group());
                fields.writeNumberField("time_steps", trial.subject().steps());
                fields.writeNumberField("accuracy", trial.subject().clean());
                fields.writeArrayFieldStart("points_lost");
                for (double loss : trial.chips().losses()) {
                    fields.writeNumber(loss);
                }
                fields.writeEndArray();
                fields.writeEndObject();
            }
            fields.writeEndArray();
            for (Map.Entry<String, List<String>> told :
                    Map.of("circuit", circuit, "won_back", won).entrySet()) {
                fields.writeArrayFieldStart(told.getKey());
                for (String sentence : told.getValue()) {
                    fields.writeString(sentence);
                }
                fields.writeEndArray();
            }
            fields.writeArrayFieldStart("claims");
            for (Claim claim : claims) {
                fields.writeString(claim.sentence());
            }
            fields.writeEndArray();
        });
    }
}
