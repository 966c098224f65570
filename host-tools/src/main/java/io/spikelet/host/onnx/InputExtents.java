package io.spikelet.host.onnx;

import io.spikelet.host.graph.ImportException;
import io.spikelet.host.onnx.wire.TensorShapeProto;
import io.spikelet.host.onnx.wire.ValueInfoProto;
import io.spikelet.model.Shape;

/**
 * What a file says of its input's extents.
 *
 * @param values batch first, which is 1
 * @param hasOpenBatch whether the file leaves the batch open
 */
record InputExtents(int[] values, boolean hasOpenBatch) {

    /** @throws ImportException when extents are missing, open but for the batch, or a batch of several */
    static InputExtents of(String file, ValueInfoProto input) throws ImportException {
        String named = file + ": input '" + input.getName() + "' ";
        TensorShapeProto shape = input.getType().getTensorType().getShape();
        int rank = shape.getDimCount();
        if (rank < 2 || rank > 4) {
            throw new ImportException(named + "has " + rank
                    + " dimensions; export it as [batch, n], [batch, channels, length] or"
                    + " [batch, channels, height, width]");
        }
        int[] values = new int[rank];
        long size = 1;
        for (int d = 0; d < rank; d++) {
            TensorShapeProto.Dimension dimension = shape.getDim(d);
            long extent = d == 0 && !dimension.hasDimValue() ? 1 : dimension.getDimValue();
            if (extent < 1) {
                throw new ImportException(named + "leaves its dimension " + d
                        + " open; only the batch may be, so export it with a fixed size");
            }
            if (d == 0 && extent != 1) {
                throw new ImportException(
                        named + "is a batch of " + extent + " samples; export it with a batch of 1, or open");
            }
            size = extent > Shape.MAX_SIZE ? Long.MAX_VALUE : size * extent;
            if (size > Shape.MAX_SIZE) {
                throw new ImportException(named + "has more values than the " + Shape.MAX_SIZE + " of a layer");
            }
            values[d] = (int) extent;
        }
        return new InputExtents(values, !shape.getDim(0).hasDimValue());
    }
}
