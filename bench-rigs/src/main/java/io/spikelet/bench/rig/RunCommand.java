package io.spikelet.bench.rig;

import io.spikelet.hal.Clock;
import io.spikelet.host.cli.ImageFile;
import io.spikelet.host.data.SampleSet;
import io.spikelet.model.SpikingNetwork;
import io.spikelet.model.container.ModelImage;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code spikelet rig run}: one run of a device under test. */
@Command(
        name = "run",
        description = {
            "Drive a device that speaks the MLPerf Tiny commands through accuracy, performance and energy.",
            "",
            "Each run is kept in a folder of its own, with report.html, result.json, windows.csv and trace.csv."
        },
        footer = {
            "",
            "Exit code 1 when the device does not answer as it should, or when windows scatter too much to be"
                    + " reported; 3 when device or meter failed after a phase was done: what was done is kept, and"
                    + " says that it is incomplete.",
            "",
            "Examples:",
            "  spikelet rig run --dut serial:/dev/ttyACM0 --data digits.h5",
            "  spikelet rig run --dut board:digits.img --data digits.h5",
            "  spikelet rig run --dut serial:/dev/ttyACM0 --input-bytes 64 --mode performance --windows 3 --seconds 1"
        })
final class RunCommand implements Callable<Integer> {
    private static final long SEED = 1;
    /** Exit code of a run that broke off when a phase of it was done. */
    private static final int INCOMPLETE = 3;

    @Option(
            names = "--dut",
            required = true,
            paramLabel = "DEVICE",
            description = "serial:PATH[@BAUD], tcp:HOST:PORT, or board:IMAGE for a board of ours on this machine.")
    private String dut;

    @Option(
            names = "--data",
            paramLabel = "PATH",
            description = "Labelled samples (docs/samples.md); without them there is no accuracy, and windows run on"
                    + " random bytes.")
    private Path data;

    @Option(
            names = "--split",
            defaultValue = "test",
            paramLabel = "NAME",
            description = "The part of the samples (default: ${DEFAULT-VALUE}).")
    private String split;

    @Option(names = "--limit", paramLabel = "N", description = "Accuracy on the first N samples alone.")
    private Integer limit;

    @Option(
            names = "--input-bytes",
            paramLabel = "N",
            description = "How many bytes the device's model takes, where neither --data nor an image tells.")
    private Integer inputBytes;

    @Option(
            names = "--window-samples",
            defaultValue = "1",
            paramLabel = "N",
            description =
                    "Windows take the first N samples in turns. A spiking network's time depends on its input, so that"
                            + " with more than one the windows' scatter is the data's too (default: ${DEFAULT-VALUE}).")
    private int windowSamples;

    @Option(
            names = "--mode",
            split = ",",
            paramLabel = "MODE",
            description = "accuracy, performance, energy, several by commas (default: all that can be had).")
    private List<String> modes;

    @Option(
            names = "--image",
            paramLabel = "IMAGE",
            description = "The image that the device runs: named in the result, and its modelled energy set beside the"
                    + " measured one.")
    private Path image;

    @Mixin
    private RulesOption rules;

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

    RunCommand() {}

