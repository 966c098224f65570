package io.spikelet.bench.energy;

import java.util.ArrayList;
import java.util.List;

/**
 * The meter's clock by the host's. A block comes some time after its last sample, never before; so the line that lies under all points
 * (meter's time, host's time) and closest to them tells offset and drift (Moon, Skelly and Towsley, Estimation and removal of clock
 * skew from network delay measurements, INFOCOM 1999): the edge of their lower hull above the mean time.
 */
final class HostClock {
    private static final int MOST = 1 << 14;

    private record Arrival(double meter, double delay) {}

    private final List<Arrival> hull = new ArrayList<>();
    private boolean begun;
    private long base;
    private double first;
    private double last;

    /** Notes that a block came. */
    void arrived(long hostNanos, long meterNanos) {
        if (!begun) {
            begun = true;
            base = hostNanos - meterNanos;
            first = meterNanos;
        }
        last = meterNanos;
        Arrival next = new Arrival(meterNanos, hostNanos - meterNanos - base);
        while (!hull.isEmpty() && hull.getLast().meter == next.meter && hull.getLast().delay >= next.delay) {
            hull.removeLast();
        }
        while (hull.size() > 1 && !turnsUp(hull.get(hull.size() - 2), hull.getLast(), next)) {
            hull.removeLast();
        }
        if (hull.size() < MOST) {
            hull.add(next);
        }
    }

    private static boolean turnsUp(Arrival one, Arrival two, Arrival three) {
        return (two.meter - one.meter) * (three.delay - one.delay) > (two.delay - one.delay) * (three.meter - one.meter);
    }

    /** Whether any block came with its time. */
    boolean isKnown() {
        return begun;
    }

    /** The meter's time at a time of the host, ns; blocks that are always late by the same make it early by that. */
    double meterNanos(long hostNanos) {
        if (!begun) {
            throw new IllegalStateException("no block came with the host's time");
        }
        double middle = (first + last) / 2;
        int edge = 0;
        while (edge + 2 < hull.size() && hull.get(edge + 1).meter < middle) {
            edge++;
        }
        Arrival one = hull.get(edge);
        Arrival two = hull.get(Math.min(edge + 1, hull.size() - 1));
        double slope = two.meter > one.meter ? (two.delay - one.delay) / (two.meter - one.meter) : 0;
        // host - base = meter + delay(meter), and the delay is a line
        return (hostNanos - base - one.delay + slope * one.meter) / (1 + slope);
    }
}
