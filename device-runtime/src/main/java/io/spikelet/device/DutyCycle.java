package io.spikelet.device;

import io.spikelet.dut.SlicedWork;
import java.io.IOException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread that touches a board's state. Other threads hand it work through a bounded queue; a full one makes them
 * wait. Long work is done in slices. What fails is caught here, once, logged and counted.
 */
final class DutyCycle {

    /** Something to do on the duty cycle's thread. */
    interface Work {
        void run() throws IOException;
    }

    /** Something to find out on the duty cycle's thread. */
    interface Question<T> {
        T answer() throws IOException;
    }

    private static final Logger LOG = LoggerFactory.getLogger(DutyCycle.class);
    private static final int QUEUE_LENGTH = 64;
    private static final byte[] NO_ANSWER = new byte[0];

    private final BlockingQueue<Work> queue = new ArrayBlockingQueue<>(QUEUE_LENGTH);
    private SlicedWork sliced;
    private long failures;

    /** Hands over work; waits while the queue is full. */
    void submit(Work work) throws InterruptedException {
        queue.put(work);
    }

    /** Asks and waits for the answer. */
    <T> T ask(Question<T> question) throws InterruptedException, IOException {
        var answer = new CompletableFuture<T>();
        submit(() -> {
            try {
                answer.complete(question.answer());
            } catch (IOException | RuntimeException e) {
                answer.completeExceptionally(e);
                throw e;
            }
        });
        try {
            return answer.get();
        } catch (ExecutionException e) {
            throw new IOException("the board could not answer: " + e.getCause().getMessage(), e.getCause());
        }
    }

    /**
     * Has a request answered, for a link that sends the answer on its own thread: one that takes no bytes then holds up
     * nobody else.
     *
     * @return the answer; empty when there is none, or when making it failed, which is logged and counted
     */
    byte[] answer(UnaryOperator<byte[]> answering, byte[] request) throws InterruptedException {
        try {
            return ask(() -> answering.apply(request));
        } catch (IOException failed) {
            LOG.debug("a request is left without an answer", failed);
            return NO_ANSWER;
        }
    }

    /** Hands over work that is done in slices, between other work; what was being done so before ends. */
    void begin(SlicedWork work) throws InterruptedException {
        submit(() -> {
            endSliced("other work took its place");
            sliced = work;
        });
    }

    /** Ends work in slices before its time, on the duty cycle's thread. */
    void endSliced(String sentence) {
        if (sliced != null) {
            sliced.end(sentence);
            sliced = null;
        }
    }

    /** Does the next work, waiting at most so long for it, and a slice of what is done in slices. */
    void turn(long waitMillis) throws InterruptedException {
        Work work = sliced == null ? queue.poll(waitMillis, TimeUnit.MILLISECONDS) : queue.poll();
        if (work != null) {
            attempt(work);
        }
        if (sliced != null) {
            attempt(this::slice);
        }
    }

    private void slice() throws IOException {
        SlicedWork work = sliced;
        sliced = null; // also when it fails
        if (work.turn()) {
            sliced = work;
        }
    }

    /** Does work on the caller's thread, which must be the duty cycle's. */
    void attempt(Work work) {
        try {
            work.run();
        } catch (IOException e) {
            failures++;
            LOG.warn("{}", e.getMessage());
            LOG.debug("failed work", e);
        } catch (RuntimeException e) {
            failures++;
            LOG.error("a fault in this program; the board goes on", e);
        }
    }

    /** Work that failed since the start. */
    long failures() {
        return failures;
    }
}
