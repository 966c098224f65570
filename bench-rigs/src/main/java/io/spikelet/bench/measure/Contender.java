package io.spikelet.bench.measure;

/** One way to answer a sample, timed in turns with others on one thread. */
public interface Contender extends AutoCloseable {
    /** Short and unique among those that it is compared with. */
    String name();

    /** Answers the next of its samples; allocates nothing if it can. */
    void infer();

    /** Called before each timed turn, untimed: puts back what inferring changes. */
    default void prepare() {
        // Most inferences change nothing.
    }

    /** Bytes of its weights as it stores them. */
    long weightBytes();

    @Override
    default void close() {
        // Most hold nothing outside the heap.
    }
}
