package io.spikelet.bench.adapt;

import java.util.List;

/**
 * What one subject puts a board through, in order.
 *
 * @param subject whose signals these are
 * @param inputs bytes of a vector
 * @param vectors (count, inputs) unsigned
 * @param labels (count) 0..classes − 1
 * @param before vectors from which the network is trained
 * @param heldOut vectors from the same situation that nothing learns; what must not be forgotten
 * @param plain (count, …) the yardstick's own features, or empty where it has none
 */
record Course(
        String subject,
        int inputs,
        int classes,
        byte[] vectors,
        byte[] labels,
        int[] before,
        int[] heldOut,
        List<Stage> stages,
        int[] plain) {
    int count() {
        return labels.length;
    }

    int offset(int vector) {
        return vector * inputs;
    }

    int label(int vector) {
        return labels[vector];
    }
}