    @Override
    public Integer call() throws Exception {
        DutAddress address = DutAddress.parse(dut);
        WindowRules windows = rules.rules();
        Set<Mode> wanted = wanted(address);
        Optional<SampleSet> samples = samples();
        Path imageFile = address instanceof DutAddress.Own own ? own.image() : image;
        Optional<ModelImage> running = imageFile == null ? Optional.empty() : Optional.of(ImageFile.read(imageFile));
        Optional<SpikingNetwork> network =
                running.isPresent() ? Optional.of(ImageFile.network(imageFile, running.get())) : Optional.empty();
        if (samples.isPresent() && network.isPresent()) {
            requireFit(samples.get(), network.get(), imageFile);
        }
        RunPlan plan = new RunPlan(
                dut,
                wanted,
                samples,
                inputs(samples, network),
                Optional.ofNullable(imageFile),
                running,
                network,
                windows,
                energy.plan(),
                energy.meter());
        ResultsFolder results = new ResultsFolder(out);
        results.require();
        PrintWriter err = spec.commandLine().getErr();
        RunResult result;
        Path kept;
        try (Bench bench = Bench.open(address, running.stream().toList(), Clock.system(), err)) {
            result = new RigRun(bench, plan, err).run();
            // Kept before the bench is cleared, for that fails too where a device is gone.
            kept = RunFiles.keep(results, result);
        }
        PrintWriter console = spec.commandLine().getOut();
        console.println(json ? RunJson.of(result, Optional.of(kept)) : RunText.of(result, kept));
        result.findings().forEach(finding -> err.println("note: " + finding));
        result.refusals().forEach(refusal -> err.println("spikelet: " + refusal));
        if (result.incomplete().isPresent()) {
            return INCOMPLETE;
        }
        return result.refusals().isEmpty() ? 0 : 1;
    }

    private void requireFit(SampleSet samples, SpikingNetwork network, Path imageFile) {
        if (samples.sampleBytes() != network.sampleBytes()) {
            throw new IllegalArgumentException(
                    data + ": a sample has " + samples.sampleBytes() + " bytes, and the model in " + imageFile
                            + " takes " + network.sampleBytes() + "; give the data that it was trained for");
        }
    }

    private Set<Mode> wanted(DutAddress address) {
        boolean metered = MeterChoice.isGiven(energy.meter(), address);
        if (modes == null) {
            Set<Mode> all = EnumSet.of(Mode.PERFORMANCE);
            if (data != null) {
                all.add(Mode.ACCURACY);
            }
            if (metered) {
                all.add(Mode.ENERGY);
            } else {
                spec.commandLine()
                        .getErr()
                        .println("note: energy is left out, for no --meter is named and this machine's own sensors say"
                                + " nothing of " + dut);
            }
            return all;
        }
        Set<Mode> wanted = EnumSet.noneOf(Mode.class);
        for (String word : modes) {
            wanted.add(Mode.parse(word.strip()));
        }
        if (wanted.contains(Mode.ACCURACY) && data == null) {
            throw new IllegalArgumentException("accuracy needs labelled samples; give --data");
        }
        if (wanted.contains(Mode.ENERGY) && !metered) {
            throw new IllegalArgumentException("energy needs a meter, and this machine's own sensors say nothing of "
                    + dut + "; give --meter, such as ppk2:/dev/ttyACM1, or sim to try the bench out (docs/meters.md)");
        }
        return wanted;
    }

    private Optional<SampleSet> samples() throws Exception {
        if (data == null) {
            return Optional.empty();
        }
        SampleSet all = SampleSet.read(data, split);
        if (limit == null || limit >= all.count()) {
            return Optional.of(all);
        }
        if (limit < 1) {
            throw new IllegalArgumentException("--limit must be 1 or more: " + limit);
        }
        return Optional.of(all.first(limit).named(all.name() + ", the first " + limit + " of " + all.count()));
    }

    private Inputs inputs(Optional<SampleSet> samples, Optional<SpikingNetwork> network) {
        if (windowSamples < 1 || windowSamples > 100) {
            throw new IllegalArgumentException("--window-samples must be 1..100: " + windowSamples);
        }
        if (samples.isPresent()) {
            return Inputs.of(samples.get(), windowSamples);
        }
        if (inputBytes != null && (inputBytes < 1 || inputBytes > 1 << 24)) {
            throw new IllegalArgumentException("--input-bytes must be 1.." + (1 << 24) + ": " + inputBytes);
        }
        int bytes = network.map(SpikingNetwork::sampleBytes)
                .or(() -> Optional.ofNullable(inputBytes))
                .orElseThrow(() -> new IllegalArgumentException(
                        "how many bytes a sample has is not known; give --data," + " --image, or --input-bytes"));
        return Inputs.madeUp(windowSamples, bytes, network.map(Inputs::maximum).orElse(Inputs.ANY_BYTE), SEED);
    }
}
