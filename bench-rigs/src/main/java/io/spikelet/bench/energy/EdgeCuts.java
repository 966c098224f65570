package io.spikelet.bench.energy;

import java.util.Locale;

/** Windows between falling edges that the meter recorded beside its samples. */
public final class EdgeCuts {
    private EdgeCuts() {}

    /**
     * The window between the last two falling edges of a time. A board pulls its line low at the start and at the end of what
     * is measured, and may have done so before, for its warm-up.
     *
     * @param input of the meter, 0..7
     * @param afterNanos where the time begins, such as {@link PowerRecording#endNanos} before the command
     * @param untilNanos where it ends
     * @throws CutException when fewer than two edges are there
     */
    public static WindowCut lastTwo(PowerRecording recording, int input, long afterNanos, long untilNanos)
            throws CutException {
        RecordedEdges edges = recording.edges();
        if (edges.dropped() > 0) {
            throw new CutException("input " + input + " of the meter saw more than " + edges.size()
                    + " edges: it is not the line that marks windows, or it floats; connect it, or name another input");
        }
        int found = 0;
        long to = 0;
        for (int i = edges.size() - 1; i >= 0 && edges.nanos(i) > afterNanos; i--) {
            if (edges.nanos(i) > untilNanos || !edges.falls(i, input)) {
                continue;
            }
            if (found++ == 0) {
                to = edges.nanos(i);
            } else if (edges.nanos(i) < to) {
                // An edge is told with the sample it fell before: rectangular over one sample period.
                double border = 1e9 / recording.traits().samplesPerSecond() / Math.sqrt(12);
                return new WindowCut(edges.nanos(i), to, border);
            }
        }
        throw new CutException(String.format(
                Locale.ROOT,
                "input %d of the meter saw %d falling edges between %.3f and %.3f s, and a window needs two: is the line"
                        + " connected, and does the board run in energy mode?",
                input,
                found,
                afterNanos * 1e-9,
                untilNanos * 1e-9));
    }
}
