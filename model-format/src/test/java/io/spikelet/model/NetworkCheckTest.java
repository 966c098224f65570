package io.spikelet.model;

import static io.spikelet.model.Chains.dense;
import static io.spikelet.model.Chains.input;
import static io.spikelet.model.Chains.layer;
import static io.spikelet.model.Chains.learning;
import static io.spikelet.model.Chains.network;
import static io.spikelet.model.Chains.neuron;
import static io.spikelet.model.Chains.neurons;
import static io.spikelet.model.Chains.withDomain;
import static io.spikelet.model.Chains.withOperation;
import static io.spikelet.model.Refusals.assertAccepted;
import static io.spikelet.model.Refusals.assertRefused;

import java.util.List;
import org.junit.jupiter.api.Test;

class NetworkCheckTest {
    private final SpikingNetwork plain = Chains.plain(4);
    private final Operation.Neuron neuron = neurons(1);

    @Test
    void shouldAcceptANetworkWhoseBoundsHold() {
        assertAccepted(plain);
    }

    @Test
    void shouldRefuseASelfTestOfAnotherSizeThanTheNetworks() {
        int classes = plain.readout().classes();
        int bytes = plain.sampleBytes();
        assertAccepted(plain.withSelfTests(List.of(new SelfTest(new byte[bytes], new byte[1], new int[classes], 0))));
        assertRefused(
                plain.withSelfTests(List.of(new SelfTest(new byte[bytes - 1], new byte[1], new int[classes], 0))),
                "self-test 0: its sample must hold " + bytes + " values, not " + (bytes - 1));
        assertRefused(
                plain.withSelfTests(List.of(new SelfTest(new byte[bytes], new byte[1], new int[classes + 1], 0))),
                "self-test 0: its scores must hold " + classes + " values, not " + (classes + 1));
    }

    @Test
    void shouldRefuseANetworkWhoseMembraneBoundDoesNotHold() {
        // By hand: acc <= 10 * (1 + 2 + 3 + 4) = 100, x <= 5 * 100 + 3, b1 = -100; four steps.
        long proved = 4 * (503 + 100);
        assertAccepted(withOperation(plain, 2, neuron.withMembraneMaximum(proved)));
        assertRefused(
                withOperation(plain, 2, neuron.withMembraneMaximum(proved - 1)),
                "layer 'neurons': its membrane can reach 2412 but the image declares 2411");
    }

    @Test
    void shouldRefuseAMembraneThatCanOverflow() {
        Operation.Drive hard = new Operation.Drive(new int[] {6_000_000}, new int[] {0}, true);
        assertRefused(
                withOperation(plain, 2, neuron.withDrives(List.of(hard))),
                "layer 'neurons': its membrane can overflow 32 bits within 4 time steps");
    }

    @Test
    void shouldRefuseAnAccumulatorThatCanOverflow() {
        assertRefused(
                withDomain(plain, 0, EdgeDomain.unsigned(1 << 28)),
                "layer 'dense': its accumulator can overflow 32 bits");
    }

    @Test
    void shouldRefuseAnEdgeThatExceedsItsDeclaredMaximum() {
        assertAccepted(withDomain(plain, 1, EdgeDomain.signed(100)));
        assertRefused(
                withDomain(plain, 1, EdgeDomain.signed(99)),
                "layer 'dense': its accumulator can reach 100 but the image declares 99");
    }

    @Test
    void shouldRefuseAThresholdTableThatIsShorterThanTheTimeSteps() {
        assertAccepted(withOperation(plain, 2, neuron.withThreshold(4, new int[] {1, 2, 3, 4})));
        assertAccepted(withOperation(plain, 2, neuron.withThreshold(5, new int[10])));
        assertRefused(
                withOperation(plain, 2, neuron.withThreshold(3, new int[] {1, 2, 3})),
                "layer 'neurons': its threshold table has 3 rows but the network runs 4 time steps");
    }

    @Test
    void shouldRefuseADriveTableThatIsShorterThanTheTimeSteps() {
        assertRefused(
                withOperation(
                        plain,
                        2,
                        neuron.withDrives(List.of(new Operation.Drive(2, new int[] {1, 2}, new int[] {1, 2}, true)))),
                "layer 'neurons': its gain table has 2 rows but the network runs 4 time steps");
    }

