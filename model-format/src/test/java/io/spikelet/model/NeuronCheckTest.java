package io.spikelet.model;

import static io.spikelet.model.Chains.dense;
import static io.spikelet.model.Chains.input;
import static io.spikelet.model.Chains.layer;
import static io.spikelet.model.Chains.network;
import static io.spikelet.model.Chains.neuron;
import static io.spikelet.model.Chains.neurons;
import static io.spikelet.model.Refusals.assertAccepted;
import static io.spikelet.model.Refusals.assertRefused;

import io.spikelet.model.Operation.Neuron.Output;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What neurons of each output ask, and the ends of a network: encoder and readout. */
class NeuronCheckTest {
    private static final Layer BITS = input(EdgeDomain.SPIKE);

    private static SpikingNetwork output(Readout.Kind readout, EdgeDomain domain, Operation.Neuron neuron) {
        return network(
                4,
                Encoder.DIRECT,
                Chains.readout(readout, Readout.Exit.NEVER),
                BITS,
                dense(0, 4),
                neuron(domain, neuron, 1));
    }

    private static SpikingNetwork ending(Readout readout) {
        return network(4, Encoder.DIRECT, readout, BITS, dense(0, 4), neuron(1));
    }

    @Test
    void shouldHoldAFloorToItsLengthAndSign() {
        Operation.Neuron neuron = neurons(1);
        assertAccepted(output(Readout.Kind.COUNT, EdgeDomain.SPIKE, neuron.withFloor(new int[] {-100, 0})));
        assertRefused(
                output(Readout.Kind.COUNT, EdgeDomain.SPIKE, neuron.withFloor(new int[] {1})),
                "layer 'neurons': a membrane's floor is 0 or less, not 1");
        assertRefused(
                output(Readout.Kind.COUNT, EdgeDomain.SPIKE, neuron.withFloor(new int[3])),
                "layer 'neurons': floor holds 3 values, which is neither one, one a channel nor one a neuron");
    }

    @Test
    void shouldHoldABurstToItsLargestCountAndAPositiveThreshold() {
        Operation.Neuron burst = neurons(1).withOutput(Output.BURST, 5);
        assertAccepted(output(Readout.Kind.COUNT, EdgeDomain.unsigned(5), burst));
        assertRefused(
                output(Readout.Kind.COUNT, EdgeDomain.unsigned(4), burst),
                "layer 'neurons': its burst can reach 5 but the image declares 4");
        for (int threshold : new int[] {0, -1, Integer.MAX_VALUE / 5 + 1}) {
            assertRefused(
                    output(Readout.Kind.COUNT, EdgeDomain.unsigned(5), burst.withThreshold(1, new int[] {threshold})),
                    "layer 'neurons': a burst of 5 needs a threshold of 1..429496729, not " + threshold);
        }
        // x <= 5 * 10 + 3, five resets of 100 at a step; four steps.
        assertRefused(
                output(Readout.Kind.COUNT, EdgeDomain.unsigned(5), burst.withMembraneMaximum(0)),
                "layer 'neurons': its membrane can reach " + 4 * (53 + 5 * 100) + " but the image declares 0");
    }

    private static final Operation.Neuron CALIBRATED =
            neurons(1).withOutput(Output.BURST, 5).withCalibration(new SpikeCalibration(2));

    @Test
    void shouldHoldSpikesThatAreTakenBackToBothOfTheirEnds() {
        assertAccepted(output(Readout.Kind.POTENTIAL, EdgeDomain.signed(-1, 5), CALIBRATED));
        assertAccepted(output(Readout.Kind.POTENTIAL, EdgeDomain.signed(-3, 6), CALIBRATED));
        assertAccepted(output(
                Readout.Kind.POTENTIAL,
                EdgeDomain.signed(1),
                neurons(1).withOutput(Output.BURST, 1).withCalibration(new SpikeCalibration(4096))));
        assertRefused(
                output(Readout.Kind.POTENTIAL, EdgeDomain.signed(-1, 4), CALIBRATED),
                "layer 'neurons': its burst can reach 5 but the image declares 4");
        assertRefused(
                output(Readout.Kind.POTENTIAL, EdgeDomain.unsigned(5), CALIBRATED),
                "layer 'neurons': its output must be declared SIGNED");
    }

    @Test
    void shouldRefuseToTakeBackMoreThanCanBeCounted() {
        int most = Integer.MAX_VALUE / 4 + 1;
        Operation.Neuron many = CALIBRATED
                .withOutput(Output.BURST, most)
                .withThreshold(1, new int[] {1})
                .withMembraneMaximum(Long.MAX_VALUE)
                .withCalibration(new SpikeCalibration(2));
        assertRefused(
                output(Readout.Kind.POTENTIAL, EdgeDomain.signed(-1, most), many),
                "layer 'neurons': its count of spikes can overflow 32 bits within 4 time steps");
    }

