package io.spikelet.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spikelet.model.EdgeDomain;
import io.spikelet.model.Encoder;
import io.spikelet.model.Operation;
import io.spikelet.model.Pool2d;
import io.spikelet.model.Readout;
import io.spikelet.model.Shape;
import io.spikelet.model.SpikeCalibration;
import io.spikelet.model.SpikingNetwork;
import java.math.BigInteger;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Spikes that neurons take back (docs/equations.md, N6). */
class SpikeCalibratorTest {

    private static int[] given(SpikeCalibration calibration, int... fired) {
        SpikeCalibrator calibrator = new SpikeCalibrator(calibration, 1);
        int[] all = new int[fired.length];
        int[] given = new int[1];
        for (int t = 0; t < fired.length; t++) {
            calibrator.calibrate(t, new int[] {fired[t]}, given);
            all[t] = given[0];
        }
        return all;
    }

    @Test
    void shouldTakeBackOneSpikeAStepOnceSilenceOutlastsTheMeanIntervalAndTheAllowance() {
        // Spikes at 0, 1 and 2, a mean of 2/3; silent for more than 2/3 + 2 from t = 5 on; three spikes to take back.
        assertArrayEquals(
                new int[] {1, 1, 1, 0, 0, -1, -1, -1, 0, 0},
                given(new SpikeCalibration(2), 1, 1, 1, 0, 0, 0, 0, 0, 0, 0));
        // One burst at t = 3: the mean is 3, so silent for more than 3 + 1 from t = 8 on.
        assertArrayEquals(
                new int[] {0, 0, 0, 2, 0, 0, 0, 0, -1, -1, 0},
                given(new SpikeCalibration(1), 0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0));
    }

    @Test
    void shouldNotTakeBackWhatWasNeverGiven() {
        assertArrayEquals(new int[6], given(new SpikeCalibration(1), new int[6]));
        assertArrayEquals(new int[6], given(new SpikeCalibration(1, SpikeCalibration.Rule.PUBLISHED), new int[6]));
    }

    @Test
    void shouldHoldLateSpikesBackByThePublishedRuleOnly() {
        int[] late = {0, 0, 0, 0, 1, 1, 1, 1, 1};
        assertArrayEquals(late, given(new SpikeCalibration(1), late));
        // Silent at 2 and 3 beyond the allowance of 1, so two spikes are owed.
        assertArrayEquals(
                new int[] {0, 0, 0, 0, 0, 1, 1, 1, 1},
                given(new SpikeCalibration(1, SpikeCalibration.Rule.PUBLISHED), late));
    }

    @ParameterizedTest
    @EnumSource(SpikeCalibration.Rule.class)
    void shouldAgreeWithFractionsAndNeverGiveLessThanNothingInSum(SpikeCalibration.Rule rule) {
        Random random = new Random(9);
        for (int trial = 0; trial < 300; trial++) {
            SpikeCalibration calibration = new SpikeCalibration(1 + random.nextInt(9), rule);
            SpikeCalibrator calibrator = new SpikeCalibrator(calibration, 1);
            PlainCalibration plain = new PlainCalibration(calibration);
            int density = 1 + random.nextInt(20);
            int sum = 0;
            int[] given = new int[1];
            for (int t = 0; t < 200; t++) {
                int fired = random.nextInt(density) == 0 ? 1 + random.nextInt(5) : 0;
                calibrator.calibrate(t, new int[] {fired}, given);
                assertEquals(plain.step(t, BigInteger.valueOf(fired)).intValueExact(), given[0], "step " + t);
                sum += given[0];
                assertTrue(sum >= 0, "in sum " + sum);
            }
        }
    }

    @Test
    void shouldHoldAtTheLongestSampleWithASpikeAtEveryStep() {
        SpikeCalibration calibration = new SpikeCalibration(1);
        SpikeCalibrator calibrator = new SpikeCalibrator(calibration, 1);
        PlainCalibration plain = new PlainCalibration(calibration);
        int[] given = new int[1];
        for (int t = 0; t < 4096; t++) {
            int fired = t % 1024 < 1000 ? Integer.MAX_VALUE / 4096 : 0;
            calibrator.calibrate(t, new int[] {fired}, given);
            assertEquals(plain.step(t, BigInteger.valueOf(fired)).intValueExact(), given[0], "step " + t);
        }
    }

    private static final Shape MAP = new Shape(2, 9, 9);
    private static final Shape POOLED = new Shape(2, 4, 4);

