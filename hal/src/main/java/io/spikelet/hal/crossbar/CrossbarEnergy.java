package io.spikelet.hal.crossbar;

/**
 * A model of what a crossbar takes: the heat of its cells and its converters; drivers, multiplexers, buffers and the digital
 * side are left out.
 *
 * @param read J: V²·G·t of driven rows
 * @param write J: V²·G·t of pulses
 * @param adc J: {@link #ADC_STEP} times 2^bits a conversion; NaN for the ideal converter, of which no model is known
 */
public record CrossbarEnergy(double read, double write, double adc) {
    /** J a conversion and code: Walden's figure of merit by the 2.03084 pJ of SpikeSim's 4-bit converter. */
    public static final double ADC_STEP = 2.03084e-12 / 16;

    /** J. */
    public double total() {
        return read + write + adc;
    }
}
