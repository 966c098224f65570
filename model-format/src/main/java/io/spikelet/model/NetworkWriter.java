package io.spikelet.model;

import com.google.protobuf.ByteString;
import io.spikelet.model.wire.Comparison;
import io.spikelet.model.wire.Conv2d;
import io.spikelet.model.wire.Dense;
import io.spikelet.model.wire.Drive;
import io.spikelet.model.wire.EdgeKind;
import io.spikelet.model.wire.Input;
import io.spikelet.model.wire.Network;
import io.spikelet.model.wire.Neuron;
import io.spikelet.model.wire.SumPool2d;
import java.nio.charset.StandardCharsets;
import java.util.function.IntConsumer;

/** Records to messages. Where a record and a message share a name, the message is written with its package. */
final class NetworkWriter {
    private NetworkWriter() {}

    static Network write(SpikingNetwork network) {
        if (network.securityCounter() < 0) {
            throw new IllegalArgumentException(
                    "securityCounter must be 0 or more: securityCounter=" + network.securityCounter());
        }
        var message = Network.newBuilder()
                .setFormatVersion(NetworkCodec.FORMAT_VERSION)
                .setName(text("name", network.name()))
                .setTimeSteps(network.timeSteps())
                .setEncoder(encoder(network.encoder()))
                .setReadout(io.spikelet.model.wire.Readout.newBuilder()
                        .setClasses(network.readout().classes())
                        .setPopulation(network.readout().population()))
                .setDiscretisation(io.spikelet.model.wire.Discretisation.newBuilder()
                        .setProfile(text("profile", network.discretisation().profile()))
                        .setDt(network.discretisation().dt()))
                .setSecurityCounter(network.securityCounter())
                .setProvenance(provenance(network.provenance()));
        network.layers().forEach(layer -> message.addLayers(layer(layer)));
        network.learning().ifPresent(rule -> message.setLearning(learning(rule)));
        return message.build();
    }

    private static io.spikelet.model.wire.Encoder encoder(Encoder encoder) {
        return switch (encoder) {
            case Encoder.Direct _ -> io.spikelet.model.wire.Encoder.ENCODER_DIRECT;
            case Encoder.Frames _ -> io.spikelet.model.wire.Encoder.ENCODER_FRAMES;
            default -> throw new IllegalArgumentException("no message for " + encoder);
        };
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

    private static io.spikelet.model.wire.LearningRule learning(LearningRule rule) {
        return io.spikelet.model.wire.LearningRule.newBuilder()
                .addAllLayers(rule.layers())
                .setLearningRate(rule.learningRate())
                .setLogitGain(rule.logitGain())
                .build();
    }

    private static io.spikelet.model.wire.Layer layer(Layer layer) {
        var message = io.spikelet.model.wire.Layer.newBuilder()
                .setName(text("name", layer.name()))
                .setShape(io.spikelet.model.wire.Shape.newBuilder()
                        .setChannels(layer.shape().channels())
                        .setHeight(layer.shape().height())
                        .setWidth(layer.shape().width()))
                .setOutput(io.spikelet.model.wire.EdgeDomain.newBuilder()
                        .setKind(kind(layer.output().kind()))
                        .setMaximum(layer.output().maximum()));
        for (Inbound inbound : layer.inputs()) {
            message.addInputs(io.spikelet.model.wire.Inbound.newBuilder()
                    .setSource(inbound.source())
                    .setDelay(inbound.delay()));
        }
        switch (layer.operation()) {
            case Operation.Input _ -> message.setInput(Input.getDefaultInstance());
            case Operation.Dense dense -> message.setDense(dense(dense));
            case Operation.Conv2d conv -> message.setConv2D(conv(conv));
            case Pool2d pool -> message.setSumPool2D(pool(pool));
            case Operation.Neuron neuron -> message.setNeuron(neuron(neuron));
            default -> throw new IllegalArgumentException("no message for " + layer.operation());
        }
        return message.build();
    }

    private static EdgeKind kind(EdgeDomain.Kind kind) {
        return switch (kind) {
            case BIT -> EdgeKind.EDGE_KIND_BIT;
            case UNSIGNED -> EdgeKind.EDGE_KIND_UNSIGNED;
            case SIGNED -> EdgeKind.EDGE_KIND_SIGNED;
            case TIME -> throw new IllegalArgumentException("no message for a time");
        };
    }

    private static Dense dense(Operation.Dense dense) {
        var message = Dense.newBuilder()
                .setOutputs(dense.outputs())
                .setInputs(dense.inputs())
                .setWeights(ByteString.copyFrom(dense.weights()));
        for (float scale : dense.scale()) {
            message.addScale(scale);
        }
        return message.build();
    }

    private static Conv2d conv(Operation.Conv2d conv) {
        var message = Conv2d.newBuilder()
                .setOutChannels(conv.outChannels())
                .setInChannels(conv.inChannels())
                .setKernelHeight(conv.kernelHeight())
                .setKernelWidth(conv.kernelWidth())
                .setStrideY(conv.strideY())
                .setStrideX(conv.strideX())
                .setPaddingY(conv.paddingY())
                .setPaddingX(conv.paddingX())
                .setDilationY(conv.dilationY())
                .setDilationX(conv.dilationX())
                .setGroups(conv.groups())
                .setWeights(ByteString.copyFrom(conv.weights()));
        for (float scale : conv.scale()) {
            message.addScale(scale);
        }
        return message.build();
    }

    private static SumPool2d pool(Pool2d pool) {
        return SumPool2d.newBuilder()
                .setKernelHeight(pool.kernelHeight())
                .setKernelWidth(pool.kernelWidth())
                .setStrideY(pool.strideY())
                .setStrideX(pool.strideX())
                .setPaddingY(pool.paddingY())
                .setPaddingX(pool.paddingX())
                .build();
    }

    private static Neuron neuron(Operation.Neuron neuron) {
        if (neuron.membraneMaximum() < 0) {
            throw new IllegalArgumentException(
                    "membraneMaximum must be 0 or more: membraneMaximum=" + neuron.membraneMaximum());
        }
        var message = Neuron.newBuilder()
                .setComparison(comparison(neuron.comparison()))
                .setMembraneMaximum(neuron.membraneMaximum());
        each(neuron.synapticLeak(), message::addSynapticLeak);
        each(neuron.a0(), message::addA0);
        each(neuron.b0(), message::addB0);
        each(neuron.a1(), message::addA1);
        each(neuron.b1(), message::addB1);
        each(neuron.threshold(), message::addThreshold);
        for (Operation.Drive drive : neuron.drives()) {
            var driveMessage = Drive.newBuilder().setBiasAtStart(drive.biasAtStart());
            each(drive.gain(), driveMessage::addGain);
            each(drive.bias(), driveMessage::addBias);
            message.addDrives(driveMessage);
        }
        for (float unit : neuron.membraneUnit()) {
            message.addMembraneUnit(unit);
        }
        return message.build();
    }

    private static Comparison comparison(Operation.Comparison comparison) {
        return switch (comparison) {
            case STRICTLY_ABOVE -> Comparison.COMPARISON_STRICTLY_ABOVE;
            case AT_OR_ABOVE -> Comparison.COMPARISON_AT_OR_ABOVE;
        };
    }

    private static void each(int[] values, IntConsumer add) {
        for (int value : values) {
            add.accept(value);
        }
    }

    private static String text(String name, String value) {
        if (!StandardCharsets.UTF_8.newEncoder().canEncode(value)) {
            throw new IllegalArgumentException(name + " must be well-formed text");
        }
        return value;
    }
}
