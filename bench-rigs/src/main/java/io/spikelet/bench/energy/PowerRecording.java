package io.spikelet.bench.energy;

import io.spikelet.hal.meter.MeterTraits;
import io.spikelet.hal.meter.SampleBlock;

/**
 * What a meter said, kept so that any window can be integrated later, in bounded memory (60 MB at most): up to a million samples
 * each one, above that bins of 2, 4, 8 … samples. The energy up to each edge is kept exactly. One thread.
 *
 * <p>Moments are joined by trapezoids; means fill the time since the sample before (rectangles). A time without samples is bridged by the
 * mean of its neighbours and remembered as a gap.
 */
public final class PowerRecording {
    private static final int MOST_BINS = 1 << 20;
    private static final double GAP_PERIODS = 1.5;

    private final MeterTraits traits;
    private final double periodNanos;
    private final EnergyBins bins;
    private final RecordedEdges edges = new RecordedEdges();
    private final RecordedGaps gaps = new RecordedGaps();
    private final HostClock hostClock = new HostClock();

    private long samples;
    private long lost;
    private long broken;
    private long rangeSwitches;
    private long firstNanos;
    private double firstWatts;
    private long lastNanos;
    private double lastWatts;
    private double joules;
    private double pairSum;
    private boolean secondOfPair;

    /** @param traits of the meter that fills it */
    public PowerRecording(MeterTraits traits) {
        this(traits, MOST_BINS);
    }

    PowerRecording(MeterTraits traits, int mostBins) {
        this.traits = traits;
        periodNanos = 1e9 / traits.samplesPerSecond();
        bins = new EnergyBins(mostBins);
    }

    /**
     * Takes what a meter just delivered; marks need the host's time of it.
     *
     * @param hostNanos when it came by {@link System#nanoTime}, less the time by which the meter is known to stay behind at least, such as
     *     that of a simulated one; what is left of that shifts marks, and belongs into the latency that {@link MarkCuts} is told
     */
    public void add(SampleBlock block, long hostNanos) {
        add(block);
        if (block.size() > 0) {
            hostClock.arrived(hostNanos, block.nanos(block.size() - 1));
        }
    }

    /** Takes what a meter just delivered; the block may be used again. */
    public void add(SampleBlock block) {
        lost += block.lost();
        broken += block.broken();
        rangeSwitches += block.rangeSwitches();
        for (int i = 0; i < block.edgeCount(); i++) {
            edges.add(block.edgeNanos(i), block.edgeInput(i), block.edgeRises(i));
        }
        boolean mayLack = !traits.means() || block.lost() + block.broken() > 0;
        for (int i = 0; i < block.size(); i++) {
            add(block.nanos(i), block.watts(i), block.volts(i), block.amps(i), mayLack);
        }
    }

    private void add(long nanos, double watts, double volts, double amps, boolean mayLack) {
        if (!Double.isFinite(watts)) {
            broken++;
            return;
        }
        if (samples == 0) {
            firstNanos = nanos;
            firstWatts = watts;
            lastNanos = nanos;
            lastWatts = watts;
        }
        double width = nanos - lastNanos;
        boolean gap = mayLack && width > GAP_PERIODS * periodNanos;
        while (edges.unsettledNanos() <= nanos) {
            double into = Math.max(0, edges.unsettledNanos() - lastNanos);
            edges.settle(joules + piece(into, width, lastWatts, watts), border(width, lastWatts, watts));
        }
        if (gap) {
            // A mean still tells of the one period before it.
            gaps.add(lastNanos, traits.means() ? nanos - Math.round(periodNanos) : nanos);
            joules += traits.means()
                    ? ((width - periodNanos) * (lastWatts + watts) / 2 + periodNanos * watts) * 1e-9
                    : piece(width, width, lastWatts, watts);
        } else {
            joules += piece(width, width, lastWatts, watts);
            if (secondOfPair) {
                double difference = (watts - lastWatts) * width * 1e-9;
                pairSum += difference * difference;
            }
        }
        secondOfPair = !secondOfPair;
        samples++;
        lastNanos = nanos;
        lastWatts = watts;
        bins.add(nanos, watts, volts, amps, joules, pairSum);
    }

    /** Energy of the first part of the time between two samples, J. */
    private double piece(double into, double width, double before, double after) {
        if (width <= 0) {
            return 0;
        }
        return traits.means() ? into * after * 1e-9 : into * (before + (after - before) * into / width / 2) * 1e-9;
    }

    /** How far the interpolation may be off when the load steps somewhere between two samples, J. */
    private double border(double width, double before, double after) {
        return Math.abs(after - before) * width * 1e-9 / (traits.means() ? 4 : 2);
    }

