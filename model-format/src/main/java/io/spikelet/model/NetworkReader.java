package io.spikelet.model;

import com.google.protobuf.InvalidProtocolBufferException;
import io.spikelet.model.wire.Conv2d;
import io.spikelet.model.wire.Dense;
import io.spikelet.model.wire.Drive;
import io.spikelet.model.wire.Network;
import io.spikelet.model.wire.Neuron;
import io.spikelet.model.wire.SumPool2d;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntUnaryOperator;

/**
 * Messages to records, once {@link WireScan} has bounded every count. A record says which rule is broken by an
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
                layers.add(layer(layer));
            } catch (IllegalArgumentException e) {
                throw new MalformedDataException(
                        scan.layerOffset(i), "layer " + i + " '" + layer.getName() + "': " + e.getMessage(), e);
            }
        }
        try {
            return network(message, layers);
        } catch (IllegalArgumentException e) {
            throw new MalformedDataException(0, "network '" + message.getName() + "': " + e.getMessage(), e);
        }
    }

    private static SpikingNetwork network(Network message, List<Layer> layers) {
        require(!layers.isEmpty(), "layers are missing");
        require(message.hasReadout(), "readout is missing");
        require(message.hasDiscretisation(), "discretisation is missing");
        require(message.hasProvenance(), "provenance is missing");
        var provenance = message.getProvenance();
        var discretisation = message.getDiscretisation();
        return new SpikingNetwork(
                message.getName(),
                message.getTimeSteps(),
                encoder(message),
                new Readout(
                        message.getReadout().getClasses(), message.getReadout().getPopulation()),
                layers,
                new Discretisation(discretisation.getProfile(), discretisation.getDt()),
                message.hasLearning() ? Optional.of(learning(message.getLearning())) : Optional.empty(),
                message.getSecurityCounter(),
                new Provenance(
                        provenance.getSourceDigest(),
                        provenance.getCalibrationDigest(),
                        provenance.getTool(),
                        provenance.getFloatAccuracy(),
                        provenance.getIntegerAccuracy()));
    }

    private static Encoder encoder(Network message) {
        return switch (message.getEncoder()) {
            case ENCODER_DIRECT -> Encoder.DIRECT;
            case ENCODER_FRAMES -> Encoder.FRAMES;
            default -> throw unknown("encoder", message.getEncoderValue());
        };
    }

    private static LearningRule learning(io.spikelet.model.wire.LearningRule message) {
        return new LearningRule(message.getLayersList(), message.getLearningRate(), message.getLogitGain());
    }

    private static Layer layer(io.spikelet.model.wire.Layer message) {
        require(message.hasShape(), "shape is missing");
        require(message.hasOutput(), "output is missing");
        List<Inbound> inputs = new ArrayList<>(message.getInputsCount());
        for (var inbound : message.getInputsList()) {
            inputs.add(new Inbound(inbound.getSource(), inbound.getDelay()));
        }
        var shape = message.getShape();
        return new Layer(
                message.getName(),
                inputs,
                new Shape(shape.getChannels(), shape.getHeight(), shape.getWidth()),
                output(message.getOutput()),
                operation(message));
    }

    private static EdgeDomain output(io.spikelet.model.wire.EdgeDomain message) {
        EdgeDomain.Kind kind = switch (message.getKind()) {
            case EDGE_KIND_BIT -> EdgeDomain.Kind.BIT;
            case EDGE_KIND_UNSIGNED -> EdgeDomain.Kind.UNSIGNED;
            case EDGE_KIND_SIGNED -> EdgeDomain.Kind.SIGNED;
            default -> throw unknown("output kind", message.getKindValue());
        };
        return new EdgeDomain(kind, message.getMaximum());
    }

    private static Operation operation(io.spikelet.model.wire.Layer message) {
        return switch (message.getOperationCase()) {
            case INPUT -> new Operation.Input();
            case DENSE -> dense(message.getDense());
            case CONV2D -> conv(message.getConv2D());
            case SUM_POOL2D -> pool(message.getSumPool2D());
            case NEURON -> neuron(message.getNeuron());
            case OPERATION_NOT_SET -> throw new IllegalArgumentException("operation is missing");
        };
    }

    private static Operation.Dense dense(Dense message) {
        return new Operation.Dense(
                message.getOutputs(),
                message.getInputs(),
                message.getWeights().toByteArray(),
                floats(message.getScaleList()));
    }

    private static Operation.Conv2d conv(Conv2d message) {
        return new Operation.Conv2d(
                message.getOutChannels(),
                message.getInChannels(),
                message.getKernelHeight(),
                message.getKernelWidth(),
                message.getStrideY(),
                message.getStrideX(),
                message.getPaddingY(),
                message.getPaddingX(),
                message.getDilationY(),
                message.getDilationX(),
                message.getGroups(),
                message.getWeights().toByteArray(),
                floats(message.getScaleList()));
    }

    private static Pool2d pool(SumPool2d message) {
        return Pool2d.sum(
                message.getKernelHeight(),
                message.getKernelWidth(),
                message.getStrideY(),
                message.getStrideX(),
                message.getPaddingY(),
                message.getPaddingX());
    }

    private static Operation.Neuron neuron(Neuron message) {
        List<Operation.Drive> drives = new ArrayList<>(message.getDrivesCount());
        for (Drive drive : message.getDrivesList()) {
            drives.add(new Operation.Drive(
                    ints(drive.getGainCount(), drive::getGain),
                    ints(drive.getBiasCount(), drive::getBias),
                    drive.getBiasAtStart()));
        }
        return new Operation.Neuron(
                comparison(message),
                ints(message.getSynapticLeakCount(), message::getSynapticLeak),
                ints(message.getA0Count(), message::getA0),
                ints(message.getB0Count(), message::getB0),
                ints(message.getA1Count(), message::getA1),
                ints(message.getB1Count(), message::getB1),
                ints(message.getThresholdCount(), message::getThreshold),
                drives,
                floats(message.getMembraneUnitList()),
                message.getMembraneMaximum());
    }

    private static Operation.Comparison comparison(Neuron message) {
        return switch (message.getComparison()) {
            case COMPARISON_STRICTLY_ABOVE -> Operation.Comparison.STRICTLY_ABOVE;
            case COMPARISON_AT_OR_ABOVE -> Operation.Comparison.AT_OR_ABOVE;
            default -> throw unknown("comparison", message.getComparisonValue());
        };
    }

    private static int[] ints(int count, IntUnaryOperator at) {
        int[] values = new int[count];
        for (int i = 0; i < count; i++) {
            values[i] = at.applyAsInt(i);
        }
        return values;
    }

    private static float[] floats(List<Float> list) {
        float[] values = new float[list.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = list.get(i);
        }
        return values;
    }

    private static IllegalArgumentException unknown(String name, int value) {
        return new IllegalArgumentException(name + " " + value + " is unknown");
    }

    private static void require(boolean holds, String rule) {
        if (!holds) {
            throw new IllegalArgumentException(rule);
        }
    }
}
