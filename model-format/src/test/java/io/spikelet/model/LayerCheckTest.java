package io.spikelet.model;

import static io.spikelet.model.Chains.dense;
import static io.spikelet.model.Chains.input;
import static io.spikelet.model.Chains.layer;
import static io.spikelet.model.Chains.network;
import static io.spikelet.model.Refusals.assertAccepted;
import static io.spikelet.model.Refusals.assertRefused;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What pools, joins, streams, delays and gates ask of their edges and of their declared output. */
class LayerCheckTest {
    private static final Shape SQUARE = new Shape(2, 2, 1);
    private static final Layer BITS = input(EdgeDomain.SPIKE);
    private static final Layer COUNTS =
            layer("counts", SQUARE, EdgeDomain.unsigned(4), new Join(Join.Kind.ADD), 0, 0, 0, 0);
    private static final Layer SIGNED =
            layer("signed", SQUARE, EdgeDomain.signed(4), new CurrentAdd(0, List.of(drive(4, 0))), 0);

    private static Operation.Drive drive(int gain, int bias) {
        return new Operation.Drive(new int[] {gain}, new int[] {bias}, true);
    }

    /** Bits, a source, the layer in question, and the way to an output. */
    private static SpikingNetwork behind(Layer source, Layer layer) {
        return network(4, BITS, source, layer, dense(2, layer.shape().size()), Chains.neuron(3));
    }

    private static SpikingNetwork pooled(Pool2d.Kind kind, Layer source, EdgeDomain declared) {
        return behind(source, layer("pool", new Shape(2, 1, 1), declared, new Pool2d(kind, 2, 1, 2, 1, 0, 0), 1));
    }

    @Test
    void shouldHoldEachKindOfPoolToWhatItCanReach() {
        assertAccepted(pooled(Pool2d.Kind.SUM, COUNTS, EdgeDomain.unsigned(8)));
        assertRefused(
                pooled(Pool2d.Kind.SUM, COUNTS, EdgeDomain.unsigned(7)),
                "layer 'pool': its accumulator can reach 8 but the image declares 7");
        for (Pool2d.Kind kind : List.of(Pool2d.Kind.AVERAGE, Pool2d.Kind.MAX, Pool2d.Kind.MIN, Pool2d.Kind.LOSS_FREE)) {
            assertAccepted(pooled(kind, COUNTS, EdgeDomain.unsigned(4)));
            assertAccepted(pooled(kind, SIGNED, EdgeDomain.signed(4)));
            assertRefused(
                    pooled(kind, COUNTS, EdgeDomain.unsigned(3)),
                    "layer 'pool': its accumulator can reach 4 but the image declares 3");
            assertRefused(
                    pooled(kind, SIGNED, EdgeDomain.unsigned(4)),
                    "layer 'pool': its accumulator can be negative but the image declares UNSIGNED");
        }
    }

    @Test
    void shouldKeepAMaximumOfBitsABit() {
        Layer bits = layer("bits", SQUARE, EdgeDomain.SPIKE, new Delay(new int[] {0}), 0);
        assertAccepted(pooled(Pool2d.Kind.MAX, bits, EdgeDomain.SPIKE));
        assertAccepted(pooled(Pool2d.Kind.LOSS_FREE, bits, EdgeDomain.SPIKE));
        assertRefused(
                pooled(Pool2d.Kind.SUM, bits, EdgeDomain.SPIKE),
                "layer 'pool': its accumulator can reach 2 but the image declares 1");
    }

    @Test
    void shouldRefuseALossFreePoolOfAccumulatorsOrOfCountsThatOverflow() {
        Layer dense = dense(0, 4);
        Layer pool = layer(
                "pool", Shape.vector(2), EdgeDomain.signed(10), new Pool2d(Pool2d.Kind.LOSS_FREE, 1, 1, 1, 1, 0, 0), 1);
        assertRefused(network(4, BITS, dense, pool, Chains.neuron(2)), "layer 'pool': reads dense, which gives");
        Layer large =
                layer("large", SQUARE, EdgeDomain.signed(1 << 30), new CurrentAdd(0, List.of(drive(1 << 30, 0))), 0);
        assertRefused(
                pooled(Pool2d.Kind.LOSS_FREE, large, EdgeDomain.signed(1 << 30)),
                "layer 'pool': its counts can overflow 32 bits within 4 time steps");
        assertRefused(
                pooled(Pool2d.Kind.AVERAGE, large, EdgeDomain.signed(1 << 30)),
                "layer 'pool': the sum of its window can overflow 32 bits");
    }

