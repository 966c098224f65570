package io.spikelet.bench.learner;

import io.spikelet.bench.measure.Clock;
import io.spikelet.bench.measure.InterleavedRounds;
import io.spikelet.bench.measure.LearningContender;
import io.spikelet.bench.measure.Machine;
import io.spikelet.bench.measure.MeasureJson;
import io.spikelet.bench.measure.Ratio;
import io.spikelet.bench.measure.Spread;
import io.spikelet.bench.measure.Timing;
import io.spikelet.bench.workload.KernelFamily;
import io.spikelet.bench.workload.PreparedWorkload;
import io.spikelet.bench.workload.Workload;
import io.spikelet.host.Progress;
import io.spikelet.host.cli.Json;
import io.spikelet.host.cli.ProgressLine;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code spikelet bench learner}: the time of one learning step beside PyTorch's. */
@Command(
        name = "learner",
        description = {
            "Time one OTTT training step, 784-512-512-10, batch 1, on the board's learner and, in turns with it, in"
                    + " PyTorch: as its authors publish it (autograd), and written by hand without a graph.",
            "",
            "Time is the processor's, of one thread, so that other programs hardly show in it."
        },
        footer = {
            "",
            "Exit code 1 with --check when the learner is not as many times faster than autograd as --floor says.",
            "",
            "Examples:",
            "  spikelet bench learner",
            "  spikelet bench learner --python python3 --floor 40 --check"
        })
public final class LearnerCommand implements Callable<Integer> {
    private static final int TURN_MILLIS = 400;
    private static final int WARM_MILLIS = 3000;
    private static final double TORCH_SECONDS = 1.5;

    @Option(
            names = "--steps",
            defaultValue = "6",
            paramLabel = "T",
            description = "Time steps of ours (default: ${DEFAULT-VALUE}, which is what PyTorch always runs).")
    private int steps;

    @Option(
            names = "--density",
            defaultValue = "0.15",
            paramLabel = "SHARE",
            description = "Hidden neurons that fire at a step (default: ${DEFAULT-VALUE}).")
    private double density;

    @Option(
            names = "--rounds",
            defaultValue = "8",
            paramLabel = "N",
            description = "Turns of each (default: ${DEFAULT-VALUE}).")
    private int rounds;

    @Option(names = "--python", paramLabel = "COMMAND", description = "A Python with PyTorch, to run beside.")
    private String python;

    @Option(
            names = "--floor",
            paramLabel = "TIMES",
            description = "How many times faster than autograd --check wants the fastest of ours.")
    private Double floor;

    @Option(names = "--check", description = "Exit code 1 when the floor does not hold.")
    private boolean check;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    /** For picocli. */
    public LearnerCommand() {
        // Options are set by picocli.
    }

    @Override
    public Integer call() throws Exception {
        if (steps < 1 || rounds < 2 || !(density > 0 && density < 1)) {
            throw new IllegalArgumentException("--steps is 1 or more, --rounds 2 or more, --density between 0 and 1");
        }
        if (floor != null && (python == null || steps != 6)) {
            throw new IllegalArgumentException("--floor compares with PyTorch: give --python, and leave --steps at 6");
        }
        PreparedWorkload learning = PreparedWorkload.prepare(Workload.W5, density, steps);
        List<LearningContender> ours = new ArrayList<>();
        for (KernelFamily family : KernelFamily.available()) {
            ours.add(new LearningContender(family, learning));
        }
        Map<String, double[]> micros = new LinkedHashMap<>();
        ProgressLine line = new ProgressLine(spec.commandLine().getErr(), "learning in turns");
        Timing[] last = new Timing[ours.size()];
        String version = null;
        // The first round warms up.
        for (int round = -1; round < rounds; round++) {
            line.at(round + 1, rounds + 1);
            int warm = round < 0 ? WARM_MILLIS : TURN_MILLIS;
            List<Timing> turn = new InterleavedRounds(1, TURN_MILLIS, warm, Clock.THREAD).run(ours, Progress.SILENT);
            TorchSteps torch = python == null || round < 0 ? null : TorchSteps.run(python, TORCH_SECONDS);
            for (int k = 0; round >= 0 && k < last.length; k++) {
                last[k] = turn.get(k);
                keep(micros, "Spikelet, " + last[k].name(), round, last[k].micros()[0]);
            }
            if (torch != null) {
                version = torch.version();
                keep(micros, "PyTorch, autograd", round, torch.autograd());
                keep(micros, "PyTorch, by hand", round, torch.byHand());
            }
        }
        line.done();
        String fastest = fastest(micros);
        boolean holds = floor == null
                || Ratio.ofMedians(micros.get("PyTorch, autograd"), micros.get(fastest))
                                .value()
                        >= floor;
        print(micros, fastest, version, holds);
        return check && !holds ? 1 : 0;
    }

    private void keep(Map<String, double[]> micros, String name, int round, double value) {
        micros.computeIfAbsent(name, any -> new double[rounds])[round] = value;
    }

    private static String fastest(Map<String, double[]> micros) {
        return micros.keySet().stream()
                .filter(name -> name.startsWith("Spikelet"))
                .min((a, b) -> Double.compare(
                        Spread.of(micros.get(a)).median(),
                        Spread.of(micros.get(b)).median()))
                .orElseThrow();
    }

    private void print(Map<String, double[]> micros, String fastest, String version, boolean holds) throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(Json.object(object -> {
                object.writeFieldName("machine");
                MeasureJson.machine(object, Machine.here());
                object.writeStringField("torch", version);
                object.writeNumberField("time_steps", steps);
                object.writeArrayFieldStart("learning_step_us");
                for (Map.Entry<String, double[]> one : micros.entrySet()) {
                    object.writeStartObject();
                    object.writeStringField("name", one.getKey());
                    MeasureJson.spread(object, Spread.of(one.getValue()));
                    MeasureJson.ratio(object, "times_fastest", Ratio.ofMedians(one.getValue(), micros.get(fastest)));
                    object.writeEndObject();
                }
                object.writeEndArray();
                object.writeBooleanField("holds", holds);
            }));
            return;
        }
        out.println(Machine.here().sentence());
        out.printf(
                Locale.ROOT,
                "one learning step, 784-512-512-10, T = %d, density %.2f, %d rounds, processor time%s%n",
                steps,
                density,
                rounds,
                version == null ? "" : ", PyTorch " + version);
        for (Map.Entry<String, double[]> one : micros.entrySet()) {
            Spread spread = Spread.of(one.getValue());
            Ratio times = Ratio.ofMedians(one.getValue(), micros.get(fastest));
            out.printf(
                    Locale.ROOT,
                    "  %-28s %9.1f µs (quartiles %.1f .. %.1f)  %6.2f times the fastest (95 %% %.2f .. %.2f)%n",
                    one.getKey(),
                    spread.median(),
                    spread.low(),
                    spread.high(),
                    times.value(),
                    times.low(),
                    times.high());
        }
        if (!holds) {
            out.println("BROKEN: less than " + floor + " times faster than autograd");
        }
    }
}
