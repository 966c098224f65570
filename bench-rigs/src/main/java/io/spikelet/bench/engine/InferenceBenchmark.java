package io.spikelet.bench.engine;

import io.spikelet.bench.measure.Allocation;
import io.spikelet.bench.measure.Contender;
import io.spikelet.bench.measure.EngineContender;
import io.spikelet.bench.workload.KernelFamily;
import io.spikelet.bench.workload.WorkloadFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** One inference, or one learning step, of a workload in a file. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class InferenceBenchmark {
    static final String ALLOCATION_SUFFIX = ".allocation";

    /** A {@link WorkloadFile}. */
    @Param("")
    public String file;

    @Param("REFERENCE")
    public KernelFamily family;

    private Contender contender;

    /** For JMH. */
    public InferenceBenchmark() {
        // Parameters are set by JMH.
    }

    @Setup(Level.Trial)
    public void load() throws Exception {
        contender = EngineContender.of(family, WorkloadFile.read(Path.of(file)));
    }

    @Setup(Level.Iteration)
    public void prepare() {
        contender.prepare();
    }

    /** Leaves beside the workload what one warm inference allocates; JMH's own profiler would count JMH too. */
    @TearDown(Level.Trial)
    public void measureAllocation() throws IOException {
        Files.writeString(Path.of(file + ALLOCATION_SUFFIX), Double.toString(Allocation.ofOne(contender)));
    }

    /** What it computes stays in arrays that live on, so nothing of it can be left out. */
    @Benchmark
    public void infer() {
        contender.infer();
    }
}
