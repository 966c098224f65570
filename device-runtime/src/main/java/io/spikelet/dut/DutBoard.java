package io.spikelet.dut;

import java.util.Optional;

/** What a {@link DutConsole} needs of the board around it. */
public interface DutBoard {
    /** What a person calls the board. */
    String name();

    /** What {@code profile} names, by which a runner chooses its script and data. */
    String model();

    /** The timestamps of now, which a start of the board may change; empty while it does not answer runners. */
    Optional<Laps> laps();

    /** The model at work, or empty while there is none; on the thread that owns it. */
    Optional<DutSubject> subject();

    /** Has work done by the thread that owns the model, in place of what this console had begun before. */
    void begin(SlicedWork work) throws InterruptedException;
}
