package io.spikelet.host.reference;

/** Cuts each value off below 0 and above a ceiling. */
record ReluStep(float ceiling, float[] arriving, float[] output) implements Step {
    @Override
    public void run() {
        for (int i = 0; i < output.length; i++) {
            output[i] = Math.min(Math.max(arriving[i], 0), ceiling);
        }
    }
}
