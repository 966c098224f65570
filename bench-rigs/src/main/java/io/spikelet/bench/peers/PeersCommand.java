package io.spikelet.bench.peers;

import io.spikelet.bench.measure.ChildJvm;
import io.spikelet.bench.measure.Clock;
import io.spikelet.bench.measure.InterleavedRounds;
import io.spikelet.bench.measure.Machine;
import io.spikelet.bench.measure.VectorModule;
import io.spikelet.bench.workload.Workload;
import io.spikelet.host.cli.ImageFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code spikelet bench peers}: ours against ONNX Runtime in the same process, and against Python's when present. */
@Command(
        name = "peers",
        description = {
            "Time the engine against ONNX Runtime: same shapes and weights, one process, turns in rounds.",
            "",
            "Each workload and number of time steps is measured in JVMs of its own, with and without the vector"
                    + " module: a process runs one model on one family of kernels. The peer runs there too, with one"
                    + " thread, all graph optimisations and reused buffers, in float and in both int8 forms; ratios are"
                    + " taken against the faster int8 form (uint8 activations, int8 weights)."
        },
        footer = {
            "",
            "Exit code 1 with --check when a floor does not hold.",
            "",
            "Examples:",
            "  spikelet bench peers",
            "  spikelet bench peers --workload W1 --density .05,.15,.30 --steps 1,4 --report peers.html",
            "  spikelet bench peers --model fashion.img --ann fashion.onnx --data fashion-mnist"
        })
public final class PeersCommand implements Callable<Integer> {
    @Option(
            names = "--workload",
            split = ",",
            defaultValue = "W1,W2,W3",
            paramLabel = "NAME",
            description = "W1, W2, W3 or W4 (default: ${DEFAULT-VALUE}).")
    private List<Workload> workloads;

    @Option(
            names = "--density",
            split = ",",
            defaultValue = ".05,.15,.30",
            paramLabel = "D",
            description = "Spikes a value at each weighted layer's input (default: ${DEFAULT-VALUE}).")
    private List<Double> densities;

    @Option(
            names = "--steps",
            split = ",",
            defaultValue = "1,2,4",
            paramLabel = "T",
            description = "Time steps; those above 1 at density .15 alone (default: ${DEFAULT-VALUE}).")
    private List<Integer> steps;

    @Option(
            names = "--vector",
            split = ",",
            paramLabel = "on|off",
            description = "Give the measuring JVM the vector module (default: once with, once without).")
    private List<VectorModule> vectors = VectorModule.offered();

    @Option(
            names = "--rounds",
            defaultValue = "40",
            paramLabel = "N",
            description = "Turns that each contender gets (default: ${DEFAULT-VALUE}).")
    private int rounds;

    @Option(
            names = "--turn",
            defaultValue = "20",
            paramLabel = "MS",
            description = "How long a turn lasts (default: ${DEFAULT-VALUE}).")
    private int turnMillis;

    @Option(
            names = "--warm",
            defaultValue = "2000",
            paramLabel = "MS",
            description = "How long each contender runs before (default: ${DEFAULT-VALUE}).")
    private int warmMillis;

    @Option(
            names = "--clock",
            defaultValue = "wall",
            paramLabel = "wall|thread",
            description = "Time turns by the wall, or by the thread's processor time where other programs disturb"
                    + " (default: ${DEFAULT-VALUE}).")
    private Clock clock;

    @Option(
            names = "--python",
            paramLabel = "COMMAND",
            description = "A Python whose TensorFlow and PyTorch are peers too, where present.")
    private String python;

    @Option(names = "--spikingjelly", paramLabel = "PATH", description = "A checkout of SpikingJelly, with --python.")
    private Path spikingJelly;

    @ArgGroup(exclusive = false, heading = "In place of workloads, networks that were trained for one task:%n")
    private TrainedOption trained;

    @Option(names = "--report", paramLabel = "FILE", description = "Write an HTML page with plots.")
    private Path report;

    @Option(names = "--check", description = "End with exit code 1 when a floor does not hold, or none is judged.")
    private boolean check;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    /** For picocli. */
    public PeersCommand() {
        // Options are set by picocli.
    }

    @Override
    public Integer call() throws Exception {
        InterleavedRounds plan = new InterleavedRounds(rounds, turnMillis, warmMillis, clock);
        if (report != null) {
            requireReport();
        }
        return trained == null ? workloads(plan) : trained(trained.pair(plan));
    }

    private int trained(TrainedPair pair) throws Exception {
        List<TrainedPair.Answer> answers = new ArrayList<>();
        for (VectorModule module : vectors) {
            answers.add(ChildJvm.run(pair, module.flags(), TrainedPair.Answer.class));
        }
        spec.commandLine().getOut().println(json ? TrainedText.json(answers) : TrainedText.table(answers));
        return judged(Floor.judgeTrained(answers), "a network of one time step and an int8 one that is no better");
    }

    private void requireReport() throws NoSuchFileException {
        if (trained != null) {
            throw new IllegalArgumentException("--report draws workloads; leave it out with --model");
        }
        ImageFile.requireFolder(report);
    }

    /** @param wanted what a floor speaks of, in words */
    private int judged(List<Floor> floors, String wanted) {
        if (!check) {
            return 0;
        }
        if (floors.isEmpty()) {
            spec.commandLine().getErr().println("--check found nothing to judge: it wants " + wanted);
            return 1;
        }
        return floors.stream().allMatch(Floor::holds) ? 0 : 1;
    }

    private int workloads(InterleavedRounds plan) throws Exception {
        requireComparable();
        PythonPeers fromPython = python == null ? null : pythonPeers();
        Set<Machine> machines = new LinkedHashSet<>();
        List<PeersCell> cells = new ArrayList<>();
        for (VectorModule module : vectors) {
            for (Workload workload : workloads) {
                for (int timeSteps : steps) {
                    PeersWork work = new PeersWork(workload, module, points(timeSteps), plan);
                    PeersWork.Answer answer = ChildJvm.run(work, module.flags(), PeersWork.Answer.class);
                    machines.add(answer.machine());
                    cells.addAll(answer.cells());
                }
            }
        }
        PeersResult result = new PeersResult(
                List.copyOf(machines),
                cells,
                fromPython == null ? List.of() : fromPython.findings(),
                fromPython == null ? List.of() : fromPython.absent());
        PrintWriter out = spec.commandLine().getOut();
        out.println(json ? PeersJson.of(result) : PeersTable.of(result));
        if (report != null) {
            PeersReport.write(report, result);
        }
        return judged(result.floors(), "W1, W2 or W3 at density .15, or at .05 and .30");
    }

    private void requireComparable() {
        for (Workload workload : workloads) {
            if (workload.isKernel() || workload.learns()) {
                throw new IllegalArgumentException(
                        "--workload " + workload + " has no conventional twin; take W1, W2, W3 or W4");
            }
        }
    }

    /** Every density at one step, further steps at one density: what the plots need. */
    private List<PeersWork.Point> points(int timeSteps) {
        double usual = densities.contains(PeersReport.USUAL_DENSITY) ? PeersReport.USUAL_DENSITY : densities.getFirst();
        return (timeSteps == 1 ? densities : List.of(usual))
                .stream()
                        .map(density -> new PeersWork.Point(density, timeSteps))
                        .toList();
    }

    private PythonPeers pythonPeers() throws IOException {
        List<String> arguments = new ArrayList<>();
        if (spikingJelly != null) {
            arguments.addAll(List.of("--spikingjelly", spikingJelly.toString()));
        }
        return PythonPeers.run(python, arguments);
    }
}
