package io.spikelet.host.onnx;

import io.spikelet.model.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What a tensor name of the file stands for where it is no constant: the sum of what some nodes of the graph give, and
 * how the file's extents, batch first, lie in the graph's (channels, height, width).
 *
 * @param sources the nodes whose outputs add up to it; one may stand more than once
 * @param extents as the file has them; a batch is 1
 * @param axes for each extent the dimension of {@code shape} that it is, or {@link #NONE} for a further 1
 * @param shape of each source's output
 * @param order for a vector that was flattened in another order than the graph's: the graph's index of each of its
 *     values; else null
 * @param zeros rows and columns of zeros still to be put around it: {top, bottom, left, right}
 * @param range what values it can take
 * @param isScore whether a Softmax or ArgMax behind it was left out
 */
record Activation(
        List<String> sources,
        int[] extents,
        int[] axes,
        Shape shape,
        int[] order,
        int[] zeros,
        ValueRange range,
        boolean isScore) {
    static final int NONE = -1;
    static final int CHANNEL = 0;
    static final int HEIGHT = 1;
    static final int WIDTH = 2;
    private static final int[] NO_ZEROS = {0, 0, 0, 0};

    /**
     * What is known of the values.
     *
     * @param isNonNegative whether none is below 0
     * @param ceiling the largest; infinite where there is none
     */
    record ValueRange(boolean isNonNegative, float ceiling) {
        static final ValueRange ANY = new ValueRange(false, Float.POSITIVE_INFINITY);

        static ValueRange upTo(float ceiling) {
            return new ValueRange(true, ceiling);
        }

        ValueRange plus(ValueRange other) {
            return new ValueRange(isNonNegative && other.isNonNegative, ceiling + other.ceiling);
        }
    }

    /** What one node gives, its extents in the graph's own order: [1, n], [1, channels, length] or [1, channels, height, width]. */
    static Activation of(String node, Shape shape, int rank, ValueRange range) {
        int[] axes = switch (rank) {
            case 2 -> new int[] {NONE, CHANNEL};
            case 3 -> new int[] {NONE, CHANNEL, WIDTH};
            default -> new int[] {NONE, CHANNEL, HEIGHT, WIDTH};
        };
        int[] extents = IntStream.of(axes).map(axis -> extent(shape, axis)).toArray();
        return new Activation(List.of(node), extents, axes, shape, null, NO_ZEROS, range, false);
    }

    static int extent(Shape shape, int axis) {
        return switch (axis) {
            case CHANNEL -> shape.channels();
            case HEIGHT -> shape.height();
            case WIDTH -> shape.width();
            default -> 1;
        };
    }

    int rank() {
        return extents.length;
    }

    /** Whether zeros are still to be put around it. */
    boolean isPadded() {
        return !Arrays.equals(zeros, NO_ZEROS);
    }

    /** Whether it is one row of values in the graph's channels. */
    boolean isVector() {
        return shape.area() == 1 && extents[rank() - 1] == shape.size();
    }

    /** Whether it is [1, channels, length] or [1, channels, height, width], in this order, of the graph's own shape. */
    boolean isPlanes(int spatial) {
        int[] wanted = spatial == 1 ? new int[] {NONE, CHANNEL, WIDTH} : new int[] {NONE, CHANNEL, HEIGHT, WIDTH};
        if (rank() != wanted.length || order != null || spatial == 1 && shape.height() != 1) {
            return false;
        }
        for (int d = 0; d < wanted.length; d++) {
            boolean isOne = extents[d] == 1 && extent(shape, wanted[d]) == 1;
            if (axes[d] != wanted[d] && !isOne) {
                return false;
            }
        }
        return true;
    }

    /** The axes of more than one value, in the file's order. */
    int[] longAxes() {
        return IntStream.range(0, rank())
                .filter(d -> extents[d] > 1)
                .map(d -> axes[d])
                .toArray();
    }

    /** Whether the file's order of values is the graph's. */
    boolean isInGraphOrder() {
        int[] found = longAxes();
        return order == null && IntStream.range(1, found.length).allMatch(d -> found[d] > found[d - 1]);
    }

    /** For each value in the file's order the graph's index; null where that is the same. */
    int[] graphIndices() {
        if (isInGraphOrder() || order != null) {
            return order;
        }
        int[] strides = {shape.area(), shape.width(), 1};
        int[] indices = new int[shape.size()];
        int[] at = new int[rank()];
        for (int i = 0; i < indices.length; i++) {
            for (int d = 0; d < rank(); d++) {
                indices[i] += axes[d] == NONE ? 0 : at[d] * strides[axes[d]];
            }
            for (int d = rank() - 1; d >= 0 && ++at[d] == extents[d]; d--) {
                at[d] = 0;
            }
        }
        return indices;
    }

    Activation laidOut(int[] otherExtents, int[] otherAxes) {
        return new Activation(sources, otherExtents, otherAxes, shape, order, zeros, range, isScore);
    }

    /** The same with other zeros around. */
    Activation withZeros(int[] around) {
        return new Activation(sources, extents, axes, shape, order, around, range, isScore);
    }

    /** The same values, given by another node, within other bounds. */
    Activation from(String node, ValueRange bounds) {
        return new Activation(List.of(node), extents, axes, shape, order, zeros, bounds, isScore);
    }

    /** Its values plus those of another of the same layout. */
    Activation plus(Activation other) {
        List<String> both =
                Stream.concat(sources.stream(), other.sources.stream()).toList();
        return new Activation(both, extents, axes, shape, order, zeros, range.plus(other.range), false);
    }

    boolean liesLike(Activation other) {
        return Arrays.equals(extents, other.extents)
                && Arrays.equals(longAxes(), other.longAxes())
                && shape.equals(other.shape)
                && Arrays.equals(order, other.order);
    }

    Activation asScore() {
        return new Activation(sources, extents, axes, shape, order, zeros, range, true);
    }

    /** The extents as a person writes them. */
    String text() {
        return Arrays.toString(extents);
    }
}
