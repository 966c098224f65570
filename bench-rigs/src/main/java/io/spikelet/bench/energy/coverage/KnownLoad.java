package io.spikelet.bench.energy.coverage;

import io.spikelet.hal.sim.PowerTrace;
import java.util.Arrays;

/**
 * Power over true time with a known integral: stretches of idle power, on which pulses repeat with each inference.
 *
 * <p>Stretches are added in their order; times are asked in any, though neighbours are found fastest.
 */
final class KnownLoad implements PowerTrace {
    private int size;
    private double[] start = new double[32]; // s
    private double[] energy = new double[32]; // J up to the start
    private double[] idle = new double[32]; // W
    private double[] pulse = new double[32]; // W above idle
    private double[] period = new double[32]; // s
    private double[] duty = new double[32]; // share of the period that the pulse lasts
    private double end;
    private double total;
    private int near;

    /** Appends a stretch. */
    KnownLoad add(double seconds, double idleWatts, double pulseWatts, double pulsePeriod, double pulseDuty) {
        if (size == start.length) {
            start = Arrays.copyOf(start, 2 * size);
            energy = Arrays.copyOf(energy, 2 * size);
            idle = Arrays.copyOf(idle, 2 * size);
            pulse = Arrays.copyOf(pulse, 2 * size);
            period = Arrays.copyOf(period, 2 * size);
            duty = Arrays.copyOf(duty, 2 * size);
        }
        start[size] = end;
        energy[size] = total;
        idle[size] = idleWatts;
        pulse[size] = pulseWatts;
        period[size] = pulsePeriod;
        duty[size] = pulseDuty;
        size++;
        total += stretch(size - 1, seconds);
        end += seconds;
        return this;
    }

    /** Appends a time without inferences. */
    KnownLoad rest(double seconds, double idleWatts) {
        return add(seconds, idleWatts, 0, 1, 0);
    }

    double seconds() {
        return end;
    }

    @Override
    public double watts(long nanos) {
        double seconds = nanos * 1e-9;
        int i = at(seconds);
        double turns = (seconds - start[i]) / period[i];
        return idle[i] + (turns - Math.floor(turns) < duty[i] ? pulse[i] : 0);
    }

    @Override
    public double joulesUntil(long nanos) {
        double seconds = nanos * 1e-9;
        int i = at(seconds);
        return energy[i] + stretch(i, seconds - start[i]);
    }

    private double stretch(int i, double into) {
        double turns = into / period[i];
        double whole = Math.floor(turns);
        double active = (whole * duty[i] + Math.min(turns - whole, duty[i])) * period[i];
        return idle[i] * into + pulse[i] * active;
    }

    private int at(double seconds) {
        while (near + 1 < size && start[near + 1] <= seconds) {
            near++;
        }
        while (near > 0 && start[near] > seconds) {
            near--;
        }
        return near;
    }
}
