package io.spikelet.model;

import io.spikelet.fixedpoint.Q15;

/** The sums inside of an attention gate, whose source fires 0 or 1, and what they are multiplied by. */
final class GateBounds {
    /** What a gate gives: a product of two factors of at most 1. */
    static final Range OUTPUT = Range.of(0, Q15.ONE);

    private GateBounds() {}

    /**
     * The largest absolute value of each.
     *
     * @param sum p or h, partial sums included; h before its negative part is cut
     * @param product p or q times its step
     */
    record Maxima(long sum, long product) {}

    static Maxima maxima(AttentionGate gate, Shape source) {
        long spatial = Math.abs((long) gate.spatialBias());
        for (byte weight : gate.spatialWeights()) {
            spatial += Math.abs(weight);
        }
        int channels = gate.spatialWeights().length;
        long[] hidden = new long[gate.hidden()];
        long worst = spatial;
        long excited = 0;
        for (int j = 0; j < hidden.length; j++) {
            for (int c = 0; c < channels; c++) {
                hidden[j] += (long) Math.abs(gate.squeeze()[j * channels + c]) * source.area();
            }
            worst = Math.max(worst, hidden[j]);
        }
        for (int c = 0; c < channels; c++) {
            long channel = 0;
            for (int j = 0; j < hidden.length; j++) {
                long weight = Math.abs(gate.excite()[c * hidden.length + j]);
                channel = SaturatingLong.sum(channel, SaturatingLong.product(weight, hidden[j]));
            }
            excited = Math.max(excited, channel);
        }
        return new Maxima(
                worst,
                Math.max(
                        SaturatingLong.product(spatial, Math.abs((long) gate.spatialStep())),
                        SaturatingLong.product(excited, Math.abs((long) gate.channelStep()))));
    }
}
