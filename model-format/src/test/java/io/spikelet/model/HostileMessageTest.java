package io.spikelet.model;

import static io.spikelet.model.Payloads.assertRefused;
import static io.spikelet.model.Payloads.with;
import static io.spikelet.model.Payloads.withLayer;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import io.spikelet.model.wire.Conv2d;
import io.spikelet.model.wire.Delay;
import io.spikelet.model.wire.Dense;
import io.spikelet.model.wire.Drive;
import io.spikelet.model.wire.Encoder;
import io.spikelet.model.wire.EventFrames;
import io.spikelet.model.wire.Exit;
import io.spikelet.model.wire.Network;
import io.spikelet.model.wire.VotePool;
import io.spikelet.model.wire.WeightKind;
import org.junit.jupiter.api.Test;

/** Messages that are well formed on the wire and still say what no network may. */
class HostileMessageTest {
    @Test
    void shouldRefuseUnknownEnumValuesByName() {
        assertRefused(
                with(message -> message.setEncoder(Encoder.newBuilder()
                        .setEventFrames(EventFrames.newBuilder().setWindowValue(7)))),
                "event window 7 is unknown");
        assertRefused(
                with(message ->
                        message.setReadout(message.getReadout().toBuilder().setKindValue(9))),
                "readout kind 9 is unknown");
        assertRefused(
                withLayer(
                        3,
                        layer -> layer.setPool2D(layer.getPool2D().toBuilder().setKindValue(0))),
                "layer 3 'pool': pool kind 0 is unknown");
        assertRefused(
                withLayer(
                        4, layer -> layer.setDense(layer.getDense().toBuilder().setKindValue(6))),
                "layer 4 'dense': weight kind 6 is unknown");
        assertRefused(
                withLayer(6, layer -> layer.setJoin(layer.getJoin().toBuilder().setKindValue(4))),
                "layer 6 'join': join kind 4 is unknown");
        assertRefused(
                withLayer(
                        2,
                        layer -> layer.setNeuron(layer.getNeuron().toBuilder().setOutputValue(0))),
                "layer 2 'neurons': neuron output 0 is unknown");
        assertRefused(
                withLayer(
                        0,
                        layer -> layer.setOutput(layer.getOutput().toBuilder().setKindValue(0))),
                "layer 0 'in': output kind 0 is unknown");
        assertRefused(
                withLayer(
                        2,
                        layer -> layer.setNeuron(layer.getNeuron().toBuilder().setComparisonValue(3))),
                "layer 2 'neurons': comparison 3 is unknown");
        assertRefused(
                withLayer(
                        13,
                        layer -> layer.setNeuron(layer.getNeuron().toBuilder()
                                .setCalibration(layer.getNeuron().getCalibration().toBuilder()
                                        .setRuleValue(0)))),
                "layer 13 'calibrated': calibration rule 0 is unknown");
    }

    @Test
    void shouldNameTheLayerAndTheRule() {
        assertRefused(
                withLayer(
                        4, layer -> layer.setDense(layer.getDense().toBuilder().addScale(1))),
                "layer 4 'dense': scale must have one value a row");
        assertRefused(
                withLayer(
                        1, layer -> layer.setShape(layer.getShape().toBuilder().setChannels(1 << 30))),
                "layer 1 'conv': shape must hold 1..4194304 values");
        assertRefused(
                withLayer(3, io.spikelet.model.wire.Layer.Builder::clearShape), "layer 3 'pool': shape is missing");
        assertRefused(
                withLayer(3, io.spikelet.model.wire.Layer.Builder::clearOperation),
                "layer 3 'pool': operation is missing");
        assertRefused(with(message -> message.setTimeSteps(0)), "timeSteps must be 1..4096");
        assertRefused(with(Network.Builder::clearProvenance), "provenance is missing");
    }

    @Test
    void shouldNameNoLayerForWhatStandsOutsideOfThem() {
        MalformedDataException refused = assertThrows(
                MalformedDataException.class,
                () -> NetworkCodec.decode(with(message -> message.setProvenance(
                        message.getProvenance().toBuilder().setTool("x".repeat(257))))));
        assertTrue(refused.getMessage().startsWith("provenance.tool has 257 bytes"), refused.getMessage());
    }

