package io.spikelet.model;

import static io.spikelet.model.Payloads.assertRefused;
import static io.spikelet.model.Payloads.with;
import static io.spikelet.model.Payloads.withLayer;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spikelet.model.wire.Encoder;
import io.spikelet.model.wire.Latency;
import io.spikelet.model.wire.Neuron;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class HostilePayloadTest {
    private final byte[] valid = NetworkCodec.encode(SampleNetworks.everything());

    @Test
    void shouldSurviveEveryTruncation() {
        int refused = 0;
        for (int length = 0; length < valid.length; length++) {
            refused += decodes(Arrays.copyOf(valid, length)) ? 0 : 1;
        }
        int atSelfTests = SampleNetworks.everything().selfTests().size();
        assertEquals(valid.length - atSelfTests, refused, "a network ends with its last required part");
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
            garbage[1] = NetworkCodec.FORMAT_VERSION;
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
    void shouldRefuseASecondOperationOrEncoder() {
        byte[] operation = {0x32, 4, 0x2A, 0, 0x52, 0};
        assertRefused(repeat(operation, 1), "layer 0: layer.vote_pool is a second operation");
        byte[] encoder = {0x22, 4, 0x0A, 0, 0x12, 0};
        assertRefused(repeat(encoder, 1), "encoder.frames is a second encoder");
    }

    @Test
    void shouldRefuseATableOfMoreRowsThanBytes() {
        Latency.Builder table = Latency.newBuilder();
        for (int i = 0; i <= 256; i++) {
            table.addStep(i);
        }
        assertRefused(
                with(message -> message.setEncoder(Encoder.newBuilder().setLatency(table))),
                "latency.step holds more than 256 numbers");
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

    private static byte[] repeat(byte[] field, int times) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(new byte[] {8, NetworkCodec.FORMAT_VERSION});
        for (int i = 0; i < times; i++) {
            bytes.writeBytes(field);
        }
        return bytes.toByteArray();
    }
}
