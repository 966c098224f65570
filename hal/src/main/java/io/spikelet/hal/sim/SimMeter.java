package io.spikelet.hal.sim;

import io.spikelet.hal.meter.Meter;
import io.spikelet.hal.meter.MeterTraits;
import io.spikelet.hal.meter.SampleBlock;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A meter on a load whose power is known exactly ({@link PowerTrace}), so that what is made of its samples can be held
 * against the truth. Gain, offset and clock are off by a part of what the traits allow, drawn evenly from the seed and then
 * the same for the meter's life; the rest goes wrong as {@link SimMeterFaults} say. The same seed gives the same samples.
 *
 * <p>A virtual meter's time passes as fast as it is read. A live one's is real: it samples {@link #SETTLE_NANOS} behind the
 * present, so that edges of another process are known before the load that they switch is measured.
 */
public final class SimMeter implements Meter {
    /** How far a live meter stays behind, 50 ms. */
    public static final long SETTLE_NANOS = 50_000_000;

    private static final double PPM = 1e-6;
    private static final double SECOND = 1e9;

    private final MeterTraits traits;
    private final PowerTrace trace;
    private final SimMeterFaults faults;
    private final double volts;
    private final List<PinEdge> given;
    private final long endNanos;
    private final EdgeFeed feed;
    private final double gain;
    private final double offset;
    private final double ppm;

    private final Queue<PinEdge> edges = new ArrayDeque<>();
    private SplittableRandom random;
    private boolean sampling;
    private boolean unplugged;
    private boolean closed;
    private long originNanos;
    private long index;
    private long sampleNanos;
    private long trueNanos;
    private long trueBefore;
    private long lastEdgeNanos;
    private boolean highRange;
    private long lateEdges;

    private SimMeter(
            MeterTraits traits,
            PowerTrace trace,
            SimMeterFaults faults,
            double volts,
            List<PinEdge> given,
            long endNanos,
            EdgeFeed feed) {
        if (faults.jitterNanos() >= SECOND / traits.samplesPerSecond() / 2) {
            throw new IllegalArgumentException("jitter stays below half a period: " + faults.jitterNanos() + " ns at "
                    + traits.samplesPerSecond() + " samples a second");
        }
        if (!(volts > 0)) {
            throw new IllegalArgumentException("a supply has more than 0 V: " + volts);
        }
        this.traits = traits;
        this.trace = trace;
        this.faults = faults;
        this.volts = volts;
        this.given = List.copyOf(given);
        this.endNanos = endNanos;
        this.feed = feed;
        SplittableRandom errors = new SplittableRandom(faults.seed());
        gain = 1 + traits.accuracy().gain() * even(errors);
        offset = traits.accuracy().offsetWatts() * even(errors);
        ppm = traits.clockPpm() * even(errors);
        begin();
    }

    /**
     * One whose time passes as fast as it is read.
     *
     * @param volts of the supply
     * @param edges in the order of their times
     * @param endNanos true time after which no sample comes any more
     */
    public static SimMeter virtual(
            MeterTraits traits,
            PowerTrace trace,
            SimMeterFaults faults,
            double volts,
            List<PinEdge> edges,
            long endNanos) {
        return new SimMeter(traits, trace, faults, volts, edges, endNanos, null);
    }

    /**
     * One in real time, whose input 0 sees the edges of a feed; the meter closes it.
     *
     * @param volts of the supply
     */
    public static SimMeter live(
            MeterTraits traits, PowerTrace trace, SimMeterFaults faults, double volts, EdgeFeed feed) {
        return new SimMeter(traits, trace, faults, volts, List.of(), Long.MAX_VALUE, feed);
    }

    /** From −1 to 1. */
    private static double even(SplittableRandom random) {
        return 2 * random.nextDouble() - 1;
    }

    private void begin() {
        random = new SplittableRandom(faults.seed() + 1);
        edges.clear();
        trace.restart();
        for (PinEdge edge : given) {
            trace.edge(edge);
            edges.add(edge);
        }
        index = 0;
        trueNanos = 0;
        lastEdgeNanos = 0;
        lateEdges = 0;
        highRange = trace.watts(0) >= faults.rangeWatts();
        prepare();
    }

    /** Decides when the next sample is taken, and which time it will carry. */
    private void prepare() {
        index++;
        trueBefore = trueNanos;
        sampleNanos = Math.round(index * SECOND / traits.samplesPerSecond());
        trueNanos = Math.max(trueBefore, trueNanos(sampleNanos) + Math.round(faults.jitterNanos() * even(random)));
    }

    @Override
    public MeterTraits traits() {
        return traits;
    }

    /** What the load truly takes, in true time since the last start. */
    public PowerTrace truth() {
        return trace;
    }

    /** True time since the start at a time of the meter's clock. */
    public long trueNanos(long meterNanos) {
        return Math.round(meterNanos / (1 + ppm * PPM));
    }

    /** What the meter's clock shows at a true time since the start. */
    public long meterNanos(long trueTime) {
        return Math.round(trueTime * (1 + ppm * PPM));
    }

    /** What this meter makes of 1 W, its offset aside: drawn within its promise. */
    public double gain() {
        return gain;
    }

    /** {@link System#nanoTime} of a live meter's last start. */
    public long originNanos() {
        return originNanos;
    }

    /** Edges that came when their time had been measured already: until the next sample the load seemed as before. */
    public long lateEdges() {
        return lateEdges;
    }

    @Override
    public void start() throws IOException {
        if (sampling) {
            throw new IllegalStateException("the simulated meter samples already; stop it first");
        }
        requireThere();
        begin();
        while (feed != null && feed.next()) {
            continue; // what came before the start is no edge of this run
        }
        originNanos = System.nanoTime();
        sampling = true;
    }

    @Override
    public int read(SampleBlock into, int timeoutMillis) throws IOException {
        into.clear();
        if (!sampling) {
            return 0;
        }
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(timeoutMillis);
        while (true) {
            long until = feed == null ? endNanos : System.nanoTime() - originNanos - SETTLE_NANOS;
            takeEdges();
            measure(into, Math.min(until, faults.disconnectNanos()));
            boolean any = into.size() > 0 || into.edgeCount() > 0;
            if (!any && until >= faults.disconnectNanos()) {
                unplugged = true;
                requireThere();
            }
            long now = System.nanoTime();
            if (any || feed == null || now - deadline >= 0) {
                return into.size();
            }
            LockSupport.parkNanos(Math.min(deadline - now, untilNext(now)));
        }
    }

    /** Until the next sample, at most 5 ms: an edge may come before it. */
    private long untilNext(long now) {
        return Math.clamp(originNanos + trueNanos + SETTLE_NANOS - now, 1, SETTLE_NANOS / 10);
    }

    private void requireThere() throws IOException {
        if (closed) {
            throw new IOException("the simulated meter is closed; open it again");
        }
        if (unplugged) {
            throw new IOException("the simulated meter was unplugged; plug it in and open it again");
        }
    }

    private void takeEdges() {
        while (feed != null && feed.next()) {
            PinEdge edge = new PinEdge(feed.nanos() - originNanos, 0, feed.isHigh());
            if (edge.nanos() >= 0) {
                if (edge.nanos() < trueBefore) {
                    lateEdges++;
                }
                trace.edge(edge);
                edges.add(edge);
            }
        }
    }

    private void measure(SampleBlock into, long until) {
        while (!into.isFull()) {
            PinEdge edge = edges.peek();
            if (edge != null && edge.nanos() <= Math.min(trueNanos, until)) {
                edges.remove();
                long step = faults.edgeStepNanos();
                lastEdgeNanos = Math.max(lastEdgeNanos, Math.ceilDiv(meterNanos(edge.nanos()), step) * step);
                into.addEdge(lastEdgeNanos, edge.input(), edge.rising());
            } else if (trueNanos <= until) {
                sample(into);
                prepare();
            } else {
                return;
            }
        }
    }

    private void sample(SampleBlock into) {
        double truth = traits.means() && trueNanos > trueBefore
                ? trace.joules(trueBefore, trueNanos) * SECOND / (trueNanos - trueBefore)
                : trace.watts(trueNanos);
        double noise = faults.noiseWatts() == 0 ? 0 : faults.noiseWatts() * random.nextGaussian();
        double luck = faults.lostShare() + faults.brokenShare() == 0 ? 1 : random.nextDouble();
        boolean high = truth >= faults.rangeWatts();
        if (high != highRange) {
            highRange = high;
            into.addRangeSwitch();
            into.addLost(1);
        } else if (luck < faults.lostShare()) {
            into.addLost(1);
        } else if (luck < faults.lostShare() + faults.brokenShare()) {
            into.addBroken();
        } else {
            double watts = rounded(truth * gain + offset + noise);
            into.add(sampleNanos, watts, volts, watts / volts);
        }
    }

    private double rounded(double watts) {
        double step = traits.accuracy().resolutionWatts();
        return step == 0 ? watts : Math.rint(watts / step) * step;
    }

    @Override
    public void stop() {
        sampling = false;
    }

    @Override
    public void close() {
        stop();
        closed = true;
        if (feed != null) {
            feed.close();
        }
    }
}
