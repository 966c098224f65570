package io.spikelet.model;

/**
 * The extent of one layer's output, channels first, as in {@code index = (c * height + y) * width + x}.
 * A vector of {@code n} values is {@code (n, 1, 1)}.
 *
 * @param channels 1 or more
 * @param height 1 or more
 * @param width 1 or more
 */
public record Shape(int channels, int height, int width) {

    /** The most values one layer may hold; bounds every allocation that an image can ask for. */
    public static final int MAX_SIZE = 1 << 22;

    public Shape {
        if (channels < 1 || height < 1 || width < 1 || (long) channels * height * width > MAX_SIZE) {
            throw new IllegalArgumentException(
                    "shape must hold 1.." + MAX_SIZE + " values: shape=" + channels + "x" + height + "x" + width);
        }
    }

    public static Shape vector(int length) {
        return new Shape(length, 1, 1);
    }

    /** The number of values: channels · height · width. */
    public int size() {
        return channels * height * width;
    }

    /** The number of values of one channel. */
    public int area() {
        return height * width;
    }

    @Override
    public String toString() {
        return height == 1 && width == 1 ? Integer.toString(channels) : channels + "x" + height + "x" + width;
    }
}
