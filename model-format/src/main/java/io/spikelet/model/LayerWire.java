package io.spikelet.model;

import io.spikelet.model.wire.EdgeKind;
import io.spikelet.model.wire.Input;
import java.util.ArrayList;
import java.util.List;

/** Layers as messages: their edges, shape and declared output; what they compute is for their family to say. */
final class LayerWire {
    private LayerWire() {}

    static io.spikelet.model.wire.Layer write(Layer layer) {
        var message = io.spikelet.model.wire.Layer.newBuilder()
                .setName(NetworkWriter.text("name", layer.name()))
                .setShape(io.spikelet.model.wire.Shape.newBuilder()
                        .setChannels(layer.shape().channels())
                        .setHeight(layer.shape().height())
                        .setWidth(layer.shape().width()))
                .setOutput(write(layer.output()));
        for (Inbound inbound : layer.inputs()) {
            message.addInputs(io.spikelet.model.wire.Inbound.newBuilder()
                    .setSource(inbound.source())
                    .setDelay(inbound.delay()));
        }
        switch (layer.operation()) {
            case Operation.Input _ -> message.setInput(Input.getDefaultInstance());
            case Operation.Dense dense -> message.setDense(LinearWire.write(dense));
            case Operation.Conv2d conv -> message.setConv2D(LinearWire.write(conv));
            case Pool2d pool -> message.setPool2D(PoolWire.write(pool));
            case Operation.Neuron neuron -> message.setNeuron(NeuronWire.write(neuron));
            case VotePool pool -> message.setVotePool(PoolWire.write(pool));
            case Join join -> message.setJoin(JoinWire.write(join));
            case CurrentAdd stream -> message.setCurrentAdd(JoinWire.write(stream));
            case Delay delay -> message.setDelay(JoinWire.write(delay));
            case AttentionGate gate -> message.setAttentionGate(JoinWire.write(gate));
            case FirstSpike neuron -> message.setFirstSpike(NeuronWire.write(neuron));
        }
        return message.build();
    }

    private static io.spikelet.model.wire.EdgeDomain write(EdgeDomain domain) {
        return io.spikelet.model.wire.EdgeDomain.newBuilder()
                .setKind(kind(domain.kind()))
                .setMaximum(domain.maximum())
                .setBelowZero(domain.isLopsided() ? -domain.minimum() : 0)
                .build();
    }

    private static EdgeKind kind(EdgeDomain.Kind kind) {
        return switch (kind) {
            case BIT -> EdgeKind.EDGE_KIND_BIT;
            case UNSIGNED -> EdgeKind.EDGE_KIND_UNSIGNED;
            case SIGNED -> EdgeKind.EDGE_KIND_SIGNED;
            case TIME -> EdgeKind.EDGE_KIND_TIME;
        };
    }

    static Layer read(io.spikelet.model.wire.Layer message) {
        Requirement.that(message.hasShape(), "shape is missing");
        Requirement.that(message.hasOutput(), "output is missing");
        List<Inbound> inputs = new ArrayList<>(message.getInputsCount());
        for (var inbound : message.getInputsList()) {
            inputs.add(new Inbound(inbound.getSource(), inbound.getDelay()));
        }
        var shape = message.getShape();
        return new Layer(
                message.getName(),
                inputs,
                new Shape(shape.getChannels(), shape.getHeight(), shape.getWidth()),
                domain(message.getOutput()),
                operation(message));
    }

    private static EdgeDomain domain(io.spikelet.model.wire.EdgeDomain message) {
        int belowZero = message.getBelowZero();
        EdgeDomain whole = new EdgeDomain(kind(message), message.getMaximum());
        if (belowZero == 0) {
            return whole;
        }
        Requirement.that(
                whole.kind() == EdgeDomain.Kind.SIGNED && belowZero < whole.maximum(),
                "only a signed output says how far below 0 it goes, and less far than its maximum: below_zero="
                        + belowZero);
        return EdgeDomain.signed(-belowZero, whole.maximum());
    }

    private static EdgeDomain.Kind kind(io.spikelet.model.wire.EdgeDomain message) {
        return switch (message.getKind()) {
            case EDGE_KIND_BIT -> EdgeDomain.Kind.BIT;
            case EDGE_KIND_UNSIGNED -> EdgeDomain.Kind.UNSIGNED;
            case EDGE_KIND_SIGNED -> EdgeDomain.Kind.SIGNED;
            case EDGE_KIND_TIME -> EdgeDomain.Kind.TIME;
            default -> throw WireValues.unknown("output kind", message.getKindValue());
        };
    }

    private static Operation operation(io.spikelet.model.wire.Layer message) {
        return switch (message.getOperationCase()) {
            case INPUT -> new Operation.Input();
            case DENSE -> LinearWire.read(message.getDense());
            case CONV2D -> LinearWire.read(message.getConv2D());
            case POOL2D -> PoolWire.read(message.getPool2D());
            case NEURON -> NeuronWire.read(message.getNeuron());
            case VOTE_POOL -> PoolWire.read(message.getVotePool());
            case JOIN -> JoinWire.read(message.getJoin());
            case CURRENT_ADD -> JoinWire.read(message.getCurrentAdd());
            case DELAY -> JoinWire.read(message.getDelay());
            case ATTENTION_GATE -> JoinWire.read(message.getAttentionGate());
            case FIRST_SPIKE -> NeuronWire.read(message.getFirstSpike());
            case OPERATION_NOT_SET -> throw new IllegalArgumentException("operation is missing");
        };
    }
}
