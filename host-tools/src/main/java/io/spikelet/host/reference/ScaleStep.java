package io.spikelet.host.reference;

/** Multiplies each value by its factor. */
record ScaleStep(float[] factor, float[] arriving, float[] output) implements Step {
    @Override
    public void run() {
        for (int i = 0; i < output.length; i++) {
            output[i] = arriving[i] * factor[i];
        }
    }
}
