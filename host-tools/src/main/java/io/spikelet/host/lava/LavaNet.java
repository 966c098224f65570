package io.spikelet.host.lava;

import io.spikelet.model.Shape;
import java.util.List;

/**
 * A lava-dl network as its file says it.
 *
 * @param name the file's
 * @param digest SHA-256 of the file, hex
 * @param input the extent of the spikes that it takes
 * @param blocks in the order in which spikes pass them
 */
public record LavaNet(String name, String digest, Shape input, List<LavaBlock> blocks) {
    public LavaNet {
        blocks = List.copyOf(blocks);
    }

    /** The extent of the last spikes; before they are averaged, where a block does. */
    public Shape output() {
        for (LavaBlock block : blocks.reversed()) {
            if (!(block instanceof LavaBlock.Average)) {
                return block.shape();
            }
        }
        return input;
    }

    /** How many weights it has. */
    public long weights() {
        long weights = 0;
        for (LavaBlock block : blocks) {
            if (block instanceof LavaBlock.Weighted weighted) {
                weights += weighted.synapse().weights().length;
            }
        }
        return weights;
    }
}
