package io.spikelet.model;

import static io.spikelet.model.Chains.dense;
import static io.spikelet.model.Chains.input;
import static io.spikelet.model.Chains.layer;
import static io.spikelet.model.Chains.network;
import static io.spikelet.model.Chains.neuron;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BoundsTest {
    private static final byte[] WEIGHTS = {1, -2, 3, -4, 5, 6, 0, 0};

    private static Range range(EdgeDomain source, Layer dense) {
        return Bounds.accumulatorRange(network(1, input(source), dense, neuron(1)), 1);
    }

    @Test
    void shouldAddUpEitherSignOfTheWeightsBehindUnsignedInputs() {
        Range range = range(EdgeDomain.unsigned(10), dense(0, WeightKind.INT8, WEIGHTS));
        assertArrayEquals(new long[] {-60, 0}, range.lowest());
        assertArrayEquals(new long[] {40, 110}, range.highest());
        assertArrayEquals(
                new long[] {-6, 0},
                range(EdgeDomain.SPIKE, dense(0, WeightKind.INT8, WEIGHTS)).lowest());
    }

    @Test
    void shouldAddUpAllWeightsBehindSignedInputs() {
        Range range = range(EdgeDomain.signed(10), dense(0, WeightKind.INT8, WEIGHTS));
        assertArrayEquals(new long[] {-100, -110}, range.lowest());
        assertArrayEquals(new long[] {100, 110}, range.highest());
    }

    @Test
    void shouldAddUpBothSignsOfTheWeightsByTheEndsOfALopsidedInput() {
        // Positive weights 4 and 11, negative ones −6 and 0, of −1..10.
        Range range = range(EdgeDomain.signed(-1, 10), dense(0, WeightKind.INT8, WEIGHTS));
        assertArrayEquals(new long[] {-64, -11}, range.lowest());
        assertArrayEquals(new long[] {46, 110}, range.highest());
    }

    @Test
    void shouldCountALogarithmicWeightByItsValue() {
        // Codes: 1 is 2^0, 0x13 is −2^−1, 0x02 is 2^−½.
        Layer log = dense(0, WeightKind.LOG2, new byte[] {1, 0x13, 0, 0, 2, 2, 0, 0});
        assertArrayEquals(new long[] {-2048, 0}, range(EdgeDomain.SPIKE, log).lowest());
        assertArrayEquals(
                new long[] {4096, 2 * 2896}, range(EdgeDomain.SPIKE, log).highest());
        assertArrayEquals(
                new long[] {4096, 2 * 2896}, range(EdgeDomain.time(24), log).highest());
    }

    @Test
    void shouldCountALearningLayerByWhatItMayLearn() {
        SpikingNetwork network = Chains.learning(Chains.plain(1), 1);
        assertArrayEquals(new long[] {127 * 4 * 10, 127 * 4 * 10}, Bounds.accumulatorMaxima(network, 1));
    }

    @Test
    void shouldSaturateWhereAHostileProductWouldWrap() {
        int most = Integer.MAX_VALUE;
        assertEquals(Long.MAX_VALUE, SaturatingLong.product(1L << 40, 1L << 40));
        assertEquals(-Long.MAX_VALUE, SaturatingLong.product(-1L << 40, 1L << 40));
        assertEquals(Long.MAX_VALUE, SaturatingLong.sum(Long.MAX_VALUE, 1));
        assertEquals(-Long.MAX_VALUE, SaturatingLong.sum(-Long.MAX_VALUE, -2));
        assertEquals(Long.MAX_VALUE, SaturatingLong.magnitude(Long.MIN_VALUE));
        Operation.Drive hard = new Operation.Drive(new int[] {Integer.MIN_VALUE}, new int[] {most}, true);
        Operation.Neuron neuron = Chains.neurons(1).withDrives(List.of(hard));
        SpikingNetwork network = network(
                4096,
                input(EdgeDomain.unsigned(most)),
                dense(0, WeightKind.INT8, new byte[] {127, 127, 127, 127, -127, -127, -127, -127}),
                neuron(EdgeDomain.SPIKE, neuron, 1));
        assertEquals(Long.MAX_VALUE, Bounds.membraneMaximum(network, 2));
    }

    @Test
    void shouldGiveEachChannelItsOwnMaximumThroughAPool() {
        Layer pool = layer("pool", Shape.vector(2), EdgeDomain.signed(9999), Pool2d.sum(1, 1, 1, 1, 0, 0), 1);
        SpikingNetwork network =
                network(1, input(EdgeDomain.unsigned(10)), dense(0, WeightKind.INT8, WEIGHTS), pool, neuron(2));
        assertArrayEquals(new long[] {60, 110}, Bounds.outputMaxima(network, 2));
        assertEquals(5 * 110 + 3, driven(network, 3));
    }

    /** The membrane after one step: the worst drive, and the reset that may come with it. */
    private static long driven(SpikingNetwork network, int index) {
        return Bounds.membraneMaximum(network, index) - 100;
    }

    @Test
    void shouldBoundALossFreePoolByItsSourceForAnySpikes() {
        Random random = new Random(11);
        for (int run = 0; run < 2_000; run++) {
            int inputs = 1 + random.nextInt(5);
            int maximum = 1 + random.nextInt(4);
            long[] counts = new long[inputs];
            long given = 0;
            for (int t = 0; t < 40; t++) {
                for (int i = 0; i < inputs; i++) {
                    counts[i] += random.nextInt(2 * maximum + 1) - maximum;
                }
                long out = Arrays.stream(counts).max().orElseThrow() - given;
                given += out;
                assertTrue(Math.abs(out) <= maximum, "gave " + out + " from inputs of at most " + maximum);
            }
        }
    }

    @Test
    void shouldNeverBeBelowWhatRandomNeuronsReach() {
        Random random = new Random(12);
        for (int run = 0; run < 300; run++) {
            int steps = 1 + random.nextInt(6);
            int burst = 1 + random.nextInt(3);
            Operation.Neuron neuron = new Operation.Neuron(
                    Operation.Neuron.Output.BURST,
                    burst,
                    false,
                    Operation.Comparison.STRICTLY_ABOVE,
                    random.nextBoolean() ? new int[0] : new int[] {random.nextInt(32769)},
                    new int[] {random.nextInt(32769)},
                    new int[] {random.nextInt(41) - 20},
                    new int[] {random.nextInt(32769)},
                    new int[] {random.nextInt(41) - 20},
                    1,
                    new int[] {1 + random.nextInt(50)},
                    List.of(new Operation.Drive(
                            steps,
                            random.ints(steps, -9, 9).toArray(),
                            random.ints(steps, -9, 9).toArray(),
                            true)),
                    new float[] {1},
                    Integer.MAX_VALUE);
            Layer layer = new Layer(
                    "neurons", List.of(Inbound.from(0)), new Shape(2, 2, 1), EdgeDomain.unsigned(burst), neuron);
            long proved = Bounds.membraneMaximum(network(steps, input(EdgeDomain.unsigned(10)), layer), 1);
            for (int trial = 0; trial < 20; trial++) {
                long reached = run(neuron, steps, random);
                assertTrue(reached <= proved, "reached " + reached + " above " + proved);
            }
        }
    }

    /** The equation N1 by itself; the largest membrane or current. */
    private static long run(Operation.Neuron neuron, int steps, Random random) {
        long membrane = 0;
        long current = 0;
        long fired = 0;
        long worst = 0;
        Operation.Drive drive = neuron.drives().getFirst();
        for (int t = 0; t < steps; t++) {
            long x = drive.gain()[t] * random.nextInt(11) + drive.bias()[t];
            if (neuron.hasSynapticCurrent()) {
                current = neuron.synapticLeak()[0] * current / 32768 + x;
                x = current;
            }
            membrane = x
                    + (fired > 0
                            ? neuron.a1()[0] * membrane / 32768 + fired * neuron.b1()[0]
                            : neuron.a0()[0] * membrane / 32768 + neuron.b0()[0]);
            fired = 0;
            while (fired < neuron.burst() && membrane > (fired + 1) * neuron.threshold()[0]) {
                fired++;
            }
            worst = Math.max(worst, Math.max(Math.abs(membrane), Math.abs(current)));
        }
        return worst;
    }
}