    private static final EdgeDomain TAKEN_BACK = EdgeDomain.signed(-1, 4);
    private static final Layer CALIBRATED = layer(
            "calibrated",
            SQUARE,
            TAKEN_BACK,
            Chains.neurons(1).withOutput(Operation.Neuron.Output.BURST, 4).withCalibration(new SpikeCalibration(1)),
            0);

    @Test
    void shouldTakeSpikesThatMayBeTakenBackWhereTheyAddUp() {
        assertAccepted(pooled(Pool2d.Kind.LOSS_FREE, CALIBRATED, TAKEN_BACK));
        assertAccepted(pooled(Pool2d.Kind.AVERAGE, CALIBRATED, TAKEN_BACK));
        assertAccepted(pooled(Pool2d.Kind.SUM, CALIBRATED, EdgeDomain.signed(-2, 8)));
        assertAccepted(behind(CALIBRATED, layer("delay", SQUARE, TAKEN_BACK, new Delay(new int[] {1}), 1)));
        assertAccepted(
                behind(CALIBRATED, layer("join", SQUARE, EdgeDomain.signed(-2, 8), new Join(Join.Kind.ADD), 1, 1)));
        assertAccepted(
                behind(CALIBRATED, layer("vote", Shape.vector(2), EdgeDomain.signed(-2, 8), new VotePool(2), 1)));
        assertRefused(
                pooled(Pool2d.Kind.SUM, CALIBRATED, EdgeDomain.signed(-1, 8)),
                "layer 'pool': its accumulator can reach -2 but the image declares SIGNED -1..8");
        assertRefused(
                pooled(Pool2d.Kind.LOSS_FREE, CALIBRATED, EdgeDomain.unsigned(4)),
                "layer 'pool': its accumulator can be negative but the image declares UNSIGNED");
    }

    @Test
    void shouldRefuseReadersThatCannotTakeNegativeSpikes() {
        for (Pool2d.Kind kind : List.of(Pool2d.Kind.MAX, Pool2d.Kind.MIN)) {
            assertRefused(
                    pooled(kind, CALIBRATED, TAKEN_BACK),
                    "layer 'pool': reads calibrated, whose neurons take spikes back; a pool of kind " + kind
                            + " looks at single steps, so take one of kind LOSS_FREE");
            Layer delay = layer("delay", SQUARE, TAKEN_BACK, new Delay(new int[] {1}), 1);
            Layer pool = layer("pool", new Shape(2, 1, 1), TAKEN_BACK, new Pool2d(kind, 2, 1, 2, 1, 0, 0), 2);
            assertRefused(
                    network(4, BITS, CALIBRATED, delay, pool, dense(3, 2), Chains.neuron(4)),
                    "layer 'pool': reads delay, whose neurons take spikes back");
        }
        for (Join.Kind kind : List.of(Join.Kind.AND, Join.Kind.AND_NOT)) {
            assertRefused(
                    behind(CALIBRATED, layer("join", SQUARE, EdgeDomain.SPIKE, new Join(kind), 0, 1)),
                    "layer 'join': reads calibrated, which does not give single spikes");
        }
        AttentionGate gate = new AttentionGate(new byte[2], 0, 1, 1, new byte[2], new byte[2], 1);
        assertRefused(
                behind(CALIBRATED, layer("gate", SQUARE, EdgeDomain.unsigned(32768), gate, 1)),
                "layer 'gate': reads calibrated, which does not give single spikes");
        assertRefused(
                behind(
                        CALIBRATED,
                        layer(
                                "gated",
                                SQUARE,
                                EdgeDomain.SPIKE,
                                Chains.neurons(1).withGate(),
                                0,
                                1)),
                "layer 'gated': its gate must give factors 0..32768 in Q0.15");
    }

    @Test
    void shouldRefuseAWindowWhoseSizeWrapsRound() {
        Pool2d huge = new Pool2d(Pool2d.Kind.SUM, 1 << 16, 1 << 16, 1 << 20, 1 << 20, (1 << 16) - 1, (1 << 16) - 1);
        assertRefused(
                behind(COUNTS, layer("pool", new Shape(2, 1, 1), EdgeDomain.unsigned(9), huge, 1)),
                "layer 'pool': its window holds more than 4194304 values");
    }

