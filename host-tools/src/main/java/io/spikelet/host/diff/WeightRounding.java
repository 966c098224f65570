package io.spikelet.host.diff;

import io.spikelet.host.graph.Tensor;
import io.spikelet.model.WeightKind;
import java.util.Locale;

/**
 * The weights of a node beside those of the layer that was made of it.
 *
 * @param weight (rows, ...) real
 * @param codes as many, of the kind
 * @param scale (rows) the real value of one LSB
 */
record WeightRounding(String name, Tensor weight, WeightKind kind, byte[] codes, float[] scale) {
    /**
     * Rounding moves weights by less than one LSB in the root mean square, also where each is chosen by what the others of
     * its row do.
     */
    private static final double ROUNDING = 1;

    /** And no single one by more than this share of the kind's range. */
    private static final double FARTHEST = 1 / 8.0;

    private static final double FARTHEST_AT_LEAST = 4;

    void compare(Comparison.Gathering found) {
        if (weight.size() != codes.length || codes.length % scale.length != 0) {
            found.compare(name, "number of weights", weight.size(), codes.length);
            return;
        }
        int row = codes.length / scale.length;
        Moved moved =
                Moved.of(codes.length, i -> weight.values()[i], i -> kind.value(codes[i]) * (double) scale[i / row]);
        String word = kind.name().toLowerCase(Locale.ROOT);
        if (isRounding(row)) {
            found.explained(name, "weights in " + word, moved);
        } else {
            found.moved(name, "weights in " + word + ", more than rounding", moved);
        }
    }

    private boolean isRounding(int row) {
        double squares = 0;
        double farthest = 0;
        for (int i = 0; i < codes.length; i++) {
            double off = off(weight.values()[i] / scale[i / row], kind.value(codes[i]));
            squares += off * off;
            farthest = Math.max(farthest, off);
        }
        return Math.sqrt(squares / codes.length) <= ROUNDING
                && farthest <= Math.max(FARTHEST_AT_LEAST, FARTHEST * kind.valueMaximum());
    }

    /** In LSBs. A weight beyond the largest integer is clipped; of few levels only the sign must agree. */
    private double off(double wanted, int value) {
        return switch (kind) {
            case INT8, INT4 ->
                Math.abs(value) == kind.valueMaximum() && wanted / value >= 1 ? 0 : Math.abs(wanted - value);
            case TERNARY, BINARY, LOG2 ->
                value == 0 || wanted == 0 || value > 0 == wanted > 0 ? 0 : Double.POSITIVE_INFINITY;
        };
    }
}
