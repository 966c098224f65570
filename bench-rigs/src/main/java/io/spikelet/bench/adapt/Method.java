package io.spikelet.bench.adapt;

import io.spikelet.bench.scratch.ScratchNetwork;
import java.util.List;

/** What is done with the trained integer network. */
enum Method {
    FROZEN("frozen", List.of()),
    LAST_LAYER("last layer only", List.of(ScratchNetwork.LEARNING.getLast())),
    SHUFFLED("shuffled labels", ScratchNetwork.LEARNING),
    ADAPTED("integers, adapted", ScratchNetwork.LEARNING);

    private final String label;
    private final List<Integer> learning;

    Method(String label, List<Integer> learning) {
        this.label = label;
        this.learning = learning;
    }

    String label() {
        return label;
    }

    /** The layers that learn. */
    List<Integer> learning() {
        return learning;
    }
}
