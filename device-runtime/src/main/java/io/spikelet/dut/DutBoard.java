package io.spikelet.dut;

import java.util.Optional;

/** What a {@link DutConsole} needs of the board around it. */
public interface DutBoard {
    /** What a person calls the board. */
    String name();

    /** The model at work, or empty while there is none; on the thread that owns it. */
    Optional<DutSubject> subject();

    /** Has work done by the thread that owns the model, in place of what this console had begun before. */
    void begin(SlicedWork work) throws InterruptedException;
}
