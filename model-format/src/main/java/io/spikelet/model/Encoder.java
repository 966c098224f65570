package io.spikelet.model;

/** How the bytes of a sample become input values, one unsigned byte a value. */
public enum Encoder {
    /** One frame, applied as a constant current at every time step. */
    DIRECT,
    /** One frame for each time step. */
    FRAMES;

    public int framesPerSample(int timeSteps) {
        return this == DIRECT ? 1 : timeSteps;
    }
}
