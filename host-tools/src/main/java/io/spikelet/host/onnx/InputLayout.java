package io.spikelet.host.onnx;

import io.spikelet.host.graph.ImportException;
import io.spikelet.host.onnx.Activation.ValueRange;
import io.spikelet.model.Shape;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Finds out where the channels of an input stand. ONNX has them first; an exporter of networks that have them last
 * (tf2onnx) writes a Transpose behind the input.
 */
final class InputLayout {
    private static final Set<String> VALUE_BY_VALUE = Set.of(
            "Identity", "Dropout", "Cast", "Pad", "QuantizeLinear", "DequantizeLinear", "Add", "Sub", "Mul", "Div");
    private static final long[] LAST_TO_FIRST = {0, 3, 1, 2};
    private static final long[] LINES_LAST_TO_FIRST = {0, 2, 1};

    private InputLayout() {}

    /**
     * Whether a Transpose to channels first is the first thing that happens to a tensor but for what acts value by value.
     *
     * @param readers the nodes that read a tensor, by its name
     */
    static boolean isChannelsLast(Map<String, List<OnnxNode>> readers, String tensor, int rank) {
        Deque<String> open = new ArrayDeque<>(List.of(tensor));
        Set<String> seen = new HashSet<>(open);
        while (!open.isEmpty()) {
            String name = open.remove();
            for (OnnxNode node : readers.getOrDefault(name, List.of())) {
                if (node.kind().equals("Transpose") && leadsToChannelsFirst(node, rank)) {
                    return true;
                }
                if (VALUE_BY_VALUE.contains(node.kind())) {
                    node.outputs().stream().filter(seen::add).forEach(open::add);
                }
            }
        }
        return false;
    }

    private static boolean leadsToChannelsFirst(OnnxNode node, int rank) {
        try {
            long[] order = node.has("perm") ? node.integers("perm") : new long[0];
            return rank == 4 && Arrays.equals(order, LAST_TO_FIRST)
                    || rank == 3 && Arrays.equals(order, LINES_LAST_TO_FIRST);
        } catch (ImportException saidWhenTranslated) {
            return false;
        }
    }

    /** The input's activation; its extents are as the file has them, its shape has the channels first. */
    static Activation read(String node, int[] extents, boolean isChannelsLast) {
        int rank = extents.length;
        if (rank < 2) {
            return Activation.of(node, Shape.vector(extents[0]), 2, ValueRange.ANY);
        }
        int channels = isChannelsLast ? extents[rank - 1] : extents[1];
        int first = isChannelsLast ? 1 : 2;
        Shape shape = switch (rank) {
            case 2 -> Shape.vector(extents[1]);
            case 3 -> new Shape(channels, 1, extents[first]);
            default -> new Shape(channels, extents[first], extents[first + 1]);
        };
        Activation plain = Activation.of(node, shape, rank, ValueRange.ANY);
        if (!isChannelsLast) {
            return plain;
        }
        int[] axes = rank == 3
                ? new int[] {Activation.NONE, Activation.WIDTH, Activation.CHANNEL}
                : new int[] {Activation.NONE, Activation.HEIGHT, Activation.WIDTH, Activation.CHANNEL};
        return plain.laidOut(extents, axes);
    }

    /** What the graph's Input node says. */
    static int[] declared(Shape shape, int rank) {
        return switch (rank) {
            case 1, 2 -> new int[] {shape.channels()};
            case 3 -> new int[] {shape.channels(), shape.width()};
            default -> new int[] {shape.channels(), shape.height(), shape.width()};
        };
    }
}