    @Test
    void shouldRefuseWhatTheRecordsForbid() {
        assertRefused(
                withLayer(5, layer -> layer.setVotePool(VotePool.getDefaultInstance())),
                "layer 5 'vote': voters must be 1 or more");
        assertRefused(
                withLayer(
                        7,
                        layer -> layer.setCurrentAdd(
                                layer.getCurrentAdd().toBuilder().setShift(32))),
                "layer 7 'stream': a shift is 0..31");
        assertRefused(
                withLayer(
                        7,
                        layer -> layer.setCurrentAdd(
                                layer.getCurrentAdd().toBuilder().addDrives(Drive.getDefaultInstance()))),
                "layer 7 'stream': a drive's tables have rows");
        assertRefused(
                withLayer(8, layer -> layer.setDelay(Delay.newBuilder().addSteps(-1))),
                "layer 8: delay.steps is out of range: 4294967295");
        assertRefused(
                withLayer(
                        9,
                        layer -> layer.setAttentionGate(
                                layer.getAttentionGate().toBuilder().setHidden(3))),
                "layer 9 'gate': squeeze and excite must be hidden x channels");
        assertRefused(
                withLayer(
                        9,
                        layer -> layer.setAttentionGate(layer.getAttentionGate().toBuilder()
                                .setExcite(ByteString.copyFrom(new byte[] {0, 0, 0, 0, 0, -128})))),
                "layer 9 'gate': a weight of kind INT8 cannot be -128");
        for (int finer : new int[] {47, -1}) {
            assertRefused(
                    withLayer(
                            9,
                            layer -> layer.setAttentionGate(
                                    layer.getAttentionGate().toBuilder().setChannelFinerBits(finer))),
                    finer < 0
                            ? "layer 9: attention_gate.channel_finer_bits is out of range"
                            : "layer 9 'gate': a gate's steps have 16..62");
        }
        assertRefused(
                withLayer(
                        10,
                        layer -> layer.setFirstSpike(
                                layer.getFirstSpike().toBuilder().setWindow(256))),
                "layer 10 'first': a window has 1..255 steps");
        assertRefused(
                withLayer(
                        11,
                        layer -> layer.setNeuron(layer.getNeuron().toBuilder().setBurst(0))),
                "layer 11 'burst': burst is 1 but under BURST");
        for (int allowance : new int[] {0, 4097}) {
            assertRefused(
                    withLayer(
                            13,
                            layer -> layer.setNeuron(layer.getNeuron().toBuilder()
                                    .setCalibration(layer.getNeuron().getCalibration().toBuilder()
                                            .setAllowance(allowance)))),
                    "layer 13 'calibrated': a calibration allows 1..4096 steps, not " + allowance);
        }
        assertRefused(
                withLayer(
                        13,
                        layer -> layer.setNeuron(layer.getNeuron().toBuilder()
                                .setOutput(io.spikelet.model.wire.NeuronOutput.NEURON_OUTPUT_SPIKE)
                                .setBurst(1))),
                "layer 13 'calibrated': only bursts are calibrated");
        for (int belowZero : new int[] {39, 40}) {
            assertRefused(
                    withLayer(
                            13,
                            layer -> layer.setOutput(
                                    layer.getOutput().toBuilder().setBelowZero(belowZero))),
                    "layer 13 'calibrated': only a signed output says how far below 0 it goes, and less far than its"
                            + " maximum: below_zero=" + belowZero);
        }
        assertRefused(
                withLayer(
                        0,
                        layer -> layer.setOutput(layer.getOutput().toBuilder().setBelowZero(1))),
                "layer 0 'in': only a signed output says how far below 0 it goes");
    }

    @Test
    void shouldRefuseANetworkWithoutItsEnds() {
        assertRefused(
                with(message ->
                        message.setReadout(message.getReadout().toBuilder().clearExit())),
                "exit is missing");
        assertRefused(
                with(message ->
                        message.setReadout(message.getReadout().toBuilder().setExit(Exit.getDefaultInstance()))),
                "patience >= 1");
        assertRefused(with(Network.Builder::clearReadout), "readout is missing");
        assertRefused(with(Network.Builder::clearEncoder), "encoder is missing");
        assertRefused(with(message -> message.setEncoder(Encoder.getDefaultInstance())), "encoder is missing");
    }

    @Test
    void shouldNotAllocateWeightsThatItsBytesDoNotHold() {
        for (WeightKind kind : new WeightKind[] {WeightKind.WEIGHT_KIND_BINARY, WeightKind.WEIGHT_KIND_LOG2}) {
            Dense huge = Dense.newBuilder()
                    .setOutputs(1 << 16)
                    .setInputs(1 << 16)
                    .setKind(kind)
                    .setWeights(ByteString.copyFrom(new byte[3]))
                    .build();
            assertRefused(
                    withLayer(4, layer -> layer.setDense(huge)),
                    "layer 4 'dense': its numbers ask for other weights than the 3 bytes of kind");
        }
    }

    @Test
    void shouldNotBeFooledByAWeightCountThatWrapsRound() {
        Conv2d huge = Conv2d.newBuilder()
                .setOutChannels(4)
                .setInChannels(1 << 30)
                .setGroups(1)
                .setKernelHeight(1 << 16)
                .setKernelWidth(1 << 16)
                .setStrideY(1)
                .setStrideX(1)
                .setDilationY(1)
                .setDilationX(1)
                .setKind(WeightKind.WEIGHT_KIND_INT8)
                .setWeights(ByteString.EMPTY)
                .addScale(1)
                .addScale(1)
                .addScale(1)
                .addScale(1)
                .build();
        assertRefused(
                withLayer(1, layer -> layer.setConv2D(huge)),
                "layer 1 'conv': its numbers ask for other weights than the 0 bytes of kind INT8 hold");
    }
}
