package io.spikelet.hal.tinyodin;

import io.spikelet.hal.coprocessor.SynapseLayer;

/**
 * Four bytes of the chip that are read again and again: they answer as long as host and chip agree where a transaction
 * begins, and nothing has gone over the memory. The last neuron's word where the layer has no use for it, else the last
 * row of weights, else four weights of the layer itself.
 */
final class Canary {
    /** All different, none like a bus that is stuck. */
    private static final int[] PATTERN = {0xa5, 0x5a, 0x33, 0xcc};

    private static final int LAST = 255;

    private final long[] reads = new long[PATTERN.length];
    private final long[] writes = new long[PATTERN.length];
    private final int[] expected = PATTERN.clone();

    Canary(SynapseLayer layer) {
        for (int at = 0; at < reads.length; at++) {
            if (layer.outputs() <= LAST) {
                reads[at] = SpiCode.readNeuron(LAST, at);
                writes[at] = SpiCode.writeNeuron(LAST, at, 0, expected[at]);
            } else {
                int pre = layer.inputs() <= LAST ? LAST : LAST - at;
                int post = LAST - 2 * at;
                if (layer.inputs() > LAST) {
                    expected[at] = OdinHost.pair(layer.weights(), pre, post & ~1, layer.outputs());
                }
                reads[at] = SpiCode.readSynapses(pre, post);
                writes[at] = SpiCode.writeSynapses(pre, post, 0, expected[at]);
            }
        }
    }

    void write(SpiBurst burst) {
        for (long code : writes) {
            burst.add(code);
        }
    }

    /** Adds the reads; they end a burst of writes too, whose last one needs another transaction behind it. */
    void read(SpiBurst burst) {
        for (long code : reads) {
            burst.add(code);
        }
    }

    /** @param from which answer of the burst is the first of {@link #read} */
    boolean sings(SpiBurst burst, int from) {
        boolean sings = true;
        for (int at = 0; at < expected.length; at++) {
            sings &= burst.answer(from + at) == expected[at];
        }
        return sings;
    }
}
