package io.spikelet.bench.scratch;

import io.spikelet.host.cli.Json;
import io.spikelet.host.cli.ProgressLine;
import io.spikelet.host.data.SampleFileException;
import io.spikelet.host.data.SampleSet;
import io.spikelet.model.LearningRule;
import io.spikelet.model.Shape;
import io.spikelet.model.SpikingNetwork;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code spikelet bench scratch}: what a board learns from random weights, beside its controls. */
@Command(
        name = "scratch",
        description = {
            "Learn a task from random weights with the board's integers, one sample at a time, and answer the test"
                    + " samples. Beside it, always: the same with shuffled labels, which must learn nothing."
        },
        footer = {
            "",
            "Exit code 1 with --check when the floor is missed, float is more than 2 points better or shuffled labels"
                    + " teach.",
            "",
            "Examples:",
            "  spikelet bench scratch --data fashion-mnist --train train:0-10000",
            "  spikelet bench scratch --data fashion-mnist --train train:0-10000 --python python3 --floor 80 --check",
            "  spikelet bench scratch --data fashion-mnist --passes 3 --halving 5000 --floor 86 --check"
        })
public final class ScratchCommand implements Callable<Integer> {
    private static final double MOST_BELOW_FLOAT = 0.02;

    @Option(names = "--data", required = true, paramLabel = "PATH", description = "Samples, as for evaluate.")
    private Path data;

    @Option(
            names = "--train",
            defaultValue = "train",
            paramLabel = "SPLIT",
            description = "What is learned (default: ${DEFAULT-VALUE}).")
    private String train;

    @Option(names = "--passes", defaultValue = "1", paramLabel = "N", description = "Over it (default: 1).")
    private int passes;

    @Option(
            names = "--hidden",
            defaultValue = "256",
            paramLabel = "N",
            description = "Hidden neurons (default: ${DEFAULT-VALUE}).")
    private int hidden;

    @Option(
            names = "--steps",
            defaultValue = "6",
            paramLabel = "T",
            description = "Time steps (default: ${DEFAULT-VALUE}).")
    private int steps;

    @Option(
            names = "--learning-rate",
            defaultValue = "0.05",
            paramLabel = "ETA",
            description = "The step, over all time steps of a sample (default: ${DEFAULT-VALUE}).")
    private double rate;

    @Option(
            names = "--halving",
            defaultValue = "1000",
            paramLabel = "N",
            description = "Samples after which the step is half, eta / (1 + n / N); 0 for never"
                    + " (default: ${DEFAULT-VALUE}).")
    private int halving;

    @Option(names = "--seed", defaultValue = "1", paramLabel = "N", description = "Of weights, order and rounding.")
    private long seed;

    @Option(
            names = "--python",
            paramLabel = "COMMAND",
            description =
                    "A Python with PyTorch, which then learns the same in float32 from the same weights in the same"
                            + " order.")
    private String python;

    @Option(names = "--floor", paramLabel = "PERCENT", description = "What --check asks of the test accuracy.")
    private Double floor;

    @Option(names = "--check", description = "Exit code 1 when the floor, or the control, does not hold.")
    private boolean check;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    /** For picocli. */
    public ScratchCommand() {
        // Options are set by picocli.
    }

    @Override
    public Integer call() throws Exception {
        if (passes < 1 || hidden < 1 || steps < 1 || halving < 0 || !(rate > 0)) {
            throw new IllegalArgumentException(
                    "--passes, --hidden, --steps and --learning-rate are above 0, and" + " --halving is 0 or more");
        }
        SampleSet learned = SampleSet.read(data, train);
        SampleSet test = SampleSet.read(data, "test");
        LearningRule rule = new LearningRule(ScratchNetwork.LEARNING, (float) (rate / steps), 1, halving);
        SpikingNetwork network =
                ScratchNetwork.of(shape(learned), learned.fullScale(), hidden, learned.classes(), steps, rule, seed);
        int[] order = ScratchRun.order(learned.count(), passes, seed);
        ScratchRun ours = run("learning", network, learned, order, false, test);
        ScratchRun control = run("shuffled labels", network, learned, order, true, test);
        ScratchRun peer = python == null ? null : FloatPeer.run(python, network, learned, order, test);
        List<String> broken = new ArrayList<>();
        if (peer != null && ours.accuracy() < peer.accuracy() - MOST_BELOW_FLOAT) {
            broken.add("more than 2 points below float32");
        }
        if (floor != null && ours.accuracy() * 100 < floor) {
            broken.add("below " + floor + " %");
        }
        if (control.accuracy() > 2.0 / learned.classes()) {
            broken.add("shuffled labels taught something");
        }
        print(network, ours, peer, control, broken);
        return check && !broken.isEmpty() ? 1 : 0;
    }

    private ScratchRun run(
            String what, SpikingNetwork network, SampleSet learned, int[] order, boolean shuffled, SampleSet test)
            throws Exception {
        ProgressLine line = new ProgressLine(spec.commandLine().getErr(), what);
        ScratchRun run = ScratchRun.of(network, learned, order, shuffled, test, seed, line::at);
        line.done();
        return run;
    }

    private static Shape shape(SampleSet samples) throws SampleFileException {
        int[] extents = samples.sampleShape();
        return switch (extents.length) {
            case 1 -> Shape.vector(extents[0]);
            case 2 -> new Shape(1, extents[0], extents[1]);
            case 3 -> new Shape(extents[0], extents[1], extents[2]);
            default ->
                throw new SampleFileException(samples.name() + ": samples of " + extents.length
                        + " dimensions cannot be learned from scratch");
        };
    }

    private void print(
            SpikingNetwork network, ScratchRun ours, ScratchRun peer, ScratchRun control, List<String> broken) {
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(Json.object(object -> {
                object.writeStringField("network", network.name());
                object.writeNumberField("time_steps", network.timeSteps());
                object.writeNumberField("learned", ours.learned());
                object.writeNumberField("accuracy", ours.accuracy());
                object.writeNumberField("accuracy_shuffled", control.accuracy());
                if (peer != null) {
                    object.writeNumberField("accuracy_float", peer.accuracy());
                    object.writeNumberField("learning_step_float_us", peer.micros());
                }
                object.writeNumberField("tested", ours.tested());
                object.writeNumberField("learning_step_us", ours.micros());
                object.writeArrayFieldStart("broken");
                for (String promise : broken) {
                    object.writeString(promise);
                }
                object.writeEndArray();
            }));
            return;
        }
        out.printf(
                Locale.ROOT, "%s, T = %d, %d samples learned%n", network.name(), network.timeSteps(), ours.learned());
        line(out, "integers, OTTT", ours);
        if (peer != null) {
            line(out, "float32, PyTorch", peer);
        }
        line(out, "shuffled labels", control);
        broken.forEach(promise -> out.println("BROKEN: " + promise));
    }

    private static void line(PrintWriter out, String name, ScratchRun run) {
        out.printf(
                Locale.ROOT,
                "  %-18s %6.2f %% of %d test samples, %.0f µs a learning step%n",
                name,
                100 * run.accuracy(),
                run.tested(),
                run.micros());
    }
}
