package io.spikelet.model;

import static io.spikelet.model.Chains.dense;
import static io.spikelet.model.Chains.input;
import static io.spikelet.model.Chains.layer;
import static io.spikelet.model.Chains.network;
import static io.spikelet.model.Refusals.assertAccepted;
import static io.spikelet.model.Refusals.assertRefused;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Networks of spike times. */
class FirstSpikeCheckTest {
    private static final Readout EARLIEST = Chains.readout(Readout.Kind.FIRST_SPIKE, Readout.Exit.NEVER);
    private static final Encoder TIMES = new Encoder.SpikeTimes(8, new int[256]);
    private static final Layer IN = input(EdgeDomain.time(8));

    /** Weights of 1, −1, 2^−½ and 0: each row reaches 4096 + 4096 or 4096 + 2896 in magnitude. */
    private static final Layer LOG = dense(0, WeightKind.LOG2, new byte[] {1, 0x11, 1, 0, 0x11, 0x12, 0, 0});

    private static FirstSpike neuron(int window, int[] threshold, long maximum) {
        return new FirstSpike(
                window, threshold, List.of(new Operation.Drive(new int[] {2}, new int[] {-3}, true)), maximum);
    }

    private static Layer output(FirstSpike neuron) {
        return layer("first", Shape.vector(2), EdgeDomain.time(neuron.window()), neuron, 1);
    }

    private static SpikingNetwork ending(Layer output) {
        return network(1, TIMES, EARLIEST, IN, LOG, output);
    }

    @Test
    void shouldHoldAPotentialToItsWeightsAtTimeZero() {
        long proved = 2 * 2 * 4096 + 3;
        assertAccepted(ending(output(neuron(3, new int[] {9, 5, 5}, proved))));
        assertRefused(
                ending(output(neuron(3, new int[] {9, 5, 5}, proved - 1))),
                "layer 'first': its potential can reach 16387 but the image declares 16386");
    }

    @Test
    void shouldRefuseAThresholdThatIsShortRisesOrIsNeverCrossed() {
        assertRefused(
                ending(output(neuron(4, new int[] {9, 5, 5}, 20000))),
                "layer 'first': its threshold table has 3 rows but its window 4 steps");
        for (int[] threshold : new int[][] {{5, 6}, {5, 0}}) {
            assertRefused(
                    ending(output(neuron(2, threshold, 20000))),
                    "layer 'first': its thresholds must be above 0 and never rise");
        }
    }

    @Test
    void shouldRefuseMoreThanOneTimeStep() {
        assertRefused(
                network(2, TIMES, EARLIEST, IN, LOG, output(neuron(1, new int[] {9}, 20000))),
                "layer 'in': gives spike times, which needs a network of 1 time step, not 2");
    }

    @Test
    void shouldRefuseTimesWhereOnlyNumbersAreUnderstood() {
        Layer first = output(neuron(1, new int[] {9}, 20000));
        assertRefused(
                network(1, TIMES, EARLIEST, IN, dense(0, 4), first),
                "layer 'dense': reads the spike times of in; only weights of kind LOG2 and a pool of kind MIN may");
        assertRefused(
                network(1, TIMES, EARLIEST, IN, Chains.neuron(0), first), "layer 'neurons': adds in of shape 2x2x1");
        Layer delay = layer("delay", IN.shape(), EdgeDomain.time(8), new Delay(new int[] {0}), 0);
        assertRefused(
                network(1, TIMES, EARLIEST, IN, LOG, first, delay, dense(3, 4), Chains.neuron(4)),
                "layer 'delay': reads the spike times of in");
    }

    @Test
    void shouldPoolTimesByTheEarliestOnly() {
        for (Pool2d.Kind kind : Pool2d.Kind.values()) {
            Layer pool = layer("pool", new Shape(2, 1, 1), EdgeDomain.time(8), new Pool2d(kind, 2, 1, 2, 1, 0, 0), 0);
            Layer log = dense(1, WeightKind.LOG2, new byte[] {1, 1, 1, 1});
            Layer first = layer("first", Shape.vector(2), EdgeDomain.time(1), neuron(1, new int[] {9}, 20000), 2);
            SpikingNetwork network = network(1, TIMES, EARLIEST, IN, pool, log, first);
            if (kind == Pool2d.Kind.MIN) {
                assertAccepted(network);
            } else {
                assertRefused(network, "layer 'pool': is a pool of kind " + kind + " over spike times");
            }
        }
    }

    @Test
    void shouldReadPotentialsBehindTimesOutOfANeuron() {
        Operation.Neuron potential = Chains.neurons(1).withOutput(Operation.Neuron.Output.POTENTIAL, 1);
        assertAccepted(network(
                1,
                TIMES,
                Chains.readout(Readout.Kind.POTENTIAL, Readout.Exit.NEVER),
                IN,
                LOG,
                Chains.neuron(EdgeDomain.signed(1 << 20), potential, 1)));
    }

    @Test
    void shouldDriveFirstSpikesByTimesOnly() {
        Layer first = output(neuron(1, new int[] {9}, 1 << 30));
        assertRefused(
                network(1, Encoder.DIRECT, EARLIEST, input(EdgeDomain.SPIKE), dense(0, 4), first),
                "layer 'first': reads dense, which is no dense or convolution layer that reads spike times");
    }

    @Test
    void shouldCompareTimesByTheEarliestOnly() {
        assertRefused(
                network(
                        1,
                        TIMES,
                        Chains.readout(Readout.Kind.COUNT, Readout.Exit.NEVER),
                        IN,
                        LOG,
                        output(neuron(1, new int[] {9}, 20000))),
                "layer 'first': gives spike times, which a readout of kind COUNT cannot compare");
    }

    @Test
    void shouldRefuseAnEncoderOfTimesBeyondItsWindow() {
        int[] late = new int[256];
        late[3] = 9;
        Layer first = output(neuron(1, new int[] {9}, 20000));
        assertRefused(
                network(1, new Encoder.SpikeTimes(8, late), EARLIEST, IN, LOG, first),
                "layer 'in': its encoder's times are 0..8, not 9");
        assertRefused(
                network(1, new Encoder.SpikeTimes(256, new int[256]), EARLIEST, IN, LOG, first),
                "layer 'in': its encoder's window is 1..255 steps, not 256");
        assertRefused(
                network(1, Encoder.DIRECT, EARLIEST, IN, LOG, first),
                "layer 'in': its encoder, direct, gives bytes but it is declared TIME");
    }
}
