package io.spikelet.hal.meter;

/**
 * Samples and edges of a {@link Meter}, filled anew by each read; nothing is allocated after the constructor. Times are
 * nanoseconds of the meter's clock since its start, and never fall within samples, nor within edges. A sample that is the
 * mean since the one before carries the time of its end.
 */
public final class SampleBlock {
    private final long[] nanos;
    private final double[] watts;
    private final double[] volts;
    private final double[] amps;
    private final long[] edgeNanos;
    private final byte[] edges;
    private int size;
    private int edgeCount;
    private long lost;
    private long broken;
    private long rangeSwitches;

    /** @param capacity how many samples, and how many edges, it holds, above 0 */
    public SampleBlock(int capacity) {
        nanos = new long[capacity];
        watts = new double[capacity];
        volts = new double[capacity];
        amps = new double[capacity];
        edgeNanos = new long[capacity];
        edges = new byte[capacity];
    }

    /** Forgets everything; a meter begins each read so. */
    public void clear() {
        size = 0;
        edgeCount = 0;
        lost = 0;
        broken = 0;
        rangeSwitches = 0;
    }

    /** Whether no further sample or no further edge fits. */
    public boolean isFull() {
        return size == nanos.length || edgeCount == edges.length;
    }

    /** Whether a further sample and so many edges with it fit. */
    public boolean hasRoomFor(int moreEdges) {
        return size < nanos.length && edgeCount + moreEdges <= edges.length;
    }

    /** Adds a sample of an instrument that measures both; its power is their product. */
    public void add(long atNanos, double atVolts, double atAmps) {
        add(atNanos, atVolts * atAmps, atVolts, atAmps);
    }

    /** Adds a sample of an instrument that tells power alone. */
    public void addPower(long atNanos, double atWatts) {
        add(atNanos, atWatts, Double.NaN, Double.NaN);
    }

    /** Adds a sample of an instrument that tells power beside the two, which need not be their product. */
    public void add(long atNanos, double atWatts, double atVolts, double atAmps) {
        nanos[size] = atNanos;
        watts[size] = atWatts;
        volts[size] = atVolts;
        amps[size++] = atAmps;
    }

    /** Adds an edge of a digital input, 0..7. */
    public void addEdge(long atNanos, int input, boolean rising) {
        edgeNanos[edgeCount] = atNanos;
        edges[edgeCount++] = (byte) (input << 1 | (rising ? 1 : 0));
    }

    /** Counts samples that the instrument took and that never came. */
    public void addLost(long samples) {
        lost += samples;
    }

    /** Counts a reading that the instrument called no number, or that was damaged on its way. */
    public void addBroken() {
        broken++;
    }

    /** Counts a switch of the measuring range. */
    public void addRangeSwitch() {
        rangeSwitches++;
    }

    /** How many samples it holds. */
    public int size() {
        return size;
    }

    /** When a sample was taken. */
    public long nanos(int sample) {
        return nanos[sample];
    }

    /** Power, W; below 0 when current flows back. */
    public double watts(int sample) {
        return watts[sample];
    }

    /** V; NaN from an instrument that tells power alone. */
    public double volts(int sample) {
        return volts[sample];
    }

    /** A; NaN from an instrument that tells power alone. */
    public double amps(int sample) {
        return amps[sample];
    }

    /** How many edges it holds. */
    public int edgeCount() {
        return edgeCount;
    }

    /** When an edge came. */
    public long edgeNanos(int edge) {
        return edgeNanos[edge];
    }

    /** On which input, 0..7. */
    public int edgeInput(int edge) {
        return edges[edge] >> 1;
    }

    /** Whether it rose. */
    public boolean edgeRises(int edge) {
        return (edges[edge] & 1) != 0;
    }

    /** Samples taken and never seen, within this block's time. */
    public long lost() {
        return lost;
    }

    /** Readings without a number. */
    public long broken() {
        return broken;
    }

    /** Switches of the measuring range. */
    public long rangeSwitches() {
        return rangeSwitches;
    }
}
