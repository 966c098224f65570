package io.spikelet.hal.events;

import java.io.IOException;
import java.util.Arrays;
import java.util.Objects;

/**
 * Counts events into frames: {@code (frames, 2, height, width)} unsigned bytes, OFF before ON, clipped at a maximum;
 * what a board's frame encoder takes. Integers alone, so the same events give the same bytes everywhere. Allocates
 * when it is made and never after.
 */
public final class EventFrames implements EventSink {
    /** The most frames at once; with it {@link #split} cannot overflow. */
    public static final int MAX_FRAMES = 1 << 10;

    private static final int MAX_BYTES = 1 << 28;

    private final EventGrid grid;
    private final int frames;
    private final int maximum;
    private final byte[] counts; // (frames, 2, height, width) unsigned
    private int selected;

    /**
     * Frames of zeros, the first selected.
     *
     * @param frames 1..{@link #MAX_FRAMES}; all frames together have at most 2^28 bytes
     * @param maximum where counts are clipped, 1..255
     */
    public EventFrames(EventGrid grid, int frames, int maximum) {
        Objects.requireNonNull(grid, "grid");
        if (frames < 1 || frames > MAX_FRAMES || (long) frames * grid.cells() > MAX_BYTES) {
            throw new IllegalArgumentException("frames must be 1.." + MAX_FRAMES + " and have at most 2^28 bytes:"
                    + " frames=" + frames + " of " + grid.cells());
        }
        if (maximum < 1 || maximum > 255) {
            throw new IllegalArgumentException("maximum must be 1..255: maximum=" + maximum);
        }
        this.grid = grid;
        this.frames = frames;
        this.maximum = maximum;
        this.counts = new byte[frames * grid.cells()];
    }

    /** The counts themselves, not a copy: (frames, 2, height, width) unsigned. */
    public byte[] counts() {
        return counts;
    }

    /** How many frames there are. */
    public int frames() {
        return frames;
    }

    /** Sets all counts to 0 and selects the first frame. */
    public void clear() {
        Arrays.fill(counts, (byte) 0);
        selected = 0;
    }

    /** Says which frame {@link #take} counts into. */
    public void select(int frame) {
        selected = Objects.checkIndex(frame, frames);
    }

    /** Counts events into the selected frame. */
    @Override
    public void take(EventBuffer events, int from, int to) {
        Objects.checkFromToIndex(from, to, events.size());
        for (int i = from; i < to; i++) {
            count(selected, events.x(i), events.y(i), events.polarity(i));
        }
    }

    /**
     * Counts one event into a frame. Adding 1 at each event below the maximum gives the same as adding all and
     * clipping then (docs/events.md, F2).
     */
    private void count(int frame, int x, int y, int polarity) {
        int cell = grid.cell(x, y, polarity);
        if (cell >= 0) {
            int at = frame * grid.cells() + cell;
            int before = counts[at] & 0xff;
            if (before < maximum) {
                counts[at] = (byte) (before + 1);
            }
        }
    }

    /**
     * Fills the frames from the next windows, one each. Begin with {@link #clear}; when all frames are full, clear and
     * go on with the windows after.
     *
     * @return {@link EventWindows.Cut#FULL} when all frames are full; {@code PARTIAL} when the source ended in the
     *     selected frame; {@code WAITING} when a live source gave too few in time, call again; {@code END} when it
     *     ended before the selected frame
     * @throws IOException as {@link EventSource#poll}
     */
    public EventWindows.Cut fill(EventWindows windows, int timeoutMillis) throws IOException {
        while (true) {
            EventWindows.Cut cut = windows.next(this, timeoutMillis);
            if (cut != EventWindows.Cut.FULL || selected == frames - 1) {
                return cut;
            }
            selected++;
        }
    }

    /**
     * Splits a whole recording into frames of equal time: the frame of an event is
     * {@code ⌊(t − t0) · frames / (t1 − t0 + 1)⌋}, with t0 its earliest and t1 its latest time (docs/events.md, F5).
     * Counts anew; the order of the events does not matter.
     */
    public void split(EventBuffer recording) {
        clear();
        long first = Long.MAX_VALUE;
        long last = 0;
        for (int i = 0; i < recording.size(); i++) {
            first = Math.min(first, recording.micros(i));
            last = Math.max(last, recording.micros(i));
        }
        for (int i = 0; i < recording.size(); i++) {
            long frame = (recording.micros(i) - first) * frames / (last - first + 1);
            count((int) frame, recording.x(i), recording.y(i), recording.polarity(i));
        }
    }
}
