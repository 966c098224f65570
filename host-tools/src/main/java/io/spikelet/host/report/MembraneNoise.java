package io.spikelet.host.report;

import java.util.Locale;

/**
 * How far the membranes of a layer are from float ones (docs/quantisation.md, Q9): v as float compares it with the
 * threshold, m the integer membrane at the same step, u the real value of its LSB.
 *
 * <pre>
 * SNR = 10 · log10( Σ v² / Σ (v − u·m)² )   over neurons, steps and samples
 * </pre>
 *
 * @param own float on the integer network's spikes, resets included: what the rounding of this layer alone adds
 * @param whole float on its own spikes: what all layers up to here added, each neuron up to and including its first
 *     spike of a sample that differs
 */
public record MembraneNoise(Ratio own, Ratio whole) {
    /**
     * Sums in the float network's units.
     *
     * @param signal Σ v²
     * @param noise Σ (v − u·m)²
     * @param values how many were compared
     */
    public record Ratio(double signal, double noise, long values) {
        /** Infinite where nothing differs; NaN where there is no signal either. */
        public double decibels() {
            return 10 * Math.log10(signal / noise);
        }

        /** For a table of decibels. */
        public String text() {
            double decibels = decibels();
            return Double.isNaN(decibels)
                    ? "silent"
                    : Double.isInfinite(decibels) ? "exact" : String.format(Locale.ROOT, "%.1f", decibels);
        }
    }
}
