package io.spikelet.host.reference;

/** Adds up what several edges bring into one node, in the order of the edges. */
record SumStep(float[][] sources, float[] output) implements Step {
    @Override
    public void run() {
        System.arraycopy(sources[0], 0, output, 0, output.length);
        for (int k = 1; k < sources.length; k++) {
            float[] source = sources[k];
            for (int i = 0; i < output.length; i++) {
                output[i] += source[i];
            }
        }
    }
}
