package io.spikelet.host.cli;

import io.spikelet.model.Layer;
import io.spikelet.model.Operation;
import io.spikelet.model.WeightKind;
import java.util.Optional;

/**
 * What the weights of one layer take in an image.
 *
 * @param kind what they may be
 * @param count how many there are
 */
record StoredWeights(WeightKind kind, long count) {

    /** Nothing for a layer without weights of its own. */
    static Optional<StoredWeights> of(Layer layer) {
        return switch (layer.operation()) {
            case Operation.Dense dense -> Optional.of(new StoredWeights(dense.kind(), dense.weights().length));
            case Operation.Conv2d conv -> Optional.of(new StoredWeights(conv.kind(), conv.weights().length));
            default -> Optional.empty();
        };
    }

    long bytes() {
        return (count * kind.bits() + Byte.SIZE - 1) / Byte.SIZE;
    }
}
