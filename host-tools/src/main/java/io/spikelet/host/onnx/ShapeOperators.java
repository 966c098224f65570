package io.spikelet.host.onnx;

import io.spikelet.host.graph.ImportException;
import io.spikelet.host.graph.Node;
import io.spikelet.model.Shape;
import java.util.Arrays;
import java.util.stream.IntStream;

/** Operators that move values or name them anew. */
final class ShapeOperators {
    private ShapeOperators() {}

    static Activation flatten(OnnxNode node, Translation translation) throws ImportException {
        Activation read = translation.activation(node, 0);
        long given = node.integer("axis", 1);
        int axis = axis(node, "axis", given < 0 ? given + read.rank() : given, read.rank() + 1);
        int before = product(read.extents(), 0, axis);
        return reshaped(node, translation, read, before, read.shape().size() / before);
    }

    static Activation reshape(OnnxNode node, Translation translation) throws ImportException {
        Activation read = translation.activation(node, 0);
        long[] wanted = node.has("shape")
                ? node.integers("shape")
                : translation.constant(node, 1).integers();
        boolean keepsZeros = node.integer("allowzero", 0) != 0;
        if (wanted.length == 0 || wanted.length > 8) {
            throw node.fault("shape", "has " + wanted.length + " dimensions; 1 to 8 are supported");
        }
        int[] extents = new int[wanted.length];
        int open = -1;
        long known = 1;
        for (int d = 0; d < extents.length; d++) {
            long extent = wanted[d] == 0 && !keepsZeros && d < read.rank() ? read.extents()[d] : wanted[d];
            if (extent == -1 && open < 0) {
                open = d;
                continue;
            }
            if (extent < 1 || extent > read.shape().size()) {
                throw misfit(node, read, wanted);
            }
            known *= extent;
            if (known > read.shape().size()) {
                throw misfit(node, read, wanted);
            }
            extents[d] = (int) extent;
        }
        if (open >= 0) {
            extents[open] = (int) (read.shape().size() / known);
            known *= extents[open];
        }
        if (known != read.shape().size()) {
            throw misfit(node, read, wanted);
        }
        return reshaped(node, translation, read, extents);
    }

    private static ImportException misfit(OnnxNode node, Activation read, long[] wanted) {
        return node.fault(
                "shape",
                "is " + Arrays.toString(wanted) + " but " + read.text()
                        + " reaches it; the file is damaged, or was exported with a batch of several");
    }

    /** The same values under other extents of the same size: ones come and go, or all becomes one vector. */
    private static Activation reshaped(OnnxNode node, Translation translation, Activation read, int... extents)
            throws ImportException {
        int[] before = IntStream.of(read.extents()).filter(extent -> extent > 1).toArray();
        int[] after = IntStream.of(extents).filter(extent -> extent > 1).toArray();
        if (Arrays.equals(before, after) && extents.length > 2) {
            int[] axes = read.longAxes();
            int[] laid = new int[extents.length];
            int next = 0;
            for (int d = 0; d < laid.length; d++) {
                laid[d] = extents[d] > 1 ? axes[next++] : Activation.NONE;
            }
            return read.laidOut(extents, laid);
        }
        if (after.length <= 1) {
            Activation flat = flat(node, translation, read);
            int[] laid = IntStream.of(extents)
                    .map(extent -> extent > 1 ? Activation.CHANNEL : Activation.NONE)
                    .toArray();
            return flat.laidOut(extents, laid);
        }
        if (translation.draft().isUnreadInput(read.sources())
                && read.isInGraphOrder()
                && extents[0] == 1
                && extents.length <= 4) {
            return translation.place(node.outputs().getFirst(), read.sources().getFirst(), extents);
        }
        throw node.fault(
                "shape",
                "turns " + read.text() + " into " + Arrays.toString(extents)
                        + "; a Reshape may flatten, or add and drop dimensions of 1");
    }

    /** All values as one vector, which remembers the order that the file has them in. */
    static Activation flat(OnnxNode node, Translation translation, Activation read) throws ImportException {
        int[] order = read.graphIndices();
        Activation vector = read;
        if (read.shape().area() > 1) {
            vector = translation.layer(
                    node,
                    new Node.Flatten(0, -1),
                    read,
                    Shape.vector(read.shape().size()),
                    2,
                    read.range());
        }
        return new Activation(
                vector.sources(),
                vector.extents(),
                vector.axes(),
                vector.shape(),
                order,
                vector.zeros(),
                vector.range(),
                vector.isScore());
    }

    static Activation transpose(OnnxNode node, Translation translation) throws ImportException {
        Activation read = translation.padded(node, 0);
        int[] order = order(node, read.rank());
        return read.laidOut(
                IntStream.of(order).map(d -> read.extents()[d]).toArray(),
                IntStream.of(order).map(d -> read.axes()[d]).toArray());
    }

