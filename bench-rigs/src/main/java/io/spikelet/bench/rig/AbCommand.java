package io.spikelet.bench.rig;

import io.spikelet.bench.measure.Machine;
import io.spikelet.hal.Clock;
import io.spikelet.host.cli.ImageFile;
import io.spikelet.host.cli.ProgressLine;
import io.spikelet.host.data.SampleSet;
import io.spikelet.model.SpikingNetwork;
import io.spikelet.model.container.ModelImage;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code spikelet rig ab}: two images on one board, in randomised pairs. */
@Command(
        name = "ab",
        description = {
            "Measure two images on one board of ours in pairs of windows, in an order that is drawn, and tell by how"
                    + " much they differ, with an interval.",
            "",
            "Both images are flashed first, then one or the other is activated before each window."
        },
        footer = {
            "",
            "Exit code 1 when fewer than two pairs can be used.",
            "",
            "Examples:",
            "  spikelet rig ab before.img after.img --data digits.h5",
            "  spikelet rig ab before.img after.img --dut serial:/dev/ttyACM0 --meter ppk2:/dev/ttyACM1 --pairs 12"
        })
final class AbCommand implements Callable<Integer> {
    private static final String THIS_MACHINE = "board";
    private static final int LEAST_PAIRS = 2;
    private static final int MOST_PAIRS = 500;
    private static final long INPUT_SEED = 1;

    @Parameters(index = "0", paramLabel = "IMAGE-A", description = "What is there.")
    private Path imageA;

    @Parameters(index = "1", paramLabel = "IMAGE-B", description = "What is held against it.")
    private Path imageB;

    @Option(
            names = "--dut",
            defaultValue = THIS_MACHINE,
            paramLabel = "DEVICE",
            description = "serial:PATH[@BAUD] or tcp:HOST:PORT of a board of ours; 'board' starts one on this machine"
                    + " (default: ${DEFAULT-VALUE}).")
    private String dut;

    @Option(names = "--data", paramLabel = "PATH", description = "Samples for the windows; otherwise random bytes.")
    private Path data;

    @Option(
            names = "--split",
            defaultValue = "test",
            paramLabel = "NAME",
            description = "The part of the samples (default: ${DEFAULT-VALUE}).")
    private String split;

    @Option(
            names = "--pairs",
            defaultValue = "5",
            paramLabel = "N",
            description = "Pairs of windows, 2 or more (default: ${DEFAULT-VALUE}).")
    private int pairs;

    @Option(
            names = "--seconds",
            defaultValue = "10",
            paramLabel = "S",
            description = "The least that a window lasts (default: ${DEFAULT-VALUE}).")
    private double seconds;

    @Option(
            names = "--seed",
            defaultValue = "1",
            paramLabel = "N",
            description = "Of the order in which they take turns (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Mixin
    private EnergyOption energy;

    @Option(
            names = "--out",
            defaultValue = "results",
            paramLabel = "FOLDER",
            description = "Takes a folder for each run (default: ${DEFAULT-VALUE}).")
    private Path out;

    @Option(names = "--json", description = "Print the result as one JSON object.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    AbCommand() {}

    @Override
    public Integer call() throws Exception {
        if (pairs < LEAST_PAIRS || pairs > MOST_PAIRS) {
            throw new IllegalArgumentException("--pairs must be " + LEAST_PAIRS + ".." + MOST_PAIRS + ": " + pairs);
        }
        ModelImage a = ImageFile.read(imageA);
        ModelImage b = ImageFile.read(imageB);
        SpikingNetwork networkA = ImageFile.network(imageA, a);
        SpikingNetwork networkB = ImageFile.network(imageB, b);
        requireComparable(a, b, networkA, networkB);
        DutAddress address = dut.equals(THIS_MACHINE) ? new DutAddress.Own(imageA) : DutAddress.parse(dut);
        if (!MeterChoice.isGiven(energy.meter(), address)) {
            throw new IllegalArgumentException(
                    "two images are held against each other by a meter, and this machine's own"
                            + " sensors say nothing of " + dut + "; give --meter (docs/meters.md)");
        }
        WindowRules rules = new WindowRules(pairs > 100 ? 100 : pairs, seconds, 10, 1);
        Inputs inputs = data == null
                ? Inputs.madeUp(
                        pairs,
                        networkA.sampleBytes(),
                        Math.min(Inputs.maximum(networkA), Inputs.maximum(networkB)),
                        INPUT_SEED)
                : Inputs.of(SampleSet.read(data, split), pairs);
        ResultsFolder results = new ResultsFolder(out);
        results.require();
        Instant started = Instant.now();
        PrintWriter err = spec.commandLine().getErr();
        AbResult result;
        AbFiles.Setting setting;
        try (Bench bench = Bench.open(address, List.of(a, b), Clock.system(), err)) {
            if (address instanceof DutAddress.There) {
                bench.flash(List.of(a, b), err);
            }
            result = measure(bench, a, b, inputs, rules);
            setting = new AbFiles.Setting(
                    started,
                    dut,
                    bench.dut().identity(),
                    Manifest.ImageFacts.of(imageA, a, networkA),
                    Manifest.ImageFacts.of(imageB, b, networkB),
                    inputs.source(),
                    rules,
                    seed,
                    Machine.here());
        }
        Path kept = AbFiles.keep(results, setting, result);
        spec.commandLine()
                .getOut()
                .println(json ? AbFiles.json(setting, result, Optional.of(kept)) : AbText.of(setting, result, kept));
        result.notes().forEach(note -> err.println("note: " + note));
        if (result.energy().isEmpty()) {
            err.println("spikelet: of " + pairs + " pairs " + result.a().size()
                    + " can be used, and a comparison needs two; see the notes above");
        }
        return result.energy().isPresent() ? 0 : 1;
    }

    private AbResult measure(Bench bench, ModelImage a, ModelImage b, Inputs inputs, WindowRules rules)
            throws IOException {
        PrintWriter err = spec.commandLine().getErr();
        try (ChosenMeter meter = MeterChoice.open(energy.meter(), bench.own())) {
            err.println(meter.why());
            ProgressLine progress = new ProgressLine(err, "windows in turns");
            AbResult result =
                    new AbRun(bench, a, b, inputs, rules, energy.plan(), progress::at).run(meter, pairs, seed);
            progress.done();
            return result;
        }
    }

    private void requireComparable(ModelImage a, ModelImage b, SpikingNetwork networkA, SpikingNetwork networkB) {
        if (Arrays.equals(a.digest(), b.digest())) {
            throw new IllegalArgumentException(imageA + " and " + imageB + " are the same image; give two");
        }
        if (networkA.sampleBytes() != networkB.sampleBytes()) {
            throw new IllegalArgumentException(imageA + " takes samples of " + networkA.sampleBytes() + " bytes, "
                    + imageB + " of " + networkB.sampleBytes() + "; give two that answer the same samples");
        }
        if (networkA.securityCounter() != networkB.securityCounter()) {
            throw new IllegalArgumentException("the security counters of " + imageA + " and " + imageB + " are "
                    + networkA.securityCounter() + " and " + networkB.securityCounter()
                    + ", so a board takes no step back; give both the same");
        }
    }
}
