package io.spikelet.bench.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spikelet.bench.workload.KernelFamily;
import io.spikelet.bench.workload.PreparedWorkload;
import io.spikelet.bench.workload.Workload;
import io.spikelet.host.Progress;
import java.io.Serializable;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class InterleavedRoundsTest {
    /** Notes when it is asked. */
    private record Counting(String name, List<String> calls) implements Contender {
        @Override
        public void prepare() {
            calls.add(name);
        }

        @Override
        public void infer() {
            // Its turns matter, not its answers.
        }

        @Override
        public long weightBytes() {
            return 7;
        }
    }

    /** What a child is asked in {@link #shouldMeasureInAChildWithTheFlagsItWasGiven}. */
    private record MaxHeap() implements ChildJvm.Work {
        @Override
        public Serializable run() {
            return Runtime.getRuntime().maxMemory();
        }
    }

    @Test
    void shouldGiveEachContenderItsTurnInEveryRoundWithAnotherFirst() {
        List<String> calls = new ArrayList<>();
        List<Timing> timings = new InterleavedRounds(3, 1, 1, Clock.WALL)
                .run(List.of(new Counting("a", calls), new Counting("b", calls)), Progress.SILENT);
        // One warm turn each, then three rounds.
        assertEquals(List.of("a", "b", "a", "b", "b", "a", "a", "b"), calls.subList(0, 8));
        assertEquals(List.of("a", "b"), timings.stream().map(Timing::name).toList());
        assertEquals(3, timings.getFirst().micros().length);
        assertEquals(7, timings.getFirst().weightBytes());
    }

    @Test
    void shouldTimeInferringAndLearning() {
        for (Workload workload : List.of(Workload.W1, Workload.W5, Workload.K1)) {
            PreparedWorkload prepared = PreparedWorkload.prepare(workload, 0.15, 1);
            List<Timing> timings = new InterleavedRounds(2, 1, 1, Clock.THREAD)
                    .run(List.of(EngineContender.of(KernelFamily.REFERENCE, prepared)), Progress.SILENT);
            assertTrue(timings.getFirst().spread().median() > 0);
            assertEquals(0, timings.getFirst().allocatedBytes());
        }
    }

    /** What a child is asked in {@link #shouldThrowWhatItsChildThrows}. */
    private record Failing() implements ChildJvm.Work {
        @Override
        public Serializable run() throws Exception {
            throw new NoSuchFileException("nowhere");
        }
    }

    @Test
    void shouldThrowWhatItsChildThrows() {
        assertThrows(NoSuchFileException.class, () -> ChildJvm.run(new Failing(), List.of("-Xmx64m"), Long.class));
    }

    @Test
    void shouldMeasureInAChildWithTheFlagsItWasGiven() throws Exception {
        long heap = ChildJvm.run(new MaxHeap(), List.of("-Xmx64m", "-XX:+UseSerialGC"), Long.class);
        assertTrue(heap <= 64L << 20, "heap=" + heap);
    }
}
