package io.spikelet.model;

import com.google.protobuf.InvalidProtocolBufferException;
import io.spikelet.model.wire.Network;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A message to its network, once {@link WireScan} has bounded every count. A record says which rule is broken by an
 * {@link IllegalArgumentException}; here it learns of which layer.
 */
final class NetworkReader {
    private final byte[] payload;
    private final WireScan scan;

    NetworkReader(byte[] payload, WireScan scan) {
        this.payload = payload;
        this.scan = scan;
    }

    SpikingNetwork read() throws MalformedDataException {
        Network message;
        try {
            message = Network.parseFrom(payload);
        } catch (InvalidProtocolBufferException e) {
            throw new MalformedDataException(0, "the payload is not a network: " + e.getMessage(), e);
        }
        List<Layer> layers = new ArrayList<>(message.getLayersCount());
        for (int i = 0; i < message.getLayersCount(); i++) {
            var layer = message.getLayers(i);
            try {
                Layer read = LayerWire.read(layer);
                requireVersion(message, FormatVersion.of(read));
                layers.add(read);
            } catch (IllegalArgumentException e) {
                throw new MalformedDataException(
                        scan.layerOffset(i), "layer " + i + " '" + layer.getName() + "': " + e.getMessage(), e);
            }
        }
        try {
            SpikingNetwork network = network(message, layers);
            network.learning().ifPresent(rule -> requireVersion(message, FormatVersion.of(rule)));
            if (!network.selfTests().isEmpty()) {
                requireVersion(message, FormatVersion.SELF_TEST);
            }
            return network;
        } catch (IllegalArgumentException e) {
            throw new MalformedDataException(0, "network '" + message.getName() + "': " + e.getMessage(), e);
        }
    }

    private static SpikingNetwork network(Network message, List<Layer> layers) {
        Requirement.that(!layers.isEmpty(), "layers are missing");
        Requirement.that(message.hasEncoder(), "encoder is missing");
        Requirement.that(message.hasReadout(), "readout is missing");
        Requirement.that(message.hasDiscretisation(), "discretisation is missing");
        Requirement.that(message.hasProvenance(), "provenance is missing");
        var provenance = message.getProvenance();
        var discretisation = message.getDiscretisation();
        return new SpikingNetwork(
                message.getName(),
                message.getTimeSteps(),
                EncoderWire.read(message.getEncoder()),
                ReadoutWire.read(message.getReadout()),
                layers,
                new Discretisation(discretisation.getProfile(), discretisation.getDt()),
                message.hasLearning() ? Optional.of(LearningWire.read(message.getLearning())) : Optional.empty(),
                message.getSecurityCounter(),
                new Provenance(
                        provenance.getSourceDigest(),
                        provenance.getCalibrationDigest(),
                        provenance.getTool(),
                        provenance.getFloatAccuracy(),
                        provenance.getIntegerAccuracy()),
                message.getSelfTestsList().stream().map(SelfTestWire::read).toList());
    }

    private static void requireVersion(Network message, FormatVersion needed) {
        Requirement.that(
                message.getFormatVersion() >= needed.version(), needed.what() + " needs version " + needed.version());
    }
}
