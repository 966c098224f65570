package io.spikelet.engine.gather;

import io.spikelet.model.Operation;
import io.spikelet.model.Shape;

/**
 * What of the vector family is made for a stage. Apart from {@link Family}, so that a JVM without the vector API meets
 * none of these classes, which it could neither check nor keep in a cache.
 */
final class VectorFamily {
    private VectorFamily() {}

    static Tiles tiles(WeightRows rows, int[] threshold, Source source) {
        if (!source.isValued()) {
            if (rows.fuses()) {
                return new FusedVectorTiles(rows, threshold);
            }
            return RollingVectorTiles.serve(rows)
                    ? new RollingVectorTiles(rows, threshold, source)
                    : new VectorTiles(rows, threshold);
        }
        if (RollingNibbleTiles.serve(rows, source)) {
            return new RollingNibbleTiles(rows, threshold);
        }
        return Nibbles.serve(rows, source)
                ? new NibbleVectorTiles(rows, threshold)
                : new ValueVectorTiles(rows, threshold);
    }

    static Lister lister() {
        return new VectorLister();
    }

    static Packer packer() {
        return new VectorPacker();
    }

    static Membranes membranes(Operation.Neuron neuron, Shape shape, int stride) {
        return new VectorMembranes(neuron, shape, stride);
    }
}
