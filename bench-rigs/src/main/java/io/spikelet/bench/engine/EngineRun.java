package io.spikelet.bench.engine;

import io.spikelet.bench.measure.Spread;
import io.spikelet.bench.measure.VectorModule;
import io.spikelet.bench.workload.KernelFamily;
import io.spikelet.bench.workload.PreparedWorkload;
import io.spikelet.bench.workload.WorkloadFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * How JMH measures.
 *
 * @param forks JVMs for each figure; 0 measures within this one, whose flags then hold
 * @param warmups iterations that are not counted
 * @param iterations that are
 * @param iterationMillis how long one lasts
 */
record EngineRun(int forks, int warmups, int iterations, int iterationMillis) {
    EngineRun {
        if (forks < 0 || warmups < 0 || iterations < 1 || iterationMillis < 1) {
            throw new IllegalArgumentException("forks and warm-ups are 0 or more, iterations and their time 1 or more:"
                    + " forks=" + forks + " warmups=" + warmups + " iterations=" + iterations + " iterationMillis="
                    + iterationMillis);
        }
    }

    /** @throws IOException when JMH cannot measure */
    EngineCell measure(PreparedWorkload workload, KernelFamily family, VectorModule vectors) throws IOException {
        Path file = Files.createTempFile("spikelet-workload", ".bin");
        Path allocation = Path.of(file + InferenceBenchmark.ALLOCATION_SUFFIX);
        try {
            WorkloadFile.write(file, workload);
            RunResult result = new Runner(options(file, family, vectors).build()).runSingle();
            double allocatedBytes = Double.parseDouble(Files.readString(allocation));
            return cell(workload, family, vectors, result, allocatedBytes);
        } catch (RunnerException e) {
            throw new IOException("JMH could not measure " + workload.workload() + ": " + e.getMessage(), e);
        } finally {
            Files.deleteIfExists(file);
            Files.deleteIfExists(allocation);
        }
    }

    private ChainedOptionsBuilder options(Path file, KernelFamily family, VectorModule vectors) {
        return new OptionsBuilder()
                .include(Pattern.quote(InferenceBenchmark.class.getName() + ".infer"))
                .param("file", file.toString())
                .param("family", family.name())
                .forks(forks)
                .jvm(Path.of(System.getProperty("java.home"), "bin", "java").toString())
                .jvmArgs(vectors.flags().toArray(String[]::new))
                .warmupIterations(warmups)
                .warmupTime(TimeValue.milliseconds(iterationMillis))
                .measurementIterations(iterations)
                .measurementTime(TimeValue.milliseconds(iterationMillis))
                .shouldFailOnError(true)
                .verbosity(VerboseMode.SILENT);
    }

    private static EngineCell cell(
            PreparedWorkload workload,
            KernelFamily family,
            VectorModule vectors,
            RunResult result,
            double allocatedBytes) {
        double[] micros = result.getBenchmarkResults().stream()
                .flatMap(fork -> fork.getIterationResults().stream())
                .mapToDouble(iteration -> iteration.getPrimaryResult().getScore())
                .toArray();
        return new EngineCell(
                workload.workload(),
                family,
                vectors,
                workload.density(),
                workload.network().timeSteps(),
                workload.densities(),
                workload.synapticOperations(),
                workload.weightBytes(),
                workload.payloadBytes(),
                Spread.of(micros),
                allocatedBytes);
    }
}
