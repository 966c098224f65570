package io.spikelet.host.report;

import io.spikelet.host.Progress;
import io.spikelet.host.data.SampleSet;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/** Several workers, each with a network of its own, share the samples of a set: whoever is free takes the next one. */
final class SampleCrew {
    /** Answers one sample; called by one thread only. */
    @FunctionalInterface
    interface Worker {
        void answer(int sample, Answers into);
    }

    private final Answers answers;
    private final int count;
    private final Progress progress;
    private final AtomicInteger next = new AtomicInteger();
    private int done;

    private SampleCrew(SampleSet samples, Progress progress) {
        answers = new Answers(samples);
        count = samples.count();
        this.progress = progress;
    }

    /** Runs all samples; the first failure of a worker ends the others and is thrown. */
    static Answers run(SampleSet samples, List<Worker> workers, Progress progress) {
        SampleCrew crew = new SampleCrew(samples, progress);
        if (workers.size() == 1) {
            crew.work(workers.getFirst());
            return crew.answers;
        }
        try (ExecutorService threads = Executors.newFixedThreadPool(workers.size())) {
            List<Future<?>> shifts = new ArrayList<>();
            for (Worker worker : workers) {
                shifts.add(threads.submit(() -> crew.work(worker)));
            }
            for (Future<?> shift : shifts) {
                finish(shift);
            }
        }
        return crew.answers;
    }

    private void work(Worker worker) {
        try {
            for (int i = next.getAndIncrement(); i < count; i = next.getAndIncrement()) {
                worker.answer(i, answers);
                tell();
            }
        } catch (RuntimeException failed) {
            next.set(count);
            throw failed;
        }
    }

    private synchronized void tell() {
        progress.at(++done, count);
    }

    private static void finish(Future<?> shift) {
        try {
            shift.get();
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new IllegalStateException("a worker failed", failed.getCause());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("stopped while samples were being classified", stopped);
        }
    }
}