    @Test
    void shouldRefuseATableWhoseRowsAreUneven() {
        assertRefused(
                withOperation(plain, 2, neuron.withThreshold(4, new int[6])),
                "layer 'neurons': its threshold table holds 6 values in 4 rows");
        assertRefused(
                withOperation(
                        plain, 2, neuron.withDrives(List.of(new Operation.Drive(4, new int[4], new int[12], true)))),
                "layer 'neurons': its bias table holds 12 values in 4 rows");
    }

    @Test
    void shouldRefuseAWeightThatItsKindDoesNotHave() {
        assertRefused(
                network(1, input(EdgeDomain.SPIKE), dense(0, WeightKind.BINARY, new byte[8]), neuron(1)),
                "layer 'dense': a weight of kind BINARY cannot be 0");
    }

    @Test
    void shouldRefuseReadersOfAccumulatorsThatOnlySpikesMayFeed() {
        SpikingNetwork twice = network(1, input(EdgeDomain.SPIKE), dense(0, 4), dense(1, 2), neuron(2));
        assertRefused(twice, "layer 'dense': reads dense, which gives accumulators");
        for (Operation operation : List.of(new Delay(new int[] {1}), new VotePool(1))) {
            assertRefused(
                    network(
                            1,
                            input(EdgeDomain.SPIKE),
                            dense(0, 4),
                            layer("x", Shape.vector(2), EdgeDomain.signed(100), operation, 1),
                            neuron(2)),
                    "layer 'x': reads dense, which gives accumulators");
        }
    }

    @Test
    void shouldKnowAccumulatorsThatAPoolPassedOn() {
        Layer pool = layer("pool", Shape.vector(2), EdgeDomain.signed(10), Pool2d.max(1), 1);
        assertAccepted(network(1, input(EdgeDomain.SPIKE), dense(0, 4), pool, neuron(2)));
        assertRefused(
                network(1, input(EdgeDomain.SPIKE), dense(0, 4), pool, dense(2, 2), neuron(3)),
                "layer 'dense': reads pool, which gives accumulators");
    }

    @Test
    void shouldProveNothingOfALayerWhoseFormIsNotKnownYet() {
        Layer reader =
                new Layer("neurons", List.of(Inbound.recurrentFrom(2)), Shape.vector(2), EdgeDomain.SPIKE, neurons(1));
        Layer broken = new Layer(
                "dense",
                List.of(),
                Shape.vector(2),
                EdgeDomain.signed(1),
                new Operation.Dense(1, 4, new byte[4], new float[1]));
        assertRefused(network(1, input(EdgeDomain.SPIKE), reader, broken), "layer 'dense': has 0 edges into it, not 1");
    }

    @Test
    void shouldRefuseMoreValuesThanAnEngineShouldHold() {
        Layer delay = layer("delay", new Shape(2, 2, 1), EdgeDomain.SPIKE, new Delay(new int[] {1000}), 0);
        Layer wide = new Layer("in", List.of(), new Shape(1, 1, 1 << 20), EdgeDomain.SPIKE, new Operation.Input());
        Layer late = layer("delay", wide.shape(), EdgeDomain.SPIKE, new Delay(new int[] {16}), 0);
        assertAccepted(network(1, input(EdgeDomain.SPIKE), delay, dense(1, 4), neuron(2)));
        assertRefused(network(1, wide, late, neuron(0)), "layer 'neurons': adds in of shape 1x1x1048576 to its 2");
        assertRefused(network(1, wide, late, late), "a network holds at most 16777216 values in all its layers");
    }

    @Test
    void shouldLetOnlyInt8WeightsOfPlainSpikingNeuronsLearn() {
        assertAccepted(learning(plain, 1));
        assertRefused(learning(plain, 2), "layer 2 is said to learn but is neither dense nor a convolution");
        assertRefused(learning(plain, -1), "layer -1 is said to learn but is neither dense nor a convolution");
        assertRefused(
                learning(network(4, input(EdgeDomain.SPIKE), dense(0, WeightKind.TERNARY, new byte[8]), neuron(1)), 1),
                "layer 'dense': is said to learn but its weights are not INT8");
        Layer burst = neuron(EdgeDomain.unsigned(3), neurons(1).withOutput(Operation.Neuron.Output.BURST, 3), 1);
        assertRefused(
                learning(network(4, input(EdgeDomain.SPIKE), dense(0, 4), burst, neuron(2)), 1),
                "layer 'dense': is said to learn but drives neurons, which is no layer of plain spiking neurons");
        assertRefused(
                learning(network(4, input(EdgeDomain.SPIKE), dense(0, 4), burst), 1),
                "learning needs an output layer of plain spiking neurons");
    }
}
