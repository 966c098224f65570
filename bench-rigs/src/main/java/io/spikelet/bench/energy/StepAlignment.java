package io.spikelet.bench.energy;

import io.spikelet.bench.energy.LoadStepCuts.Laps;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Lays the board's laps over the steps of the power, and the board's clock over the meter's. */
final class StepAlignment {
    private static final int PIECES_A_LAP = 200;
    private static final int LEVELS = 256;
    private static final int LEVEL_PIECES = 6;
    private static final int PLACES = 16;
    /** How far a step may lie from where it is looked for, as a share of the shortest lap. */
    private static final double TOLERANCE = .02;
    /** And of the time since the first lap, which clocks may drift by. */
    private static final double CLOCK_TOLERANCE = 1e-3;

    private final PowerRecording recording;
    private final List<Laps> laps;
    private final double shortest; // ns
    private final double piece; // ns
    private final PowerTrace trace;
    private final double threshold; // W
    private final List<Double> falls = new ArrayList<>(); // ns, meter's clock
    private final List<Double> rises = new ArrayList<>();

    StepAlignment(PowerRecording recording, List<Laps> laps) throws CutException {
        if (laps.isEmpty()) {
            throw new IllegalArgumentException("an alignment needs laps");
        }
        this.recording = recording;
        this.laps = laps;
        shortest = laps.stream()
                        .mapToDouble(lap -> lap.endSeconds() - lap.startSeconds())
                        .min()
                        .orElseThrow()
                * 1e9;
        double length = (double) recording.endNanos() - recording.startNanos();
        piece = Math.max(shortest / PIECES_A_LAP, 3 * recording.binNanos());
        if (piece > shortest / 20) {
            throw new CutException(String.format(
                    Locale.ROOT,
                    "the meter's %.3g samples/s are too few to find the steps of windows of %.3g s; cut on edges",
                    recording.traits().samplesPerSecond(),
                    shortest * 1e-9));
        }
        trace = recording.trace(recording.startNanos(), recording.endNanos(), (int) Math.max(1, length / piece));
        threshold = threshold(trace.mean());
        boolean above = trace.mean().length > 0 && trace.mean()[0] > threshold;
        for (int i = 1; i < trace.mean().length; i++) {
            boolean now = trace.mean()[i] > threshold;
            if (now != above) {
                (now ? rises : falls).add((trace.seconds()[i - 1] + trace.seconds()[i]) / 2 * 1e9);
                above = now;
            }
        }
    }

    /** Where two levels part best: least variance within both (Otsu, A threshold selection method, 1979). */
    private static double threshold(double[] watts) {
        double low = Arrays.stream(watts).min().orElse(0);
        double high = Arrays.stream(watts).max().orElse(0);
        long[] counts = new long[LEVELS];
        for (double value : watts) {
            counts[(int) Math.min(LEVELS - 1, (value - low) / (high - low + 1e-300) * LEVELS)]++;
        }
        double all = 0;
        for (int i = 0; i < LEVELS; i++) {
            all += (double) i * counts[i];
        }
        double below = 0;
        double belowSum = 0;
        double best = -1;
        double level = 0;
        int ties = 0;
        for (int i = 0; i < LEVELS - 1; i++) {
            below += counts[i];
            belowSum += (double) i * counts[i];
            double above = watts.length - below;
            if (below == 0 || above == 0) {
                continue;
            }
            double apart = belowSum / below - (all - belowSum) / above;
            double between = below * above * apart * apart;
            if (between > best * (1 + 1e-12)) {
                best = between;
                level = i + 1;
                ties = 1;
            } else if (between >= best * (1 - 1e-12)) {
                // Any level between two clean ones parts them as well; the middle stands furthest from both.
                level = (level * ties + i + 1) / ++ties;
            }
        }
        return low + (high - low) * level / LEVELS;
    }

    WindowCuts cuts() throws CutException {
        double first = laps.getFirst().endSeconds() * 1e9;
        double bestSquares = Double.POSITIVE_INFINITY;
        double offset = Double.NaN;
        for (double fall : falls) {
            double squares = mismatch(fall - first);
            if (squares < bestSquares) {
                bestSquares = squares;
                offset = fall - first;
            }
        }
        if (Double.isNaN(offset)) {
            throw new CutException(String.format(
                    Locale.ROOT,
                    "the power falls below %.4g W %d times, never as the ends of %d windows lie: let the board rest"
                            + " at least"
                            + " %.2g s after each window, or cut on edges or marks",
                    threshold,
                    falls.size(),
                    laps.size(),
                    shortest * 1e-9 / 20));
        }
        ClockFit fit = fit(offset);
        double border = Math.max(fit.residual(), recording.binNanos() / Math.sqrt(12));
        List<WindowCut> cuts = new ArrayList<>();
        for (Laps lap : laps) {
            cuts.add(new WindowCut(fit.at(lap.startSeconds() * 1e9), fit.at(lap.endSeconds() * 1e9), border));
        }
        return new WindowCuts(CutMethod.ALIGNMENT, cuts);
    }

