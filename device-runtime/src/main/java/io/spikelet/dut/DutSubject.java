package io.spikelet.dut;

import java.io.IOException;
import java.util.Optional;

/** The model under test. Used by the thread that owns it. */
public interface DutSubject {
    /**
     * Takes the input of the inferences to come.
     *
     * @return what is wrong with it, as a sentence, or empty when it was taken
     */
    Optional<String> take(byte[] input);

    /** One inference on the input that was taken. Allocates nothing. */
    void infer() throws IOException;

    /** (classes) of the last inference, in the model's own units; may be below 0. */
    int[] scores();

    /** The class that the last inference chose. */
    int predicted();
}
