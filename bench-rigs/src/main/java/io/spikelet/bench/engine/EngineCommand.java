package io.spikelet.bench.engine;

import io.spikelet.bench.measure.Machine;
import io.spikelet.bench.measure.VectorModule;
import io.spikelet.bench.workload.KernelFamily;
import io.spikelet.bench.workload.PreparedWorkload;
import io.spikelet.bench.workload.Workload;
import io.spikelet.host.cli.ProgressLine;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code spikelet bench engine}: kernels and whole networks at stated densities. */
@Command(
        name = "engine",
        description = {
            "Time the engine alone: kernels (K1 to K3) and networks (W1 to W5) at stated spike densities.",
            "",
            "JMH measures, each figure in a JVM of its own. Allocation and sizes stand beside the times."
        },
        footer = {
            "",
            "Examples:",
            "  spikelet bench engine",
            "  spikelet bench engine --workload W1,W5 --density .15 --vector off",
            "  spikelet bench engine --workload K1 --forks 0 --warmups 2 --iterations 3"
        })
public final class EngineCommand implements Callable<Integer> {
    @Option(
            names = "--workload",
            split = ",",
            defaultValue = "K1,K2,K3,W1,W2,W3,W4,W5",
            paramLabel = "NAME",
            description = "Which (default: ${DEFAULT-VALUE}).")
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
            paramLabel = "T",
            description = "Time steps (default: 1, and 6 for the learning step W5).")
    private List<Integer> steps;

    @Option(
            names = "--kernels",
            split = ",",
            paramLabel = "FAMILY",
            description = "Families of kernels (default: all that there are).")
    private List<KernelFamily> families = KernelFamily.available();

    @Option(
            names = "--vector",
            split = ",",
            paramLabel = "on|off",
            description = "Give the measuring JVM the vector module (default: once with, once without).")
    private List<VectorModule> vectors = VectorModule.offered();

    @Option(
            names = "--forks",
            defaultValue = "1",
            paramLabel = "N",
            description = "JVMs for each figure; 0 measures within this one (default: ${DEFAULT-VALUE}).")
    private int forks;

    @Option(
            names = "--warmups",
            defaultValue = "4",
            paramLabel = "N",
            description = "Iterations before those that count (default: ${DEFAULT-VALUE}).")
    private int warmups;

    @Option(
            names = "--iterations",
            defaultValue = "8",
            paramLabel = "N",
            description = "Iterations that count (default: ${DEFAULT-VALUE}).")
    private int iterations;

    @Option(
            names = "--iteration",
            defaultValue = "500",
            paramLabel = "MS",
            description = "How long an iteration lasts (default: ${DEFAULT-VALUE}).")
    private int iterationMillis;

    @Option(names = "--report", paramLabel = "FILE", description = "Write an HTML page with plots.")
    private Path report;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    /** For picocli. */
    public EngineCommand() {
        // Options are set by picocli.
    }

    @Override
    public Integer call() throws Exception {
        EngineResult result = new EngineResult(
                Machine.here(), measuringFlags(), measure(new EngineRun(forks, warmups, iterations, iterationMillis)));
        PrintWriter out = spec.commandLine().getOut();
        out.println(json ? EngineJson.of(result) : EngineTable.of(result));
        if (report != null) {
            EngineReport.write(report, result);
        }
        return 0;
    }

    private List<String> measuringFlags() {
        if (forks == 0) {
            return List.of("measured within this JVM");
        }
        return vectors.stream()
                .map(module -> module.label() + ": " + String.join(" ", module.flags()))
                .toList();
    }

    private List<EngineCell> measure(EngineRun run) throws IOException {
        List<EngineCell> cells = new ArrayList<>();
        List<VectorModule> jvms = forks == 0 ? List.of(VectorModule.here()) : vectors;
        long total = 0;
        for (Workload workload : workloads) {
            for (VectorModule module : jvms) {
                total += (long) steps(workload).size()
                        * densities.size()
                        * families(module).size();
            }
        }
        if (total == 0) {
            throw new IllegalArgumentException("--kernels VECTOR needs a JVM with vectors; take --vector on");
        }
        ProgressLine progress = new ProgressLine(spec.commandLine().getErr(), "measuring");
        for (Workload workload : workloads) {
            for (int timeSteps : steps(workload)) {
                for (double density : densities) {
                    PreparedWorkload prepared = PreparedWorkload.prepare(workload, density, timeSteps);
                    for (VectorModule module : jvms) {
                        for (KernelFamily family : families(module)) {
                            cells.add(run.measure(prepared, family, module));
                            progress.at(cells.size(), total);
                        }
                    }
                }
            }
        }
        progress.done();
        return cells;
    }

    /** A JVM without the vector module runs no vector kernels. */
    private List<KernelFamily> families(VectorModule module) {
        return families.stream()
                .filter(family -> module == VectorModule.ON || family != KernelFamily.VECTOR)
                .toList();
    }

    private List<Integer> steps(Workload workload) {
        return steps == null ? List.of(workload.defaultTimeSteps()) : steps;
    }
}