    /** Sum of squares that ends of laps are off their steps by; infinite when one finds none, or no load before it. */
    private double mismatch(double offset) {
        double squares = 0;
        double first = laps.getFirst().endSeconds();
        for (Laps lap : laps) {
            double wanted = offset + lap.endSeconds() * 1e9;
            double tolerance = tolerance(lap.endSeconds() - first);
            double found = nearest(falls, wanted);
            if (Math.abs(found - wanted) > tolerance || loaded(offset, lap) < .8) {
                return Double.POSITIVE_INFINITY;
            }
            squares += (found - wanted) * (found - wanted);
        }
        return squares;
    }

    private double tolerance(double secondsSinceFirst) {
        return Math.max(TOLERANCE * shortest, 2 * piece) + Math.abs(secondsSinceFirst) * 1e9 * CLOCK_TOLERANCE;
    }

    private static double nearest(List<Double> steps, double wanted) {
        double best = Double.NEGATIVE_INFINITY;
        for (double step : steps) {
            best = Math.abs(step - wanted) < Math.abs(best - wanted) ? step : best;
        }
        return best;
    }

    private double loaded(double offset, Laps lap) {
        double from = offset * 1e-9 + lap.startSeconds();
        double to = offset * 1e-9 + lap.endSeconds();
        int all = 0;
        int above = 0;
        for (int i = 0; i < trace.seconds().length; i++) {
            if (trace.seconds()[i] > from && trace.seconds()[i] < to) {
                all++;
                above += trace.mean()[i] > threshold ? 1 : 0;
            }
        }
        return all < PIECES_A_LAP / 20 ? 0 : (double) above / all;
    }

    private ClockFit fit(double offset) {
        List<double[]> points = new ArrayList<>();
        List<double[]> starts = new ArrayList<>();
        double first = laps.getFirst().endSeconds();
        for (Laps lap : laps) {
            double end = lap.endSeconds() * 1e9;
            points.add(new double[] {end, refined(nearest(falls, offset + end))});
            double start = lap.startSeconds() * 1e9;
            double rise = nearest(rises, offset + start);
            if (Math.abs(rise - offset - start) <= tolerance(lap.startSeconds() - first)) {
                starts.add(new double[] {start, refined(rise)});
            }
        }
        // A warm-up hides where windows begin; what hides some hides all, and short ones may lie within the tolerance.
        if (starts.size() == laps.size()) {
            List<double[]> both = new ArrayList<>(points);
            both.addAll(starts);
            ClockFit fit = ClockFit.of(both);
            if (laps.size() < 2
                    || fit.residual() < 4 * Math.max(ClockFit.of(points).residual(), piece / 100)) {
                return fit;
            }
        }
        ClockFit fit = ClockFit.of(points);
        return points.size() > 2 ? fit : new ClockFit(fit.offset(), fit.slope(), Math.max(fit.residual(), piece));
    }

    /**
     * Where an ideal step must be for the energy around it: what the levels on both sides leave unexplained. The load's
     * own ripple blurs that by the part of an inference that is cut off; so it is asked from several places and
     * averaged.
     */
    private double refined(double coarse) {
        double sum = 0;
        for (int i = 0; i < PLACES; i++) {
            double shift = 2 * piece * i / PLACES;
            double from = coarse - 2 * piece - shift;
            double to = coarse + 2 * piece + shift;
            double far = from - LEVEL_PIECES * piece;
            double farther = to + LEVEL_PIECES * piece;
            if (far < recording.startNanos() || farther > recording.endNanos()) {
                return coarse;
            }
            double before = recording.integrate(far, from).watts();
            double after = recording.integrate(to, farther).watts();
            double energy = recording.integrate(from, to).joules() * 1e9;
            sum += (after * to - before * from - energy) / (after - before);
        }
        double step = sum / PLACES;
        return Math.abs(step - coarse) < 2 * piece ? step : coarse;
    }
}
