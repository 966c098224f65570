package io.spikelet.learn;

/** Parameters as an image holds them: one value a channel where that says all, else one a neuron. */
final class PerChannel {
    private PerChannel() {}

    /** @param values (neurons) channel by channel */
    static int[] of(int[] values, int channels) {
        int area = values.length / channels;
        int[] once = new int[channels];
        for (int n = 0; n < values.length; n++) {
            if (n % area == 0) {
                once[n / area] = values[n];
            } else if (values[n] != once[n / area]) {
                return values.clone();
            }
        }
        return once;
    }
}