    /**
     * Integrates from one time to another, both of the meter's clock and within the recording.
     *
     * @throws IllegalArgumentException when the recording does not hold the time
     */
    public Integral integrate(double fromNanos, double toNanos) {
        if (samples < 2 || !(fromNanos < toNanos) || fromNanos < firstNanos || toNanos > lastNanos) {
            throw new IllegalArgumentException("the recording holds " + firstNanos + " to " + lastNanos + " ns, not "
                    + fromNanos + " to " + toNanos);
        }
        int first = bins.find(fromNanos);
        int last = bins.find(toNanos);
        double least = Double.POSITIVE_INFINITY;
        double most = Double.NEGATIVE_INFINITY;
        double leastVolts = Double.NaN;
        double mostAmps = Double.NaN;
        double volts = 0;
        for (int i = first; i <= last; i++) {
            least = Math.min(least, bins.leastWatts(i));
            most = Math.max(most, bins.mostWatts(i));
            leastVolts = bins.leastVolts(i) < leastVolts || i == first ? bins.leastVolts(i) : leastVolts;
            mostAmps = bins.mostAmps(i) > mostAmps || i == first ? bins.mostAmps(i) : mostAmps;
            volts += bins.volts(i);
        }
        double pairs = bins.pairs(last) - (first == 0 ? 0 : bins.pairs(first - 1));
        return new Integral(
                energyAt(toNanos) - energyAt(fromNanos),
                (toNanos - fromNanos) * 1e-9,
                (long) (last - first) * bins.perBin(),
                Math.sqrt(pairs),
                borderAt(fromNanos) + borderAt(toNanos),
                gaps.total(fromNanos, toNanos),
                gaps.longest(fromNanos, toNanos),
                gaps.spread(fromNanos, toNanos),
                least,
                most,
                volts / (last - first + 1),
                leastVolts,
                mostAmps);
    }

    private double energyAt(double nanos) {
        int edge = edges.at(nanos);
        if (edge >= 0) {
            return edges.energy(edge);
        }
        int bin = bins.find(nanos);
        long start = bin == 0 ? firstNanos : bins.end(bin - 1);
        double before = bin == 0 ? 0 : bins.energy(bin - 1);
        double width = bins.end(bin) - start;
        if (width <= 0) {
            return before;
        }
        double into = nanos - start;
        double linear = before + (bins.energy(bin) - before) * into / width;
        if (bins.perBin() > 1 || traits.means()) {
            return linear;
        }
        // Within a trapezoid the energy is a parabola; its bow vanishes at both samples.
        double slope = bins.lastWatts(bin) - (bin == 0 ? firstWatts : bins.lastWatts(bin - 1));
        return linear - slope * into * (width - into) / width / 2 * 1e-9;
    }

    private double borderAt(double nanos) {
        int edge = edges.at(nanos);
        if (edge >= 0) {
            return edges.border(edge);
        }
        int bin = bins.find(nanos);
        long start = bin == 0 ? firstNanos : bins.end(bin - 1);
        double low = bins.leastWatts(bin);
        double high = bins.mostWatts(bin);
        for (int i = Math.max(0, bin - 1); i <= Math.min(bins.size() - 1, bin + 1); i++) {
            low = Math.min(low, bins.leastWatts(i));
            high = Math.max(high, bins.mostWatts(i));
        }
        return border(bins.end(bin) - start, low, high);
    }

    /** Power from one time to another in at most as many pieces, each with its extremes and mean. */
    public PowerTrace trace(double fromNanos, double toNanos, int points) {
        double from = Math.max(fromNanos, firstNanos);
        double to = Math.min(toNanos, lastNanos);
        if (!(from < to) || points < 1) {
            return new PowerTrace(new double[0], new double[0], new double[0], new double[0]);
        }
        int pieces = Math.max(1, Math.min(points, bins.find(to) - bins.find(from)));
        double[] seconds = new double[pieces];
        double[] least = new double[pieces];
        double[] mean = new double[pieces];
        double[] most = new double[pieces];
        double before = energyAt(from);
        for (int i = 0; i < pieces; i++) {
            double start = from + (to - from) * i / pieces;
            double end = i == pieces - 1 ? to : from + (to - from) * (i + 1) / pieces;
            double energy = energyAt(end);
            seconds[i] = (start + end) / 2 * 1e-9;
            mean[i] = (energy - before) / ((end - start) * 1e-9);
            least[i] = Double.POSITIVE_INFINITY;
            most[i] = Double.NEGATIVE_INFINITY;
            for (int bin = bins.find(start); bin <= bins.find(end); bin++) {
                least[i] = Math.min(least[i], bins.leastWatts(bin));
                most[i] = Math.max(most[i], bins.mostWatts(bin));
            }
            before = energy;
        }
        return new PowerTrace(seconds, least, mean, most);
    }

    /** What the meter promises. */
    public MeterTraits traits() {
        return traits;
    }

    /** How many samples came. */
    public long samples() {
        return samples;
    }

    /** Samples that the meter took and that never came. */
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

    /** Time of the first sample, ns of the meter's clock. */
    public long startNanos() {
        return firstNanos;
    }

    /** Time of the last sample, ns of the meter's clock; what the rig notes at the end of a window's phase. */
    public long endNanos() {
        return lastNanos;
    }

    /** The finest time that windows can be cut at without an edge, ns: a sample, or a bin of them. */
    public double binNanos() {
        return periodNanos * bins.perBin();
    }

    RecordedEdges edges() {
        return edges;
    }

    /** The meter's clock by the host's, from the times at which blocks came. */
    HostClock hostClock() {
        return hostClock;
    }
}
