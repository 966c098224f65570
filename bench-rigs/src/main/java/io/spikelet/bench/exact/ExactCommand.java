package io.spikelet.bench.exact;

import io.spikelet.bench.workload.PreparedWorkload;
import io.spikelet.bench.workload.Workload;
import io.spikelet.host.cli.ProgressLine;
import io.spikelet.host.data.SampleSet;
import io.spikelet.model.NetworkCodec;
import io.spikelet.model.SpikingNetwork;
import io.spikelet.model.container.ModelImage;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code spikelet bench exact}: whether all kernels answer alike, and a digest to hold another processor to. */
@Command(
        name = "exact",
        description = {
            "Run networks on the reference, SWAR and vector kernels, on one thread and on two, and compare every output"
                    + " value at every step, every count of spikes and of operations.",
            "",
            "Prints one line a network with the digest of its answers. Run it on another processor and compare the"
                    + " lines: they must be the same."
        },
        footer = {
            "",
            "Exit code 1 when kernels disagree.",
            "",
            "Examples:",
            "  spikelet bench exact",
            "  spikelet bench exact --image digits.img --data bench-rigs/zoo/data/digits.h5 > here.txt"
        })
public final class ExactCommand implements Callable<Integer> {
    @Option(
            names = "--workload",
            split = ",",
            defaultValue = "W1,W2,W3,W4",
            paramLabel = "NAME",
            description = "Which of the benchmark's networks (default: ${DEFAULT-VALUE}).")
    private List<Workload> workloads;

    @Option(
            names = "--steps",
            split = ",",
            defaultValue = "1,4",
            paramLabel = "T",
            description = "Their time steps (default: ${DEFAULT-VALUE}).")
    private List<Integer> steps;

    @Option(names = "--image", paramLabel = "FILE", description = "A model image to run too; may be repeated.")
    private List<Path> images = List.of();

    @Option(names = "--data", paramLabel = "PATH", description = "Whose samples the images answer.")
    private Path data;

    @Option(
            names = "--split",
            defaultValue = "test",
            paramLabel = "NAME",
            description = "Which part of the data (default: ${DEFAULT-VALUE}).")
    private String split;

    @Option(
            names = "--samples",
            defaultValue = "0",
            paramLabel = "N",
            description = "The first N samples of the data (default: all).")
    private int limit;

    @Spec
    private CommandSpec spec;

    /** For picocli. */
    public ExactCommand() {
        // Options are set by picocli.
    }

    @Override
    public Integer call() throws Exception {
        if (!images.isEmpty() && data == null) {
            throw new IllegalArgumentException("--image needs --data, the samples that it answers");
        }
        PrintWriter out = spec.commandLine().getOut();
        ProgressLine progress = new ProgressLine(spec.commandLine().getErr(), "comparing kernels");
        List<ExactCase> cases = cases();
        boolean agree = true;
        for (int i = 0; i < cases.size(); i++) {
            progress.at(i, cases.size());
            ExactCase one = cases.get(i);
            ExactCase.Outcome outcome = one.run();
            agree &= outcome.differing().isEmpty();
            out.printf(
                    "%-24s %6d samples %10d spikes  %s  %s%n",
                    one.name(),
                    one.count(),
                    outcome.spikes(),
                    outcome.digest(),
                    outcome.differing().isEmpty()
                            ? "all " + outcome.ways() + " ways agree"
                            : "DIFFERS: " + String.join(", ", outcome.differing()));
            out.flush();
        }
        progress.done();
        return agree ? 0 : 1;
    }

    private List<ExactCase> cases() throws Exception {
        List<ExactCase> cases = new ArrayList<>();
        for (Workload workload : workloads) {
            for (int t : steps) {
                PreparedWorkload prepared = PreparedWorkload.prepare(workload, 0.15, t);
                cases.add(new ExactCase(workload + " T=" + t, prepared.network(), prepared.samples()));
            }
        }
        for (Path path : images) {
            SpikingNetwork network = NetworkCodec.decode(
                    ModelImage.parse(Files.readAllBytes(path)).payload());
            SampleSet samples = SampleSet.read(data, split);
            SampleSet chosen = limit > 0 ? samples.first(limit) : samples;
            byte[] bytes = new byte[chosen.count() * network.sampleBytes()];
            for (int i = 0; i < chosen.count(); i++) {
                chosen.read(i, bytes, i * network.sampleBytes());
            }
            cases.add(new ExactCase(path.getFileName().toString(), network, bytes));
        }
        return cases;
    }
}
