package io.spikelet.model;

import io.spikelet.model.wire.Network;
import java.nio.charset.StandardCharsets;

/** A network to its message. Where a record and a message share a name, the message is written with its package. */
final class NetworkWriter {
    private NetworkWriter() {}

    static Network write(SpikingNetwork network) {
        if (network.securityCounter() < 0) {
            throw new IllegalArgumentException(
                    "securityCounter must be 0 or more: securityCounter=" + network.securityCounter());
        }
        var message = Network.newBuilder()
                .setFormatVersion(FormatVersion.of(network))
                .setName(text("name", network.name()))
                .setTimeSteps(network.timeSteps())
                .setEncoder(EncoderWire.write(network.encoder()))
                .setReadout(ReadoutWire.write(network.readout()))
                .setDiscretisation(io.spikelet.model.wire.Discretisation.newBuilder()
                        .setProfile(text("profile", network.discretisation().profile()))
                        .setDt(network.discretisation().dt()))
                .setSecurityCounter(network.securityCounter())
                .setProvenance(provenance(network.provenance()));
        network.layers().forEach(layer -> message.addLayers(LayerWire.write(layer)));
        network.learning().ifPresent(rule -> message.setLearning(LearningWire.write(rule)));
        network.selfTests().forEach(test -> message.addSelfTests(SelfTestWire.write(test)));
        return message.build();
    }

    private static io.spikelet.model.wire.Provenance provenance(Provenance provenance) {
        return io.spikelet.model.wire.Provenance.newBuilder()
                .setSourceDigest(text("sourceDigest", provenance.sourceDigest()))
                .setCalibrationDigest(text("calibrationDigest", provenance.calibrationDigest()))
                .setTool(text("tool", provenance.tool()))
                .setFloatAccuracy(provenance.floatAccuracy())
                .setIntegerAccuracy(provenance.integerAccuracy())
                .build();
    }

    /** Text that UTF-8 can hold. */
    static String text(String name, String value) {
        if (!StandardCharsets.UTF_8.newEncoder().canEncode(value)) {
            throw new IllegalArgumentException(name + " must be well-formed text");
        }
        return value;
    }
}