    @Test
    void shouldRefuseReadoutsOfSpikesThatMayBeTakenBack() {
        for (Readout.Kind kind : List.of(Readout.Kind.COUNT, Readout.Kind.FIRST_SPIKE)) {
            assertRefused(
                    output(kind, EdgeDomain.signed(-1, 5), CALIBRATED),
                    "layer 'neurons': takes spikes back, but a readout of kind " + kind
                            + " needs spikes that stay; read POTENTIAL");
        }
        Layer late = layer("late", Shape.vector(2), EdgeDomain.signed(-1, 5), new Delay(new int[] {1}), 2);
        assertRefused(
                network(4, BITS, dense(0, 4), neuron(EdgeDomain.signed(-1, 5), CALIBRATED, 1), late),
                "layer 'late': takes spikes back, but a readout of kind COUNT needs spikes that stay");
    }

    @Test
    void shouldHoldAPotentialToItsMembrane() {
        Operation.Neuron potential = neurons(1).withOutput(Output.POTENTIAL, 1);
        long proved = 4 * 53;
        assertAccepted(output(Readout.Kind.POTENTIAL, EdgeDomain.signed((int) proved), potential));
        assertRefused(
                output(Readout.Kind.POTENTIAL, EdgeDomain.signed((int) proved - 1), potential),
                "layer 'neurons': its potential can reach 212 but the image declares 211");
        assertRefused(
                output(Readout.Kind.POTENTIAL, EdgeDomain.SPIKE, potential),
                "layer 'neurons': its output must be declared SIGNED");
    }

    @Test
    void shouldTakeTheWorstRowOfATable() {
        Operation.Drive table = new Operation.Drive(4, new int[] {1, 9, -7, 0}, new int[] {0, 0, 2, 100}, true);
        Operation.Neuron potential = neurons(1).withOutput(Output.POTENTIAL, 1).withDrives(List.of(table));
        // The dense layer reaches 10: 10 + 90 + 72 + 100, no leak.
        assertAccepted(output(Readout.Kind.POTENTIAL, EdgeDomain.signed(272), potential.withMembraneMaximum(272)));
        assertRefused(
                output(Readout.Kind.POTENTIAL, EdgeDomain.signed(272), potential.withMembraneMaximum(271)),
                "layer 'neurons': its membrane can reach 272 but the image declares 271");
    }

    @Test
    void shouldAskForAGateOfFactors() {
        Layer gate = layer(
                "gate",
                new Shape(2, 2, 1),
                EdgeDomain.unsigned(32768),
                new AttentionGate(new byte[2], 0, 1, 1, new byte[2], new byte[2], 1),
                0);
        Layer square =
                layer("square", new Shape(2, 2, 1), EdgeDomain.SPIKE, neurons(1).withGate(), 0, 1);
        assertAccepted(network(4, BITS, gate, square, dense(2, 4), neuron(3)));
        Layer ungated =
                layer("square", new Shape(2, 2, 1), EdgeDomain.SPIKE, neurons(1).withGate(), 0, 0);
        assertRefused(
                network(4, BITS, gate, ungated, dense(2, 4), neuron(3)),
                "layer 'square': its gate must give factors 0..32768 in Q0.15, but in is declared BIT 1");
        Layer nothing =
                layer("square", new Shape(2, 2, 1), EdgeDomain.SPIKE, neurons(1).withGate(), 1);
        assertRefused(
                network(4, BITS, gate, nothing, dense(2, 4), neuron(3)),
                "layer 'square': a neuron layer has an edge that drives it");
    }

    @Test
    void shouldRefuseAReadoutThatTheOutputCannotAnswer() {
        Operation.Neuron potential = neurons(1).withOutput(Output.POTENTIAL, 1);
        for (Readout.Kind kind : List.of(Readout.Kind.COUNT, Readout.Kind.FIRST_SPIKE)) {
            assertRefused(
                    output(kind, EdgeDomain.signed(1000), potential),
                    "layer 'neurons': gives potentials, but a readout of kind " + kind + " needs spikes");
        }
        assertAccepted(output(Readout.Kind.POTENTIAL, EdgeDomain.SPIKE, neurons(1)));
        assertRefused(ending(new Readout(3, 1)), "the readout wants 3 classes of 1 values, the output has 2");
        assertRefused(network(4, BITS, dense(0, 4)), "layer 'dense': the last layer must be a neuron layer");
        Layer late = layer("late", Shape.vector(2), EdgeDomain.SPIKE, new Delay(new int[] {1}), 2);
        assertAccepted(network(4, BITS, dense(0, 4), neuron(1), late));
        assertRefused(
                network(
                        4,
                        BITS,
                        dense(0, 4),
                        layer("late", Shape.vector(2), EdgeDomain.signed(10), new Delay(new int[1]), 1)),
                "layer 'late': the last layer must be a neuron layer, or delay the spikes of one");
    }

