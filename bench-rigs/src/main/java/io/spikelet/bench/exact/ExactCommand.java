package io.spikelet.bench.exact;

import io.spikelet.bench.measure.ImageSamples;
import io.spikelet.bench.workload.PreparedWorkload;
import io.spikelet.bench.workload.Workload;
import io.spikelet.host.cli.ImageFile;
import io.spikelet.host.cli.Json;
import io.spikelet.host.cli.ProgressLine;
import io.spikelet.host.data.SampleSet;
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

/** {@code spikelet bench exact}: whether all kernels answer alike, and a digest to hold another processor to. */
@Command(
        name = "exact",
        description = {
            "Run networks on the reference, SWAR and vector kernels, on one thread and on two, and compare every output"
                    + " value at every step, every count of spikes and of operations; and where a network learns, let"
                    + " each of them learn from the samples and compare all weights and biases.",
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
            "  spikelet bench exact --image digits.img --data bench-rigs/zoo/data/digits.h5 > here.txt",
            "  spikelet bench exact --image chip.img --data fashion-mnist --on crossbar:ideal --on tinyodin:sim"
        })
public final class ExactCommand implements Callable<Integer> {
    @Option(
            names = "--workload",
            split = ",",
            paramLabel = "NAME",
            description = "Which of the benchmark's networks (default: W1,W2,W3,W4,W5, or none beside an image).")
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

    @Option(
            names = "--data",
            paramLabel = "PATH",
            description = "Whose samples the images answer: whatever 'evaluate' takes.")
    private Path data;

    @Option(
            names = "--split",
            defaultValue = "test",
            paramLabel = "NAME",
            description = "Which part of the data (default: ${DEFAULT-VALUE}).")
    private String split;

    @Option(names = "--samples", paramLabel = "N", description = "The first N samples of the data (default: all).")
    private Integer limit;

    @Option(
            names = "--on",
            paramLabel = "DEVICES",
            description =
                    "Also with the layers that fit on devices: crossbar:ideal, tinyodin:sim, or whatever 'offload'"
                            + " takes; may be repeated.")
    private List<String> on = List.of();

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    /** For picocli. */
    public ExactCommand() {
        // Options are set by picocli.
    }

    @Override
    public Integer call() throws Exception {
        requireSense();
        PrintWriter out = spec.commandLine().getOut();
        ProgressLine progress = new ProgressLine(spec.commandLine().getErr(), "comparing kernels");
        List<ExactCase> cases = cases();
        List<ExactCase.Outcome> outcomes = new ArrayList<>();
        for (ExactCase one : cases) {
            progress.at(outcomes.size(), cases.size());
            ExactCase.Outcome outcome = one.run();
            outcomes.add(outcome);
            if (!json) {
                out.println(line(one, outcome));
                outcome.placements().forEach(placement -> out.println("    " + placement));
                out.flush();
            }
        }
        progress.done();
        if (json) {
            out.println(object(cases, outcomes));
        }
        return outcomes.stream().allMatch(outcome -> outcome.differing().isEmpty()) ? 0 : 1;
    }

    private void requireSense() {
        if (images.isEmpty() != (data == null)) {
            throw new IllegalArgumentException("--image and --data go together: an image, and the samples it answers");
        }
        if (limit != null && limit < 1) {
            throw new IllegalArgumentException("--samples must be 1 or more: " + limit);
        }
    }

    private static String line(ExactCase one, ExactCase.Outcome outcome) {
        return String.format(
                Locale.ROOT,
                "%-24s %6d samples %10d spikes  %s  %s",
                one.name(),
                one.count(),
                outcome.spikes(),
                outcome.digest(),
                outcome.differing().isEmpty()
                        ? "all " + outcome.ways() + " ways agree"
                        : "DIFFERS: " + String.join(", ", outcome.differing()));
    }

    private static String object(List<ExactCase> cases, List<ExactCase.Outcome> outcomes) {
        return Json.object(json -> {
            json.writeArrayFieldStart("networks");
            for (int i = 0; i < cases.size(); i++) {
                ExactCase.Outcome outcome = outcomes.get(i);
                json.writeStartObject();
                json.writeStringField("name", cases.get(i).name());
                json.writeNumberField("samples", cases.get(i).count());
                json.writeNumberField("spikes", outcome.spikes());
                json.writeStringField("digest", outcome.digest());
                json.writeNumberField("ways", outcome.ways());
                json.writeArrayFieldStart("differing");
                for (String way : outcome.differing()) {
                    json.writeString(way);
                }
                json.writeEndArray();
                json.writeArrayFieldStart("placements");
                for (String placement : outcome.placements()) {
                    json.writeString(placement);
                }
                json.writeEndArray();
                json.writeEndObject();
            }
            json.writeEndArray();
        });
    }

    private List<ExactCase> cases() throws Exception {
        List<ExactCase> cases = new ArrayList<>();
        for (Workload workload : chosenWorkloads()) {
            for (int t : steps) {
                PreparedWorkload prepared = PreparedWorkload.prepare(workload, 0.15, t);
                cases.add(new ExactCase(workload + " T=" + t, prepared.network(), prepared.samples(), false, on));
                addLearning(cases);
            }
        }
        for (Path path : images) {
            SpikingNetwork network = ImageFile.network(path, ImageFile.read(path));
            SampleSet samples = ImageSamples.read(path, network, data, split, null, limit);
            cases.add(new ExactCase(path.getFileName().toString(), network, samples.samples(), false, on));
            addLearning(cases);
        }
        return cases;
    }

    /** Where the latest network learns, the same once more. */
    private static void addLearning(List<ExactCase> cases) {
        ExactCase answering = cases.getLast();
        if (answering.network().learning().isPresent()) {
            cases.add(new ExactCase(
                    answering.name() + " learns", answering.network(), answering.samples(), true, List.of()));
        }
    }

    private List<Workload> chosenWorkloads() {
        if (workloads != null) {
            return workloads;
        }
        return images.isEmpty() ? List.of(Workload.W1, Workload.W2, Workload.W3, Workload.W4, Workload.W5) : List.of();
    }
}
