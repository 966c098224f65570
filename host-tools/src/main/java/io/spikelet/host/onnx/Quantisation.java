package io.spikelet.host.onnx;

/**
 * What the integers of a quantised activation mean, {@code real = scale · (code − zero)}.
 *
 * @param scale above 0
 * @param zero the code of 0
 * @param lowest the smallest code, of the type: 0 or −128
 * @param highest the largest code: 255 or 127
 */
record Quantisation(float scale, int zero, int lowest, int highest) {

    /** Whether no code means a value below 0, so that quantising cuts off like a ReLU. */
    boolean cutsBelowZero() {
        return zero == lowest;
    }

    /** The largest real value. */
    float ceiling() {
        return scale * (highest - zero);
    }
}
