package io.spikelet.hal.crossbar;

/**
 * The numbers that a device's accidents are made of, the same on every processor: splitmix64 (Steele, Lea and Flood, OOPSLA
 * 2014), and normal ones by the ziggurat of 128 layers (Marsaglia and Tsang, J. Stat. Softw. 5(8), 2000, as Doornik has it,
 * 2005) over {@link StrictMath}. {@link java.util.Random} promises as much, but its neighbouring seeds resemble each other,
 * and a step draws one number a column: here each purpose of each tile has a stream of its own, and a number is cheap.
 */
final class NoiseSource {
    private static final long GOLDEN = 0x9e3779b97f4a7c15L;

    private static final int LAYERS = 128;

    /** Where the lowest layer's tail begins, and the area of each layer. */
    private static final double TAIL = 3.442619855899;

    private static final double AREA = 9.91256303526217e-3;

    /** (layers + 1) how far each layer reaches, widest first. */
    private static final double[] EDGE = edges();

    /** (layers) the share of a layer that is surely under the curve. */
    private static final double[] INNER = new double[LAYERS];

    static {
        for (int layer = 0; layer < LAYERS; layer++) {
            INNER[layer] = EDGE[layer + 1] / EDGE[layer];
        }
    }

    private static double[] edges() {
        double[] edge = new double[LAYERS + 1];
        double height = StrictMath.exp(-0.5 * TAIL * TAIL);
        edge[0] = AREA / height;
        edge[1] = TAIL;
        for (int layer = 2; layer < LAYERS; layer++) {
            edge[layer] = Math.sqrt(-2 * StrictMath.log(AREA / edge[layer - 1] + height));
            height = StrictMath.exp(-0.5 * edge[layer] * edge[layer]);
        }
        return edge;
    }

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
        return (next() >>> 11) * 0x1p-53;
    }

    private long next() {
        state += GOLDEN;
        return mixed(state);
    }

    /** Of mean 0 and standard deviation 1: a point in a random layer is nearly always under the curve, and then cheap. */
    double normal() {
        while (true) {
            long bits = next();
            int layer = (int) bits & LAYERS - 1;
            double side = 2 * ((bits >>> 11) * 0x1p-53) - 1;
            if (Math.abs(side) < INNER[layer]) {
                return side * EDGE[layer];
            }
            if (layer == 0) {
                return side < 0 ? -tail() : tail();
            }
            double x = side * EDGE[layer];
            double lower = StrictMath.exp(-0.5 * (EDGE[layer] * EDGE[layer] - x * x));
            double upper = StrictMath.exp(-0.5 * (EDGE[layer + 1] * EDGE[layer + 1] - x * x));
            if (upper + uniform() * (lower - upper) < 1) {
                return x;
            }
        }
    }

    private double tail() {
        double beyond;
        double height;
        do {
            beyond = -StrictMath.log(1 - uniform()) / TAIL;
            height = -StrictMath.log(1 - uniform());
        } while (2 * height < beyond * beyond);
        return TAIL + beyond;
    }
}
