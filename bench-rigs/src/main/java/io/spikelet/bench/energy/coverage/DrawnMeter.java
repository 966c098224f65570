package io.spikelet.bench.energy.coverage;

import io.spikelet.hal.meter.MeterTraits;
import io.spikelet.hal.meter.SampleBlock;
import java.util.SplittableRandom;

/**
 * A meter whose errors are drawn within what it promises, once for a run: gain, offset and clock anywhere between their limits, resolution as
 * promised; noise of each sample besides. It samples a {@link KnownLoad} at 1 V for each watt's ampere, in virtual time.
 */
final class DrawnMeter {
    private final KnownLoad load;
    private final MeterTraits traits;
    private final SplittableRandom random;
    private final double noiseWatts;
    private final double gain;
    private final double offset;
    private final double clock;
    private final double period; // of the meter's clock, s
    private long next;

    /** @param clockPpm how far the clock is off; NaN draws it within the promise */
    DrawnMeter(KnownLoad load, MeterTraits traits, double noiseWatts, double clockPpm, SplittableRandom random) {
        this.load = load;
        this.traits = traits;
        this.noiseWatts = noiseWatts;
        this.random = random;
        gain = 1 + traits.accuracy().gain() * within(random);
        offset = traits.accuracy().offsetWatts() * within(random);
        clock = 1 + 1e-6 * (Double.isNaN(clockPpm) ? traits.clockPpm() * within(random) : clockPpm);
        period = 1 / traits.samplesPerSecond();
    }

    private static double within(SplittableRandom random) {
        return 2 * random.nextDouble() - 1;
    }

    /** The meter's time at a true one, ns. */
    double nanos(double seconds) {
        return seconds * clock * 1e9;
    }

    /** The next samples, as many as the block holds; 0 at the end of the load. */
    int read(SampleBlock block) {
        block.clear();
        while (!block.isFull()) {
            double time = next * period / clock;
            if (time >= load.seconds()) {
                break;
            }
            double before = Math.max(0, time - period / clock);
            double watts = traits.means() && next > 0
                    ? (load.joules(time) - load.joules(before)) / (time - before)
                    : load.watts(time);
            double step = traits.accuracy().resolutionWatts();
            double seen = watts * gain + offset + noiseWatts * random.nextGaussian();
            double told = step > 0 ? Math.rint(seen / step) * step : seen;
            block.add(Math.round(next * period * 1e9), told, 5, told / 5);
            next++;
        }
        return block.size();
    }
}
