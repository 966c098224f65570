package io.spikelet.bench.energy;

import java.util.ArrayList;
import java.util.List;

/** Windows between lines that the board wrote, such as lap timestamps, at the times at which the host read them. */
public final class MarkCuts {
    /** How far the latency of a line over USB may be off when nothing tells it, standard uncertainty, ns. */
    public static final double LINE_LATENCY_NANOS = 2e6;

    /**
     * When the host read the two lines of a window.
     *
     * @param startHostNanos {@link System#nanoTime} of the first lap
     * @param endHostNanos of the second
     */
    public record Marks(long startHostNanos, long endHostNanos) {}

    private MarkCuts() {}

    /**
     * Cuts at the marks. Their spread is seen where the board tells how long a window took: what host and board differ
     * by is the latency of two lines; it is never taken as less than the latency that is declared, since both may be
     * late alike.
     *
     * @param boards what the board knows of each window, in the same order
     * @param latencyNanos standard uncertainty of the latency of one line, such as {@link #LINE_LATENCY_NANOS}
     * @throws CutException when blocks were recorded without the host's time
     */
    public static WindowCuts of(
            PowerRecording recording, List<Marks> marks, List<BoardWindow> boards, double latencyNanos)
            throws CutException {
        if (!recording.hostClock().isKnown()) {
            throw new CutException("the recording knows no host time of its blocks, so marks say nothing about it");
        }
        if (marks.size() != boards.size()) {
            throw new IllegalArgumentException("marks=" + marks.size() + ", boards=" + boards.size());
        }
        double squares = 0;
        int timed = 0;
        for (int i = 0; i < marks.size(); i++) {
            if (boards.get(i).isTimed()) {
                Marks mark = marks.get(i);
                double off = mark.endHostNanos()
                        - mark.startHostNanos()
                        - boards.get(i).seconds() * 1e9;
                squares += off * off / 2;
                timed++;
            }
        }
        double spread = timed == 0 ? 0 : Math.sqrt(squares / timed);
        double border = Math.max(spread, Math.max(latencyNanos, recording.binNanos() / Math.sqrt(12)));
        List<WindowCut> cuts = new ArrayList<>();
        for (Marks mark : marks) {
            HostClock clock = recording.hostClock();
            cuts.add(new WindowCut(
                    clock.meterNanos(mark.startHostNanos()), clock.meterNanos(mark.endHostNanos()), border));
        }
        return new WindowCuts(CutMethod.MARKS, cuts);
    }
}
