package io.spikelet.hal.sim;

/**
 * What a simulated load truly takes, as a function of true time since the meter's start, with its exact integral: the
 * answer that a measurement is held against. Traces are put together by {@link #plus}.
 */
public interface PowerTrace {
    /** How edges of a pin switch a load. */
    enum Switching {
        /** Each falling edge turns it over, off at first: a board marks a window's begin and end by a pulse each. */
        FALLING_EDGES,
        /** On while the pin is low. */
        WHILE_LOW,
        /** On while the pin is high. */
        WHILE_HIGH
    }

    /** Power at a moment, W. */
    double watts(long nanos);

    /** Energy from 0 until a moment, J. */
    double joulesUntil(long nanos);

    /** Energy between two moments, J. */
    default double joules(long fromNanos, long toNanos) {
        return joulesUntil(toNanos) - joulesUntil(fromNanos);
    }

    /** A new run begins: edges that were told are forgotten. */
    default void restart() {}

    /** An edge happened; a load that edges switch follows it. Told in the order of their times. */
    default void edge(PinEdge edge) {}

    /** The sum of two. */
    default PowerTrace plus(PowerTrace other) {
        return new TraceSum(this, other);
    }

    /** Always the same. */
    static PowerTrace constant(double watts) {
        return new LoadSteps(new long[] {0}, new double[] {watts});
    }

    /**
     * A sine around 0.
     *
     * @param watts its amplitude
     * @param hertz above 0
     */
    static PowerTrace ripple(double watts, double hertz) {
        return new Ripple(watts, hertz);
    }

    /**
     * A staircase: {@code watts[i]} from {@code nanos[i]} on, 0 before the first.
     *
     * @param nanos rising
     */
    static PowerTrace steps(long[] nanos, double[] watts) {
        return new LoadSteps(nanos.clone(), watts.clone());
    }

    /**
     * Pulses that come again and again, each at the begin of its period.
     *
     * @param watts their height
     * @param periodNanos from one to the next
     * @param widthNanos 0..periodNanos
     */
    static PowerTrace spikes(double watts, long periodNanos, long widthNanos) {
        return new LoadSpikes(watts, periodNanos, widthNanos);
    }

    /**
     * A load that edges of a pin switch on and off.
     *
     * @param watts while it is on
     * @param input which input's edges
     */
    static PowerTrace switched(double watts, int input, Switching switching) {
        return new SwitchedLoad(watts, input, switching);
    }
}
