package io.spikelet.host.reference;

import io.spikelet.host.graph.Profile;
import java.util.Arrays;

/** Integrates, and fires if it does; keeps membrane and, behind a synapse, synaptic current between steps. */
final class NeuronStep implements MembraneStep {
    private final NeuronCoefficients coefficients;
    private final float[] arriving;
    private final float[] output;
    private final float[] membrane;
    private final float[] current;

    /** Spikes of the latest step. */
    private final float[] fired;

    /** (neurons) the membrane as the threshold met it, before any reset. */
    private final float[] integrated;

    /** (neurons) who fires, whatever the membranes say; null where these decide. */
    private int[] imposed;

    NeuronStep(NeuronCoefficients coefficients, float[] arriving, float[] output) {
        this.coefficients = coefficients;
        this.arriving = arriving;
        this.output = output;
        this.membrane = new float[output.length];
        this.integrated = new float[output.length];
        this.current = new float[coefficients.currentDecay().length];
        this.fired = new float[output.length];
    }

    @Override
    public void reset() {
        Arrays.fill(membrane, 0);
        Arrays.fill(integrated, 0);
        Arrays.fill(current, 0);
        Arrays.fill(fired, 0);
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
        return coefficients;
    }

    @Override
    public void impose(int[] spikes) {
        imposed = spikes;
    }

    @Override
    public float[] current() {
        return current;
    }

    @Override
    public void run() {
        float[] drive = arriving;
        if (current.length > 0) {
            float[] decay = coefficients.currentDecay();
            float[] gain = coefficients.currentGain();
            for (int i = 0; i < current.length; i++) {
                current[i] = decay[i] * current[i] + gain[i] * arriving[i];
            }
            drive = current;
        }
        float[] decay = coefficients.decay();
        float[] gain = coefficients.gain();
        float[] leak = coefficients.leak();
        float[] threshold = coefficients.threshold();
        float[] reset = coefficients.reset();
        NeuronCoefficients.Rule rule = coefficients.rule();
        boolean owes = rule.reset() == Profile.Reset.SUBTRACT_IN_NEXT_STEP;
        for (int i = 0; i < membrane.length; i++) {
            float potential = decay[i] * membrane[i] + gain[i] * drive[i] + leak[i];
            if (owes && fired[i] > 0) {
                potential -= fired[i] * threshold[i];
            }
            if (rule.hasFloor()) {
                potential = Math.max(potential, -threshold[i]);
            }
            integrated[i] = potential;
            fired[i] = imposed == null ? spikes(potential, threshold[i], rule) : imposed[i];
            membrane[i] = fired[i] == 0 || owes
                    ? potential
                    : rule.reset() == Profile.Reset.TO_VALUE ? reset[i] : potential - fired[i] * threshold[i];
            output[i] = fired[i];
        }
        if (!coefficients.fires()) {
            System.arraycopy(membrane, 0, output, 0, output.length);
        }
    }

    private static float spikes(float membrane, float threshold, NeuronCoefficients.Rule rule) {
        boolean fires = rule.atLeast() ? membrane >= threshold : membrane > threshold;
        if (!fires || !rule.many()) {
            return fires ? 1 : 0;
        }
        double fit = membrane / threshold;
        return (float) (rule.atLeast() ? Math.floor(fit) : Math.ceil(fit) - 1);
    }
}
