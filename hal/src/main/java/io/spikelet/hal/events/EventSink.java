package io.spikelet.hal.events;

/** Takes events, a run of a buffer at a time: another buffer, frames, or a step's active inputs. */
public interface EventSink {

    /**
     * Takes events {@code from} (inclusive) to {@code to} (exclusive) of a buffer, and keeps no reference to it.
     *
     * @throws IllegalArgumentException when they do not fit
     */
    void take(EventBuffer events, int from, int to);
}
