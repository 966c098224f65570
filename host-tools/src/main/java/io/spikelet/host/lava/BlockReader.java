package io.spikelet.host.lava;

import io.jhdf.api.Group;
import io.spikelet.host.graph.ImportException;
import io.spikelet.host.hdf5.NodeFields;
import io.spikelet.model.Shape;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;

/** Turns one {@code /layer/i} into a {@link LavaBlock}; what would change the result and is not known is refused. */
final class BlockReader {
    private static final Set<String> PLAIN = Set.of("type", "shape");
    private static final Set<String> DENSE =
            Set.of("type", "shape", "neuron", "inFeatures", "outFeatures", "weight", "bias", "delay");
    private static final Set<String> POOL =
            Set.of("type", "shape", "neuron", "kernelSize", "stride", "padding", "dilation", "weight", "delay");
    private static final Set<String> CONV = Set.of(
            "type",
            "shape",
            "neuron",
            "inChannels",
            "outChannels",
            "kernelSize",
            "stride",
            "padding",
            "dilation",
            "groups",
            "weight",
            "bias",
            "delay");

    private final String file;
    private final String place;
    private final Group group;
    private final NodeFields fields;
    private final boolean isLast;
    private final String type;
    private final Shape shape;

    BlockReader(String file, String place, NodeFields fields, Group group, boolean isLast) throws ImportException {
        this.file = file;
        this.place = place;
        this.group = group;
        this.isLast = isLast;
        this.fields = fields;
        type = fields.string("type");
        shape = shape();
    }

    /** The spikes that a network takes which begins with this block. */
    Shape networkInput() throws ImportException {
        return switch (type) {
            case "input" -> shape;
            case "dense" -> vector(SynapseReader.dense(fields, shape.size()).inputs());
            case "conv" -> SynapseReader.conv(fields).sourceOf(shape, fields);
            case "pool" -> SynapseReader.pool(fields).sourceOf(shape, fields);
            default ->
                throw fields.fault("type", "is '" + type + "', which cannot be the first block; begin with input");
        };
    }

    LavaBlock read(Shape from, boolean isFirst) throws ImportException {
        return switch (type) {
            case "input" -> input(isFirst);
            case "flatten" -> {
                requireKnown(fields, group, PLAIN);
                requireShape(vector(from.size()), from);
                yield new LavaBlock.Flatten(place, vector(from.size()));
            }
            case "average" -> average(from);
            case "dense" -> {
                requireKnown(fields, group, DENSE);
                LavaSynapse.Dense dense = SynapseReader.dense(fields, shape.size());
                if (from.area() != 1 || dense.inputs() != from.size()) {
                    throw fields.fault(
                            "weight",
                            "takes " + dense.inputs() + " inputs but " + from + " reaches it"
                                    + (from.area() == 1 ? "" : "; put a flatten block before it"));
                }
                yield weighted(dense, vector(dense.outputs()), from);
            }
            case "conv" -> {
                requireKnown(fields, group, CONV);
                SynapseReader.Window window = SynapseReader.conv(fields);
                yield weighted(window.synapse(), window.targetOf(from, fields), from);
            }
            case "pool" -> {
                requireKnown(fields, group, POOL);
                SynapseReader.Window window = SynapseReader.pool(fields);
                yield weighted(window.synapse(), window.targetOf(from, fields), from);
            }
            default ->
                throw fields.fault(
                        "type",
                        "is '" + type + "', which is not supported; build the network from input, dense, conv, pool,"
                                + " flatten and average");
        };
    }

    private LavaBlock input(boolean isFirst) throws ImportException {
        if (!isFirst) {
            throw fields.fault("type", "is 'input' behind other blocks; only the first may be");
        }
        if (fields.has("neuron") || fields.has("weight") || fields.has("bias")) {
            throw fields.fault(
                    fields.has("neuron") ? "neuron" : "weight",
                    "makes spikes of real values, which the board does not; run that block where the data are, give"
                            + " spikes, and export the network without it");
        }
        requireKnown(fields, group, PLAIN);
        return new LavaBlock.Input(place, shape);
    }

    private LavaBlock average(Shape from) throws ImportException {
        requireKnown(fields, group, PLAIN);
        if (!isLast) {
            throw fields.fault("type", "is 'average' before other blocks; only the last may be");
        }
        if (shape.area() != 1 || from.area() != 1 || from.size() % shape.size() != 0) {
            throw fields.fault("shape", "says " + shape + ", over which " + from + " does not spread evenly");
        }
        return new LavaBlock.Average(place, shape);
    }

    private LavaBlock weighted(LavaSynapse synapse, Shape gives, Shape from) throws ImportException {
        requireShape(gives, from);
        NodeFields neuron = fields.at(place + "/neuron", fields.group("neuron"));
        int[] bias = fields.has("bias")
                ? NeuronReader.parameter(fields, "bias", gives, CubaNeuron.MIN_BIAS, CubaNeuron.MAX_BIAS)
                : new int[1];
        return new LavaBlock.Weighted(
                place,
                gives,
                synapse,
                NeuronReader.read(neuron, fields.group("neuron"), gives, bias),
                NeuronReader.delay(fields, gives));
    }

    /** Channels first; one extent is a vector. */
    private Shape shape() throws ImportException {
        int[] extents = fields.integers("shape", 3);
        long size = 1;
        for (int extent : extents) {
            size = extent < 1 ? Long.MAX_VALUE : Math.min(Long.MAX_VALUE / Shape.MAX_SIZE, size * extent);
        }
        if (extents.length == 2 || size > Shape.MAX_SIZE) {
            throw fields.fault(
                    "shape",
                    "is " + Arrays.toString(extents) + "; give [n] or [channels, height, width], 1 to " + Shape.MAX_SIZE
                            + " values");
        }
        return extents.length == 1 ? vector(extents[0]) : new Shape(extents[0], extents[1], extents[2]);
    }

    private void requireShape(Shape gives, Shape from) throws ImportException {
        if (!shape.equals(gives)) {
            throw fields.fault("shape", "says " + shape + " but the block makes " + gives + " of " + from);
        }
    }

    /** Refuses fields whose meaning is not known: any of them could change the spikes. */
    static void requireKnown(NodeFields fields, Group group, Set<String> known) throws ImportException {
        for (String name : new TreeSet<>(group.getChildren().keySet())) {
            if (!known.contains(name)) {
                throw fields.fault(
                        name,
                        "is not known, and it could change the spikes; known are "
                                + String.join(", ", new TreeSet<>(known)));
            }
        }
    }

    private static Shape vector(int length) {
        return Shape.vector(length);
    }
}
