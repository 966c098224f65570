package io.spikelet.model;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.InvalidProtocolBufferException;
import io.spikelet.model.wire.Network;
import java.util.function.Consumer;

/** Payloads of a sound network, changed in one place. */
final class Payloads {
    private Payloads() {}

    static void assertRefused(byte[] payload, String reason) {
        MalformedDataException refused = assertThrows(MalformedDataException.class, () -> NetworkCodec.decode(payload));
        assertTrue(refused.getMessage().contains(reason), refused.getMessage());
    }

    static byte[] with(Consumer<Network.Builder> change) {
        try {
            Network.Builder message = Network.parseFrom(NetworkCodec.encode(SampleNetworks.everything())).toBuilder();
            change.accept(message);
            return message.build().toByteArray();
        } catch (InvalidProtocolBufferException e) {
            throw new AssertionError(e);
        }
    }

    static byte[] withLayer(int index, Consumer<io.spikelet.model.wire.Layer.Builder> change) {
        return with(message -> {
            var layer = message.getLayers(index).toBuilder();
            change.accept(layer);
            message.setLayers(index, layer);
        });
    }
}
