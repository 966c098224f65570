package io.spikelet.host.reference;

import java.util.Arrays;

/** Integrates, and fires if it does; keeps membrane and, behind a synapse, synaptic current between steps. */
final class NeuronStep implements Step {
    private final NeuronCoefficients coefficients;
    private final float[] arriving;
    private final float[] output;
    private final float[] membrane;
    private final float[] current;

    NeuronStep(NeuronCoefficients coefficients, float[] arriving, float[] output) {
        this.coefficients = coefficients;
        this.arriving = arriving;
        this.output = output;
        this.membrane = new float[output.length];
        this.current = new float[coefficients.currentDecay().length];
    }

    @Override
    public boolean isStateless() {
        return false;
    }

    @Override
    public void reset() {
        Arrays.fill(membrane, 0);
        Arrays.fill(current, 0);
    }

    float[] membrane() {
        return membrane;
    }

    float[] current() {
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
        boolean subtracts = coefficients.subtracts();
        for (int i = 0; i < membrane.length; i++) {
            float integrated = decay[i] * membrane[i] + gain[i] * drive[i] + leak[i];
            boolean fires = integrated > threshold[i];
            membrane[i] = fires ? subtracts ? integrated - threshold[i] : reset[i] : integrated;
            output[i] = fires ? 1 : 0;
        }
        if (!coefficients.fires()) {
            System.arraycopy(membrane, 0, output, 0, output.length);
        }
    }
}