    /** Which dimension becomes the first, the second and so on; the other way round where a Transpose does not say. */
    static int[] order(OnnxNode node, int rank) throws ImportException {
        if (!node.has("perm")) {
            return IntStream.range(0, rank).map(d -> rank - 1 - d).toArray();
        }
        long[] given = node.integers("perm");
        long[] sorted = given.clone();
        Arrays.sort(sorted);
        if (!Arrays.equals(sorted, IntStream.range(0, rank).asLongStream().toArray())) {
            throw node.fault(
                    "perm", "is " + Arrays.toString(given) + "; it must name each of the " + rank + " dimensions once");
        }
        return Arrays.stream(given).mapToInt(d -> (int) d).toArray();
    }

    static Activation squeeze(OnnxNode node, Translation translation) throws ImportException {
        Activation read = translation.activation(node, 0);
        boolean named = node.has("axes") || node.hasInput(1);
        boolean[] dropped = axes(node, translation, read.rank());
        int[] extents = new int[read.rank()];
        int[] axes = new int[read.rank()];
        int kept = 0;
        for (int d = 0; d < dropped.length; d++) {
            boolean drops = named ? dropped[d] : read.extents()[d] == 1;
            if (drops && read.extents()[d] != 1) {
                throw node.fault("axes", "names dimension " + d + " of " + read.text() + ", which is not 1");
            }
            if (!drops) {
                extents[kept] = read.extents()[d];
                axes[kept++] = read.axes()[d];
            }
        }
        if (kept == 0) {
            return read;
        }
        return read.laidOut(Arrays.copyOf(extents, kept), Arrays.copyOf(axes, kept));
    }

    static Activation unsqueeze(OnnxNode node, Translation translation) throws ImportException {
        Activation read = translation.activation(node, 0);
        long[] given = node.has("axes")
                ? node.integers("axes")
                : translation.constant(node, 1).integers();
        int rank = read.rank() + given.length;
        if (rank > 8) {
            throw node.fault("axes", "are too many; at most 8 dimensions are supported");
        }
        boolean[] added = marked(node, given, rank);
        int[] extents = new int[rank];
        int[] axes = new int[rank];
        int next = 0;
        for (int d = 0; d < rank; d++) {
            if (!added[d] && next == read.rank()) {
                throw node.fault("axes", "names a dimension twice");
            }
            extents[d] = added[d] ? 1 : read.extents()[next];
            axes[d] = added[d] ? Activation.NONE : read.axes()[next++];
        }
        return read.laidOut(extents, axes);
    }

    static Activation pad(OnnxNode node, Translation translation) throws ImportException {
        Activation read = translation.padded(node, 0);
        String mode = node.text("mode", "constant");
        float value = node.has("value") ? node.real("value", 0) : node.hasInput(2) ? translation.number(node, 2) : 0;
        if (!mode.equals("constant") || value != 0) {
            throw node.fault(
                    "mode",
                    "is '" + mode + "' with the value " + value
                            + "; only zeros are padded, since they are merged into the Conv or pool behind");
        }
        long[] pads = node.has("pads")
                ? node.integers("pads")
                : translation.constant(node, 1).integers();
        int[] axes = IntStream.range(0, read.rank()).toArray();
        if (node.hasInput(3)) {
            boolean[] named = marked(node, translation.constant(node, 3).integers(), read.rank());
            axes = IntStream.range(0, read.rank()).filter(d -> named[d]).toArray();
        }
        if (pads.length != 2 * axes.length) {
            throw node.fault("pads", "has " + pads.length + " values; it needs " + 2 * axes.length);
        }
        int[] zeros = read.zeros().clone();
        for (int k = 0; k < axes.length; k++) {
            int axis = read.axes()[axes[k]];
            for (int end = 0; end < 2; end++) {
                long count = pads[k + end * axes.length];
                if (count == 0) {
                    continue;
                }
                if (count < 0 || count > 1 << 16 || axis != Activation.HEIGHT && axis != Activation.WIDTH) {
                    throw node.fault(
                            "pads",
                            "is " + Arrays.toString(pads) + " around " + read.text()
                                    + "; zeros may be added around height and width only");
                }
                zeros[2 * (axis - Activation.HEIGHT) + end] += (int) count;
            }
        }
        return read.withZeros(zeros);
    }

    /** Which dimensions an {@code axes} attribute or second input names; all where there is neither. */
    static boolean[] axes(OnnxNode node, Translation translation, int rank) throws ImportException {
        if (node.has("axes")) {
            return marked(node, node.integers("axes"), rank);
        }
        if (!node.hasInput(1)) {
            boolean[] all = new boolean[rank];
            Arrays.fill(all, true);
            return all;
        }
        return marked(node, translation.constant(node, 1).integers(), rank);
    }

    private static boolean[] marked(OnnxNode node, long[] given, int rank) throws ImportException {
        boolean[] marked = new boolean[rank];
        for (long axis : given) {
            marked[axis(node, "axes", axis, rank)] = true;
        }
        return marked;
    }

    /** A dimension; negative ones count from the end. */
    static int axis(OnnxNode node, String field, long axis, int count) throws ImportException {
        if (axis < -count || axis >= count) {
            throw node.fault(field, "is " + axis + "; it must be " + -count + " to " + (count - 1));
        }
        return (int) (axis < 0 ? axis + count : axis);
    }

    private static int product(int[] extents, int from, int to) {
        int product = 1;
        for (int d = from; d < to; d++) {
            product *= extents[d];
        }
        return product;
    }
}