    @Test
    void shouldHoldAVoteToItsVoters() {
        assertAccepted(behind(COUNTS, layer("vote", Shape.vector(2), EdgeDomain.unsigned(8), new VotePool(2), 1)));
        assertRefused(
                behind(COUNTS, layer("vote", Shape.vector(2), EdgeDomain.unsigned(7), new VotePool(2), 1)),
                "layer 'vote': its votes can reach 8 but the image declares 7");
        assertRefused(
                behind(COUNTS, layer("vote", Shape.vector(1), EdgeDomain.unsigned(99), new VotePool(3), 1)),
                "layer 'vote': its 3 voters do not divide the 4 values of its source");
    }

    @Test
    void shouldHoldAJoinToTheSumOfItsSources() {
        Layer five = layer("join", SQUARE, EdgeDomain.unsigned(5), new Join(Join.Kind.ADD), 0, 1);
        assertAccepted(behind(COUNTS, five));
        assertRefused(
                behind(COUNTS, layer("join", SQUARE, EdgeDomain.unsigned(4), new Join(Join.Kind.ADD), 0, 1)),
                "layer 'join': its sum can reach 5 but the image declares 4");
        assertRefused(behind(SIGNED, five), "layer 'join': its sum can be negative but the image declares UNSIGNED");
        assertRefused(
                behind(COUNTS, layer("join", SQUARE, EdgeDomain.unsigned(4), new Join(Join.Kind.ADD), 1)),
                "layer 'join': is a join of kind ADD of 1 sources");
        assertRefused(
                behind(COUNTS, layer("join", Shape.vector(4), EdgeDomain.unsigned(5), new Join(Join.Kind.ADD), 0, 1)),
                "layer 'join': joins in of shape 2x2x1 to its 4");
    }

    @Test
    void shouldJoinOnlyBitsByAnd() {
        for (Join.Kind kind : List.of(Join.Kind.AND, Join.Kind.AND_NOT)) {
            Layer bits = layer("bits", SQUARE, EdgeDomain.SPIKE, new Delay(new int[] {1}), 0);
            assertAccepted(behind(bits, layer("join", SQUARE, EdgeDomain.SPIKE, new Join(kind), 0, 1)));
            assertRefused(
                    behind(COUNTS, layer("join", SQUARE, EdgeDomain.SPIKE, new Join(kind), 0, 1)),
                    "layer 'join': reads counts, which does not give single spikes");
        }
        assertRefused(
                behind(COUNTS, layer("join", SQUARE, EdgeDomain.SPIKE, new Join(Join.Kind.AND_NOT), 0, 0, 0)),
                "layer 'join': is a join of kind AND_NOT of 3 sources");
    }

    private static Layer stream(EdgeDomain declared, int shift, Operation.Drive... drives) {
        return layer("stream", SQUARE, declared, new CurrentAdd(shift, List.of(drives)), 0, 1);
    }

    @Test
    void shouldHoldAStreamToItsRoundedSum() {
        // (3 * 1 + 5 * 4 + 2 * 1) / 2 = 12.5, rounded to 13 at most.
        assertAccepted(behind(COUNTS, stream(EdgeDomain.signed(13), 1, drive(3, 1), drive(-5, 1))));
        assertRefused(
                behind(COUNTS, stream(EdgeDomain.signed(12), 1, drive(3, 1), drive(-5, 1))),
                "layer 'stream': its current can reach 13 but the image declares 12");
        assertRefused(
                behind(COUNTS, stream(EdgeDomain.unsigned(13), 1, drive(3, 1), drive(5, 1))),
                "layer 'stream': its output must be declared SIGNED");
        assertRefused(
                behind(COUNTS, stream(EdgeDomain.signed(13), 1, drive(3, 1))),
                "layer 'stream': has 1 drives for 2 edges");
        Operation.Drive table = new Operation.Drive(3, new int[3], new int[3], true);
        assertRefused(
                behind(COUNTS, stream(EdgeDomain.signed(13), 1, table, table)),
                "layer 'stream': its gain table has 3 rows but the network runs 4 time steps");
    }

    @Test
    void shouldRefuseAStreamWhoseSumOrCurrentOverflows() {
        Layer large = layer(
                "large",
                SQUARE,
                EdgeDomain.signed(Integer.MAX_VALUE),
                new CurrentAdd(0, List.of(drive(Integer.MAX_VALUE, 0))),
                0);
        int most = Integer.MAX_VALUE;
        assertRefused(
                behind(
                        large,
                        layer(
                                "stream",
                                SQUARE,
                                EdgeDomain.signed(most),
                                new CurrentAdd(31, List.of(drive(most, 0), drive(most, 0))),
                                1,
                                1)),
                "layer 'stream': its sum can overflow 62 bits");
        assertRefused(
                behind(large, stream(EdgeDomain.signed(most), 0, drive(1, 0), drive(1, 0))),
                "layer 'stream': its current can overflow 32 bits");
    }

