package io.spikelet.hal.events;

import java.util.Objects;

/**
 * The events of one step as the cells they fall on, in order, a cell as often as it has events: what an event-driven
 * engine takes without a frame between. Allocates when it is made and never after.
 */
public final class EventCells implements EventSink {
    private final EventGrid grid;
    private final int[] cells; // (limit) indices into (2, height, width)
    private int size;
    private long dropped;

    /**
     * An empty step.
     *
     * @param limit how many events a step keeps, 1..2^24
     */
    public EventCells(EventGrid grid, int limit) {
        this.grid = Objects.requireNonNull(grid, "grid");
        if (limit < 1 || limit > 1 << 24) {
            throw new IllegalArgumentException("limit must be 1..2^24: limit=" + limit);
        }
        cells = new int[limit];
    }

    /** Adds the cells of events inside the grid; counts those beyond the limit as dropped. */
    @Override
    public void take(EventBuffer events, int from, int to) {
        Objects.checkFromToIndex(from, to, events.size());
        for (int i = from; i < to; i++) {
            int cell = grid.cell(events.x(i), events.y(i), events.polarity(i));
            if (cell >= 0 && size < cells.length) {
                cells[size++] = cell;
            } else if (cell >= 0) {
                dropped++;
            }
        }
    }

    /** The cells themselves, not a copy; the first {@link #size} are the step's. */
    public int[] cells() {
        return cells;
    }

    /** How many events the step has. */
    public int size() {
        return size;
    }

    /** Events beyond the limit since this was made. */
    public long dropped() {
        return dropped;
    }

    /** Forgets the step's events. */
    public void clear() {
        size = 0;
    }
}