    /** Noise that falls silent, calibrated bursts, overlapping windows; a dense layer and a convolution behind. */
    private static SpikingNetwork pooled(int steps, SpikeCalibration.Rule rule) {
        NetworkSketch sketch = new NetworkSketch(steps, Encoder.FRAMES, MAP, EdgeDomain.unsigned(255));
        int[] zero = {0};
        Operation.Neuron bursts = new Operation.Neuron(
                        Operation.Comparison.AT_OR_ABOVE,
                        new int[0],
                        new int[] {1 << 15},
                        zero,
                        new int[] {1 << 15},
                        new int[] {-300},
                        new int[] {300},
                        List.of(new Operation.Drive(new int[] {1}, new int[] {-20}, true)),
                        new float[] {1},
                        0)
                .withOutput(Operation.Neuron.Output.BURST, 3)
                .withCalibration(new SpikeCalibration(3, rule));
        sketch.add("bursts", bursts, MAP, 0);
        sketch.add("pool", new Pool2d(Pool2d.Kind.LOSS_FREE, 3, 3, 2, 2, 0, 0), POOLED, 1);
        RandomWeights weights = new RandomWeights(new Random(3));
        int[] ones = {1, 1};
        sketch.add("conv", weights.conv(4, 2, new int[] {3, 3}, ones, ones, 1, 1), new Shape(4, 4, 4), 2);
        sketch.add("dense", weights.dense(6, POOLED.size()), Shape.vector(6), 2);
        sketch.add("mean", new Pool2d(Pool2d.Kind.AVERAGE, 2, 2, 2, 2, 0, 0), new Shape(2, 2, 2), 2);
        sketch.add("output", new RandomNeurons(new Random(4), 1).accumulator(Shape.vector(6)), Shape.vector(6), 4);
        return sketch.network(new Readout(Readout.Kind.POTENTIAL, 6, 1, Readout.Exit.NEVER));
    }

    private static byte[] sample(long seed, int steps) {
        Random random = new Random(seed);
        byte[] sample = new byte[steps * MAP.size()];
        for (int i = 0; i < sample.length; i++) {
            sample[i] = (byte) ((i / MAP.size() + i % MAP.size()) % 40 < 12 ? random.nextInt(256) : 0);
        }
        return sample;
    }

    @ParameterizedTest
    @EnumSource(SpikeCalibration.Rule.class)
    void shouldPoolWithoutLossWhatNeuronsTakeBackOverTwoHundredSteps(SpikeCalibration.Rule rule) throws Exception {
        Engine engine = Engine.load(pooled(200, rule));
        byte[] sample = sample(7, 200);
        for (int time = 0; time < 2; time++) {
            engine.reset();
            int[] taken = new int[MAP.size()];
            int[] given = new int[POOLED.size()];
            int negative = 0;
            long events = 0;
            for (int t = 0; t < 200; t++) {
                engine.step(sample, t * MAP.size());
                for (int i = 0; i < taken.length; i++) {
                    int value = engine.values(1)[i];
                    taken[i] += value;
                    events += Math.abs(value);
                    assertTrue(value >= -1 && value <= 3, "out of its declared ends: " + value);
                }
                for (int o = 0; o < given.length; o++) {
                    given[o] += engine.values(2)[o];
                    negative += engine.values(2)[o] < 0 ? 1 : 0;
                }
            }
            assertTrue(negative > 50, "too few negative outputs prove nothing: " + negative);
            assertEquals(events, engine.spikes(), "a spike taken back counts as one");
            for (int o = 0; o < given.length; o++) {
                assertEquals(largest(taken, o), given[o], "window " + o);
            }
        }
    }

    private static int largest(int[] taken, int output) {
        int c = output / POOLED.area();
        int top = output % POOLED.area() / POOLED.width() * 2;
        int left = output % POOLED.width() * 2;
        int largest = Integer.MIN_VALUE;
        for (int y = top; y < top + 3; y++) {
            for (int x = left; x < left + 3; x++) {
                largest = Math.max(largest, taken[c * MAP.area() + y * MAP.width() + x]);
            }
        }
        return largest;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 40})
    void shouldAnswerAlikeOnAllKernels(int steps) throws Exception {
        for (SpikeCalibration.Rule rule : SpikeCalibration.Rule.values()) {
            SpikingNetwork network = pooled(steps, rule);
            PlainEngine plain = new PlainEngine(network);
            List<Engine> engines = List.of(
                    Engine.load(network), Engine.load(network, Kernels.SWAR), Engine.load(network, Kernels.VECTOR));
            byte[] sample = sample(8, steps);
            for (int t = 0; t < steps; t++) {
                plain.step(sample);
                for (Engine engine : engines) {
                    engine.step(sample, t * MAP.size());
                    for (int layer = 1; layer < network.layers().size(); layer++) {
                        for (int n = 0; engine.gives(layer) && n < engine.values(layer).length; n++) {
                            assertEquals(
                                    plain.values(layer)[n].intValueExact(),
                                    engine.values(layer)[n],
                                    network.layers().get(layer).name() + " at " + t);
                        }
                    }
                }
            }
        }
    }
}
