package io.spikelet.hal.crossbar;

/**
 * The numbers that a device's accidents are made of, the same on every processor: splitmix64 (Steele, Lea and Flood, OOPSLA
 * 2014), and normal ones by Marsaglia's polar method over {@link StrictMath}. {@link java.util.Random} promises as much,
 * but its neighbouring seeds resemble each other, and here each purpose of each tile has a stream of its own.
 */
final class NoiseSource {
    private static final long GOLDEN = 0x9e3779b97f4a7c15L;

    /** What a stream is for. Those before {@link #STEP} are frozen into the chip, the others are fresh with each read. */
    enum Purpose {
        FAULTS,
        WRITING,
        DRIFT,
        ENDURANCE,
        PULSES,
        VERIFY,
        STEP,
        CALIBRATION,
        CANARY
    }

    private long state;
    private double second;
    private boolean hasSecond;

    NoiseSource(long seed, Purpose purpose, long index) {
        state = mixed(mixed(mixed(seed) + purpose.ordinal()) + index);
    }

    static long mixed(long value) {
        long z = value;
        z = (z ^ z >>> 30) * 0xbf58476d1ce4e5b9L;
        z = (z ^ z >>> 27) * 0x94d049bb133111ebL;
        return z ^ z >>> 31;
    }

    /** Of a seed and a name, so that two devices of one board differ. */
    static long seedOf(long seed, String name) {
        return mixed(seed + GOLDEN * name.hashCode());
    }

    /** Evenly from 0, below 1. */
    double uniform() {
        state += GOLDEN;
        return (mixed(state) >>> 11) * 0x1p-53;
    }

    /** Of mean 0 and standard deviation 1. */
    double normal() {
        if (hasSecond) {
            hasSecond = false;
            return second;
        }
        double x;
        double y;
        double square;
        do {
            x = 2 * uniform() - 1;
            y = 2 * uniform() - 1;
            square = x * x + y * y;
        } while (square >= 1 || square == 0);
        double scale = Math.sqrt(-2 * StrictMath.log(square) / square);
        second = y * scale;
        hasSecond = true;
        return x * scale;
    }
}
