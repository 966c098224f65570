package io.spikelet.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.spikelet.model.wire.Conv2d;
import io.spikelet.model.wire.Network;
import io.spikelet.model.wire.Neuron;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class HostilePayloadTest {
    private final byte[] valid = NetworkCodec.encode(SampleNetworks.everything());

    @Test
    void shouldSurviveEveryTruncation() {
        int refused = 0;
        for (int length = 0; length < valid.length; length++) {
            refused += decodes(Arrays.copyOf(valid, length)) ? 0 : 1;
        }
        assertEquals(valid.length, refused, "a network ends with its last required part");
    }

    @Test
    void shouldSurviveEveryByteFlipped() {
        for (int i = 0; i < valid.length; i++) {
            for (int bits : new int[] {0x01, 0x80, 0xFF}) {
                byte[] flipped = valid.clone();
                flipped[i] ^= (byte) bits;
                decodes(flipped);
            }
        }
    }

    @Test
    void shouldSurviveGarbage() {
        Random random = new Random(7);
        for (int i = 0; i < 20_000; i++) {
            byte[] garbage = new byte[random.nextInt(200) + 2];
            random.nextBytes(garbage);
            garbage[0] = 8;
            garbage[1] = 1;
            decodes(garbage);
        }
    }

    @Test
    void shouldSurviveGarbageInsideOfANetwork() {
        Random random = new Random(8);
        for (int i = 0; i < 20_000; i++) {
            byte[] changed = valid.clone();
            for (int n = random.nextInt(8); n >= 0; n--) {
                changed[2 + random.nextInt(changed.length - 2)] = (byte) random.nextInt();
            }
            decodes(changed);
        }
    }

    @Test
    void shouldRefuseAPayloadThatIsTooLong() {
        assertRefused(new byte[NetworkCodec.MAX_PAYLOAD + 1], "at most 16777216 bytes");
    }

    @Test
    void shouldRefuseMoreLayersThanAllowedBeforeMakingThem() {
        assertRefused(repeat(new byte[] {0x32, 0}, 4_000_000), "network.layers comes more than 1024 times");
    }

    @Test
    void shouldRefuseMoreEdgesThanAllowedBeforeMakingThem() {
        byte[] inputs = new byte[2 * 65];
        for (int i = 0; i < inputs.length; i += 2) {
            inputs[i] = 0x12;
        }
        ByteArrayOutputStream layer = new ByteArrayOutputStream();
        layer.writeBytes(new byte[] {0x32, (byte) (0x80 | inputs.length & 0x7F), (byte) (inputs.length >> 7)});
        layer.writeBytes(inputs);
        assertRefused(repeat(layer.toByteArray(), 1), "layer 0: layer.inputs comes more than 64 times");
    }

    @Test
    void shouldRefuseMoreParametersThanAllowedBeforeMakingThem() {
        byte[] payload = withLayer(2, layer -> {
            Neuron.Builder neuron = layer.getNeuron().toBuilder();
            for (int i = 0; i <= NetworkCodec.MAX_PARAMETERS; i++) {
                neuron.addA0(0);
            }
            layer.setNeuron(neuron);
        });
        assertRefused(payload, "at most 4194304 neuron parameters");
    }

    @Test
    void shouldRefuseALengthPastTheEnd() {
        assertRefused(
                repeat(new byte[] {0x12, (byte) 0xFF, (byte) 0xFF, (byte) 0xFF, (byte) 0xFF, 7}, 1),
                "network.name claims 2147483647 bytes, 0 are left");
    }

    @Test
    void shouldRefuseAnUnknownField() {
        assertRefused(repeat(new byte[] {0x78, 1}, 1), "network has no field 15");
    }

    @Test
    void shouldRefuseAFieldThatComesTwice() {
        assertRefused(repeat(new byte[] {0x18, 1}, 2), "network.time_steps comes twice or out of order");
    }

    @Test
    void shouldRefuseUnknownEnumValuesByName() {
        assertRefused(with(message -> message.setEncoderValue(7)), "encoder 7 is unknown");
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
                .setWeights(ByteString.EMPTY)
                .addScale(1)
                .addScale(1)
                .addScale(1)
                .addScale(1)
                .build();
        assertRefused(
                withLayer(1, layer -> layer.setConv2D(huge)),
                "layer 1 'conv': weights must be outChannels x inChannels/groups x kernel");
    }

    /** Whether it decodes; fails on any exception but the one a reader may throw. */
    private static boolean decodes(byte[] payload) {
        try {
            NetworkCodec.decode(payload);
            return true;
        } catch (MalformedDataException e) {
            assertTrue(e.offset() >= 0 && e.offset() <= payload.length, e.getMessage());
            return false;
        }
    }

    private static void assertRefused(byte[] payload, String reason) {
        MalformedDataException refused = assertThrows(MalformedDataException.class, () -> NetworkCodec.decode(payload));
        assertTrue(refused.getMessage().contains(reason), refused.getMessage());
    }

    private byte[] with(Consumer<Network.Builder> change) {
        try {
            Network.Builder message = Network.parseFrom(valid).toBuilder();
            change.accept(message);
            return message.build().toByteArray();
        } catch (InvalidProtocolBufferException e) {
            throw new AssertionError(e);
        }
    }

    private byte[] withLayer(int index, Consumer<io.spikelet.model.wire.Layer.Builder> change) {
        return with(message -> {
            var layer = message.getLayers(index).toBuilder();
            change.accept(layer);
            message.setLayers(index, layer);
        });
    }

    private static byte[] repeat(byte[] field, int times) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(new byte[] {8, 1});
        for (int i = 0; i < times; i++) {
            bytes.writeBytes(field);
        }
        return bytes.toByteArray();
    }
}
