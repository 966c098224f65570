package io.spikelet.host.lava;

import io.spikelet.model.Shape;

/** One block of a lava-dl network, checked against what reaches it. */
public sealed interface LavaBlock {
    /** Where it stands in the file: {@code layer/0}. */
    String place();

    /** The word that the file has for it. */
    String kind();

    /** The extent of what it gives. */
    Shape shape();

    /** The network's input spikes, one step late. */
    record Input(String place, Shape shape) implements LavaBlock {
        @Override
        public String kind() {
            return "input";
        }
    }

    /** A renaming of planes into a vector; nothing is computed, and nothing is late. */
    record Flatten(String place, Shape shape) implements LavaBlock {
        @Override
        public String kind() {
            return "flatten";
        }
    }

    /** The last block: each class is the mean of as many neurons. */
    record Average(String place, Shape shape) implements LavaBlock {
        @Override
        public String kind() {
            return "average";
        }
    }

    /**
     * Synapses, the neurons behind them, and how long their spikes travel.
     *
     * @param delay 1 or more steps, once, a channel or a neuron; the first is the chip's own, the others are the file's
     */
    record Weighted(String place, Shape shape, LavaSynapse synapse, CubaNeuron neuron, int[] delay)
            implements LavaBlock {
        @Override
        public String kind() {
            return switch (synapse) {
                case LavaSynapse.Dense _ -> "dense";
                case LavaSynapse.Conv _ -> "conv";
                case LavaSynapse.Pool _ -> "pool";
            };
        }
    }
}
