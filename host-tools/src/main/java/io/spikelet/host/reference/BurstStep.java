package io.spikelet.host.reference;

import io.spikelet.host.graph.Node;
import io.spikelet.model.SpikeCalibration;
import java.util.Arrays;

/** Integrates, fires as often as thresholds fit, and takes spikes back where neurons are calibrated (N6). */
final class BurstStep implements MembraneStep, NeuronLaw {
    private final Node.BurstIf neuron;
    private final float[] threshold;
    private final float[] arriving;
    private final float[] output;
    private final float[] membrane;

    /** (neurons) the membrane as the threshold met it. */
    private final float[] integrated;

    /** (neurons) who fires, whatever the membranes say; null where these decide. */
    private int[] imposed;

    private final int[] last;
    private final int[] firings;
    private final double[] meanInterval;
    private final int[] count;
    private int step;

    BurstStep(Node.BurstIf neuron, float[] arriving, float[] output) {
        this.neuron = neuron;
        this.arriving = arriving;
        this.output = output;
        threshold = neuron.threshold().spread(output.length);
        membrane = new float[output.length];
        integrated = new float[output.length];
        last = new int[output.length];
        firings = new int[output.length];
        meanInterval = new double[output.length];
        count = new int[output.length];
    }

    @Override
    public void reset() {
        Arrays.fill(membrane, 0);
        Arrays.fill(integrated, 0);
        Arrays.fill(last, 0);
        Arrays.fill(firings, 0);
        Arrays.fill(meanInterval, 0);
        Arrays.fill(count, 0);
        step = 0;
    }

    @Override
    public void run() {
        for (int i = 0; i < membrane.length; i++) {
            float potential = membrane[i] + arriving[i];
            integrated[i] = potential;
            int fit = (int) Math.floor((double) potential / threshold[i]);
            int fired = imposed == null ? Math.clamp(fit, 0, neuron.burst()) : Math.max(0, imposed[i]);
            membrane[i] = potential - fired * threshold[i];
            output[i] = neuron.calibration().isPresent()
                    ? calibrated(i, fired, neuron.calibration().get())
                    : fired;
        }
        step++;
    }

    /** The spikes that leave; the mean interval is taken as a mean here, and not as the sum that it comes down to. */
    private int calibrated(int i, int fired, SpikeCalibration calibration) {
        int spikes = fired;
        if (fired > 0) {
            firings[i]++;
            meanInterval[i] += (step - last[i] - meanInterval[i]) / firings[i];
            last[i] = step;
        }
        // Means are multiples of 1/4096 or coarser, so that this far from one nothing is decided by rounding.
        if (step - last[i] > meanInterval[i] + calibration.allowance() + 1e-9) {
            spikes--;
        }
        boolean isHeldBack = count[i] + spikes < 0;
        if (!isHeldBack || calibration.rule() == SpikeCalibration.Rule.PUBLISHED) {
            count[i] += spikes;
        }
        return isHeldBack ? 0 : spikes;
    }

    @Override
    public float[] membrane() {
        return membrane;
    }

    @Override
    public float[] integrated() {
        return integrated;
    }

    @Override
    public float[] arriving() {
        return arriving;
    }

    @Override
    public NeuronLaw law() {
        return this;
    }

    @Override
    public void impose(int[] spikes) {
        imposed = spikes;
    }

    @Override
    public double synaptic(int n) {
        return 0;
    }

    @Override
    public double gain(int t, int n) {
        return 1;
    }

    @Override
    public double offset(int t, int n) {
        return 0;
    }

    @Override
    public double a0(int n) {
        return 1;
    }

    @Override
    public double b0(int n) {
        return 0;
    }

    @Override
    public double a1(int n) {
        return 1;
    }

    @Override
    public double b1(int n) {
        return -threshold[n];
    }

    @Override
    public double threshold(int t, int n) {
        return threshold[n];
    }

    @Override
    public boolean fires(double compared, double limit) {
        return compared >= limit;
    }
}
