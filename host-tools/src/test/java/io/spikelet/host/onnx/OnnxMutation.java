package io.spikelet.host.onnx;

import io.spikelet.host.onnx.wire.AttributeProto;
import io.spikelet.host.onnx.wire.TensorProto;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;

/** Damages a file as wear does, bit by bit, or as an attacker would, field by field. */
final class OnnxMutation {
    private static final long[] SIZES = {
        0, -1, 2, 3, 255, 65536, 1L << 24, Integer.MAX_VALUE, 1L << 31, 1L << 40, Long.MAX_VALUE, Long.MIN_VALUE
    };

    private OnnxMutation() {}

    static byte[] of(byte[] whole, Random random) throws IOException {
        return switch (random.nextInt(6)) {
            case 0 -> Arrays.copyOf(whole, random.nextInt(whole.length));
            case 1 -> flipped(whole, random);
            default -> changed(whole, random);
        };
    }

    private static byte[] flipped(byte[] whole, Random random) {
        byte[] damaged = whole.clone();
        for (int k = random.nextInt(4); k >= 0; k--) {
            damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
        }
        return damaged;
    }

    private static byte[] changed(byte[] whole, Random random) throws IOException {
        ChangedModel model = ChangedModel.of(whole);
        long size = SIZES[random.nextInt(SIZES.length)];
        int tensors = model.graph.getInitializerCount();
        int nodes = model.graph.getNodeCount();
        int node = random.nextInt(nodes);
        switch (random.nextInt(7)) {
            case 0 -> model.tensor(random.nextInt(tensors), tensor -> resize(tensor, size, random));
            case 1 -> model.tensor(random.nextInt(tensors), tensor -> tensor.setDataType(random.nextInt(24)));
            case 2 ->
                model.node(node, changed -> {
                    if (changed.getAttributeCount() > 0) {
                        int place = random.nextInt(changed.getAttributeCount());
                        ChangedModel.attribute(changed, place, attribute -> change(attribute, size, random));
                    }
                });
            case 3 -> {
                int rank = model.graph
                        .getInput(0)
                        .getType()
                        .getTensorType()
                        .getShape()
                        .getDimCount();
                model.extent(random.nextInt(rank), extent -> extent.setDimValue(size));
            }
            case 4 -> {
                String kind = model.graph.getNode(random.nextInt(nodes)).getOpType();
                model.node(node, changed -> changed.setOpType(kind));
            }
            case 5 ->
                read(model, node, model.graph.getNode(random.nextInt(nodes)).getOutput(0), random);
            default ->
                read(
                        model,
                        node,
                        model.graph.getInitializer(random.nextInt(tensors)).getName(),
                        random);
        }
        return model.bytes();
    }

    private static void resize(TensorProto.Builder tensor, long size, Random random) {
        if (tensor.getDimsCount() > 0) {
            tensor.setDims(random.nextInt(tensor.getDimsCount()), size);
        } else {
            tensor.addDims(size);
        }
    }

    private static void read(ChangedModel model, int node, String tensor, Random random) {
        model.node(node, changed -> {
            if (changed.getInputCount() > 0) {
                changed.setInput(random.nextInt(changed.getInputCount()), tensor);
            }
        });
    }

    private static void change(AttributeProto.Builder attribute, long size, Random random) {
        switch (random.nextInt(4)) {
            case 0 -> attribute.setI(size);
            case 1 -> attribute.setType(random.nextInt(12));
            case 2 -> attribute.setF(Float.NaN).addInts(size);
            default -> {
                if (attribute.getIntsCount() > 0) {
                    attribute.setInts(random.nextInt(attribute.getIntsCount()), size);
                } else {
                    attribute.setI(size);
                }
            }
        }
    }
}
