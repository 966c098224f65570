package io.spikelet.bench.rig;

import io.spikelet.hal.meter.Meter;
import io.spikelet.hal.meter.MeterAccuracy;
import io.spikelet.hal.meter.MeterTraits;
import io.spikelet.hal.sim.EdgeFeed;
import io.spikelet.hal.sim.PowerTrace;
import io.spikelet.hal.sim.SimMeter;
import io.spikelet.hal.sim.SimMeterFaults;
import java.util.Optional;

/**
 * The power of a board that nobody measures: so much always, and so much more between two falling edges of its measuring
 * pin. Seen through a meter of 1 % whose errors are drawn anew for each run.
 */
final class SimulatedSupply {
    /** About what a Raspberry Pi Zero 2 W takes when left alone. */
    static final double IDLE_WATTS = 0.6;
    /** What it takes more while one core works. */
    static final double LOAD_WATTS = 0.5;

    private static final double VOLTS = 5;
    private static final double NOISE_WATTS = 2e-3;
    private static final long JITTER_NANOS = 5_000;
    private static final MeterAccuracy ACCURACY = new MeterAccuracy(.01, 2e-4, 1e-5);
    private static final int SAMPLES_PER_SECOND = 10_000;
    private static final int CLOCK_PPM = 50;

    private SimulatedSupply() {}

    /**
     * A meter in real time.
     *
     * @param edges of the pin; without them the board always takes the same
     */
    static Meter meter(Optional<EdgeFeed> edges, long seed) {
        String load = edges.isPresent()
                ? "a simulated supply, " + IDLE_WATTS + " W and " + LOAD_WATTS + " W more within windows"
                : "a simulated supply of " + IDLE_WATTS + " W, whatever the board does";
        MeterTraits traits = new MeterTraits(
                "sim", load, SAMPLES_PER_SECOND, true, ACCURACY, CLOCK_PPM, edges.isPresent() ? 1 : 0, 3);
        PowerTrace idle = PowerTrace.constant(IDLE_WATTS);
        PowerTrace trace = edges.isPresent()
                ? idle.plus(PowerTrace.switched(LOAD_WATTS, 0, PowerTrace.Switching.FALLING_EDGES))
                : idle;
        SimMeterFaults faults = SimMeterFaults.none(seed).withNoise(NOISE_WATTS, JITTER_NANOS);
        return SimMeter.live(traits, trace, faults, VOLTS, edges.orElse(new NoEdges()));
    }

    /** A pin that is wired to nothing. */
    private static final class NoEdges implements EdgeFeed {
        @Override
        public boolean next() {
            return false;
        }

        @Override
        public long nanos() {
            return 0;
        }

        @Override
        public boolean isHigh() {
            return false;
        }

        @Override
        public void close() {
            // Nothing is open.
        }
    }
}
