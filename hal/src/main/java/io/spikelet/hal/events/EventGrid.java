package io.spikelet.hal.events;

/**
 * Which pixels become which cells of a frame: a crop of the sensor, scaled down by a whole number. A cell gathers
 * {@code scale · scale} pixels; a pixel outside the crop becomes none.
 *
 * @param left first column of the sensor, not negative
 * @param top first row of the sensor, not negative
 * @param scale pixels to a cell's side, at least 1
 * @param width columns of the frame, at least 1
 * @param height rows of the frame, at least 1; {@code 2 · height · width} is at most 2^24
 */
public record EventGrid(int left, int top, int scale, int width, int height) {
    /** The polarities of a frame: channel 0 is OFF (darker), channel 1 is ON (brighter). */
    public static final int POLARITIES = 2;

    private static final int MAX_CELLS = 1 << 24;
    private static final int MAX_SIDE = 1 << 16;

    public EventGrid {
        if (left < 0 || left >= MAX_SIDE || top < 0 || top >= MAX_SIDE || scale < 1 || scale > MAX_SIDE) {
            throw new IllegalArgumentException("left and top must be 0..65535 and scale 1..65536: left=" + left
                    + ", top=" + top + ", scale=" + scale);
        }
        if (width < 1 || height < 1 || (long) POLARITIES * width * height > MAX_CELLS) {
            throw new IllegalArgumentException("width and height must be positive and have at most 2^23 cells: width="
                    + width + ", height=" + height);
        }
    }

    /** Each pixel of a sensor a cell. */
    public static EventGrid whole(EventSource source) {
        return new EventGrid(0, 0, 1, source.width(), source.height());
    }

    /** The cells of both polarities, {@code 2 · height · width}. */
    public int cells() {
        return POLARITIES * height * width;
    }

    /**
     * The cell of a pixel, {@code (polarity · height + (y − top) / scale) · width + (x − left) / scale}, rounded down
     * (docs/events.md, F1); -1 when it is outside.
     */
    public int cell(int x, int y, int polarity) {
        int column = x - left;
        int row = y - top;
        if (column < 0 || row < 0) {
            return -1;
        }
        column /= scale;
        row /= scale;
        return column < width && row < height ? (polarity * height + row) * width + column : -1;
    }
}