    @Test
    void shouldRefuseAnExitThatNeverComesOrCannotBeCompared() {
        Readout.Exit five = new Readout.Exit(5, 0, 1);
        assertAccepted(ending(Chains.readout(Readout.Kind.COUNT, new Readout.Exit(4, 2, 4))));
        assertRefused(
                ending(Chains.readout(Readout.Kind.COUNT, five)),
                "the readout ends after step 5 but the network runs 4 time steps");
        assertRefused(
                ending(Chains.readout(Readout.Kind.COUNT, new Readout.Exit(0, 1, 5))),
                "the readout waits for 5 steps in a row but the network runs 4 time steps");
        assertRefused(
                ending(Chains.readout(Readout.Kind.FIRST_SPIKE, new Readout.Exit(0, 1, 1))),
                "a readout of kind FIRST_SPIKE has no margin");
    }

    private static SpikingNetwork encoded(Encoder encoder, EdgeDomain domain) {
        return network(
                4,
                encoder,
                Chains.readout(Readout.Kind.COUNT, Readout.Exit.NEVER),
                input(domain),
                dense(0, 4),
                neuron(1));
    }

    @Test
    void shouldRefuseAnInputThatItsEncoderDoesNotGive() {
        Encoder poisson = new Encoder.SignedPoisson(128, 256, 7);
        for (Encoder encoder : List.of(new Encoder.Bernoulli(255, 7), new Encoder.Latency(new int[256]))) {
            assertAccepted(encoded(encoder, EdgeDomain.SPIKE));
            assertRefused(
                    encoded(encoder, EdgeDomain.unsigned(3)),
                    "layer 'in': its encoder, " + encoder.word() + ", gives BIT 1 but it is declared UNSIGNED 3");
        }
        assertAccepted(encoded(poisson, EdgeDomain.signed(1)));
        assertRefused(encoded(poisson, EdgeDomain.SPIKE), "gives SIGNED 1 but it is declared BIT 1");
        assertAccepted(encoded(new Encoder.EventFrames(Encoder.Window.COUNT, 1), EdgeDomain.unsigned(255)));
        assertAccepted(encoded(new Encoder.EventFrames(Encoder.Window.TIME, 0), EdgeDomain.unsigned(255)));
        assertRefused(encoded(Encoder.FRAMES, EdgeDomain.signed(3)), "gives bytes but it is declared SIGNED");
    }

    @Test
    void shouldRefuseAnEncoderWhoseNumbersMeanNothing() {
        assertRefused(encoded(new Encoder.Bernoulli(0, 1), EdgeDomain.SPIKE), "full scale is 1..32767, not 0");
        assertRefused(encoded(new Encoder.SignedPoisson(256, 1, 1), EdgeDomain.signed(1)), "zero is a byte, not 256");
        assertRefused(
                encoded(new Encoder.SignedPoisson(0, 65537, 1), EdgeDomain.signed(1)), "0..65536 in Q16, not 65537");
        assertRefused(
                encoded(new Encoder.Latency(new int[255]), EdgeDomain.SPIKE),
                "layer 'in': its encoder's table has 255 rows, not one for each of 256 bytes");
        int[] negative = new int[256];
        negative[9] = -1;
        assertRefused(encoded(new Encoder.Latency(negative), EdgeDomain.SPIKE), "steps are 0 or more");
        assertRefused(
                encoded(new Encoder.EventFrames(Encoder.Window.TIME, -1), EdgeDomain.SPIKE), "0 or more units, not -1");
        Encoder byCount = new Encoder.EventFrames(Encoder.Window.COUNT, 9);
        assertRefused(
                encoded(new Encoder.EventFrames(Encoder.Window.COUNT, 0), EdgeDomain.SPIKE), "1 or more events, not 0");
        assertRefused(encoded(byCount, EdgeDomain.unsigned(256)), "counts up to 255 but it is declared up to 256");
        assertRefused(
                network(
                        1025,
                        byCount,
                        Chains.readout(Readout.Kind.COUNT, Readout.Exit.NEVER),
                        input(EdgeDomain.SPIKE),
                        dense(0, 4),
                        neuron(1)),
                "makes at most 1024 frames, not 1025");
        assertRefused(
                network(
                        4,
                        byCount,
                        Chains.readout(Readout.Kind.COUNT, Readout.Exit.NEVER),
                        new Layer("in", List.of(), Shape.vector(4), EdgeDomain.SPIKE, new Operation.Input()),
                        dense(0, 4),
                        neuron(1)),
                "gives 2 polarities but it has 4 channels");
    }
}
