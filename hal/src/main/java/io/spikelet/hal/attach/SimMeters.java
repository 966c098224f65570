package io.spikelet.hal.attach;

import io.spikelet.hal.meter.Meter;
import io.spikelet.hal.meter.MeterAccuracy;
import io.spikelet.hal.meter.MeterTraits;
import io.spikelet.hal.sim.PowerTrace;
import io.spikelet.hal.sim.SimMeter;
import io.spikelet.hal.sim.SimMeterFaults;
import java.io.IOException;

/** The simulated meter in real time, on a load that takes more between each pair of falling edges. */
final class SimMeters {
    private static final double USUAL_VOLTS = 5;
    private static final double USUAL_IDLE = 1.5;
    private static final double USUAL_ACTIVE = .8;
    private static final double USUAL_RATE = 1000;
    private static final double USUAL_GAIN = .01;
    private static final double USUAL_OFFSET = .0005;
    private static final double USUAL_RESOLUTION = .0001;
    private static final double USUAL_PPM = 50;
    private static final double USUAL_NOISE = .005;
    private static final double SECOND = 1e9;

    private SimMeters() {}

    /**
     * {@code sim,idle=1.5,active=0.8,volts=5,rate=1000,seed=1,noise=0.005,jitter=0,lost=0,broken=0,unplug=}, and the socket of
     * a pin as the place: watts, watts above idle, standard deviation in watts, share of a period, shares of the samples,
     * seconds. Edges are seen with the samples.
     */
    static Meter open(MeterWords words, MeterPlaces places) throws IOException {
        double idle = words.number("idle", USUAL_IDLE);
        double active = words.number("active", USUAL_ACTIVE);
        double volts = words.positive("volts", USUAL_VOLTS);
        double rate = words.positive("rate", USUAL_RATE);
        double jitter = words.number("jitter", 0);
        double unplug = words.positive("unplug", Double.POSITIVE_INFINITY);
        SimMeterFaults faults = SimMeterFaults.none(words.whole("seed", 1))
                .withNoise(words.number("noise", USUAL_NOISE), Math.round(jitter * SECOND / rate))
                .withEdgeStep(Math.round(SECOND / rate))
                .withLosses(words.number("lost", 0), words.number("broken", 0))
                .withDisconnect(unplug == Double.POSITIVE_INFINITY ? Long.MAX_VALUE : Math.round(unplug * SECOND));
        MeterAccuracy accuracy = new MeterAccuracy(
                words.number("accuracy", USUAL_GAIN),
                words.number("offset", USUAL_OFFSET),
                words.number("resolution", USUAL_RESOLUTION));
        double ppm = words.number("ppm", USUAL_PPM);
        words.requireAllUsed();
        MeterTraits traits = new MeterTraits(
                "sim",
                "simulated meter, " + idle + " W and " + active + " W more between edges",
                rate,
                true,
                accuracy,
                ppm,
                1,
                Double.POSITIVE_INFINITY);
        PowerTrace trace = PowerTrace.constant(idle)
                .plus(PowerTrace.switched(active, 0, PowerTrace.Switching.FALLING_EDGES));
        return SimMeter.live(traits, trace, faults, volts, places.edges().open(words.place()));
    }
}
