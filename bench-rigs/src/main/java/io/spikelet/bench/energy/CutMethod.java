package io.spikelet.bench.energy;

/** How the borders of windows were found in a recording. */
public enum CutMethod {
    /** By falling edges that the meter recorded beside its samples. */
    EDGES("on GPIO edges"),
    /** By the host's times of lines that the board wrote. */
    MARKS("on marks"),
    /** By the steps of the load itself. */
    ALIGNMENT("by aligning load steps");

    private final String words;

    CutMethod(String words) {
        this.words = words;
    }

    /** For a person, after "windows cut". */
    public String words() {
        return words;
    }
}
