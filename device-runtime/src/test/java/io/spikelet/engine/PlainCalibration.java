package io.spikelet.engine;

import io.spikelet.model.SpikeCalibration;
import java.math.BigInteger;

/** The calibration N6 of one neuron, its mean interval kept as a fraction and updated at each of its spikes. */
final class PlainCalibration {
    private final SpikeCalibration calibration;
    private BigInteger last = BigInteger.ZERO;
    private BigInteger meanOver = BigInteger.ZERO;
    private BigInteger meanUnder = BigInteger.ONE;
    private BigInteger firings = BigInteger.ZERO;
    private BigInteger count = BigInteger.ZERO;

    PlainCalibration(SpikeCalibration calibration) {
        this.calibration = calibration;
    }

    BigInteger step(int t, BigInteger fired) {
        BigInteger now = BigInteger.valueOf(t);
        BigInteger spikes = fired;
        if (fired.signum() > 0) {
            BigInteger sum = now.subtract(last).multiply(meanUnder).add(meanOver.multiply(firings));
            firings = firings.add(BigInteger.ONE);
            meanOver = sum;
            meanUnder = meanUnder.multiply(firings);
            last = now;
        }
        BigInteger beyond = now.subtract(last).subtract(BigInteger.valueOf(calibration.allowance()));
        if (beyond.multiply(meanUnder).compareTo(meanOver) > 0) {
            spikes = spikes.subtract(BigInteger.ONE);
        }
        BigInteger sum = count.add(spikes);
        boolean isHeldBack = sum.signum() < 0;
        if (!isHeldBack || calibration.rule() == SpikeCalibration.Rule.PUBLISHED) {
            count = sum;
        }
        return isHeldBack ? BigInteger.ZERO : spikes;
    }
}