    @Test
    void shouldHoldADelayToItsRangeAndItsSource() {
        Delay most = new Delay(new int[] {0, Delay.MAX_STEPS});
        assertAccepted(behind(COUNTS, layer("delay", SQUARE, EdgeDomain.unsigned(4), most, 1)));
        assertRefused(
                behind(COUNTS, layer("delay", SQUARE, EdgeDomain.unsigned(3), most, 1)),
                "layer 'delay': its value can reach 4 but the image declares 3");
        for (int steps : new int[] {-1, Delay.MAX_STEPS + 1}) {
            assertRefused(
                    behind(COUNTS, layer("delay", SQUARE, EdgeDomain.unsigned(4), new Delay(new int[] {steps}), 1)),
                    "layer 'delay': a delay is 0..1024 steps, not " + steps);
        }
        assertRefused(
                behind(COUNTS, layer("delay", SQUARE, EdgeDomain.unsigned(4), new Delay(new int[3]), 1)),
                "layer 'delay': steps holds 3 values");
    }

    private static AttentionGate gate(int bias, int channels) {
        return new AttentionGate(new byte[channels], bias, 1, 1, new byte[channels], new byte[channels], 1);
    }

    @Test
    void shouldHoldAGateToBitsFactorsAndSumsOf32Bits() {
        Layer bits = layer("bits", SQUARE, EdgeDomain.SPIKE, new Delay(new int[] {1}), 0);
        EdgeDomain factors = EdgeDomain.unsigned(32768);
        assertAccepted(behind(bits, layer("gate", SQUARE, factors, gate(5, 2), 1)));
        assertRefused(
                behind(bits, layer("gate", SQUARE, EdgeDomain.unsigned(32767), gate(5, 2), 1)),
                "layer 'gate': its output must be declared UNSIGNED 32768");
        assertRefused(
                behind(COUNTS, layer("gate", SQUARE, factors, gate(5, 2), 1)),
                "layer 'gate': reads counts, which does not give single spikes");
        assertRefused(
                behind(bits, layer("gate", SQUARE, factors, gate(5, 3), 1)),
                "layer 'gate': weighs 3 channels but its source has 2");
        assertRefused(
                behind(bits, layer("gate", SQUARE, factors, gate(Integer.MIN_VALUE, 2), 1)),
                "layer 'gate': its sums can overflow 32 bits");
    }

    @Test
    void shouldHoldWhatAGateMultipliesTo62Bits() {
        Layer bits = layer("bits", SQUARE, EdgeDomain.SPIKE, new Delay(new int[] {1}), 0);
        EdgeDomain factors = EdgeDomain.unsigned(32768);
        byte[] strongest = {127, 127};
        int hidden = 1 << 16;
        byte[] many = new byte[2 * hidden];
        Arrays.fill(many, (byte) 127);
        // Each hidden unit reaches 127 * 4, each channel 127 * that * 65536, almost 2^32: a step of 2^30 takes it below
        // 2^62.
        for (int step : new int[] {1 << 30, -(1 << 30)}) {
            AttentionGate gate = new AttentionGate(strongest, 0, 1, 16, hidden, many, many, step, 62);
            assertAccepted(behind(bits, layer("gate", SQUARE, factors, gate, 1)));
        }
        for (int step : new int[] {Integer.MAX_VALUE, Integer.MIN_VALUE}) {
            AttentionGate beyond = new AttentionGate(strongest, 0, 1, 16, hidden, many, many, step, 62);
            assertRefused(
                    behind(bits, layer("gate", SQUARE, factors, beyond, 1)),
                    "layer 'gate': its sums times their steps can overflow 62 bits");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {15, 63, -1})
    void shouldRefuseAStepOfNoFractionalBitsThatTheEngineHas(int shift) {
        byte[] weights = new byte[2];
        for (int k = 0; k < 2; k++) {
            int ofSpatial = k == 0 ? shift : 16;
            int ofChannel = k == 1 ? shift : 16;
            assertThrows(
                    IllegalArgumentException.class,
                    () -> new AttentionGate(weights, 0, 1, ofSpatial, 1, weights, weights, 1, ofChannel));
        }
    }
}
