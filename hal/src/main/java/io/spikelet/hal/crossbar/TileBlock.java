package io.spikelet.hal.crossbar;

import java.util.ArrayList;
import java.util.List;

/**
 * Which part of a layer a tile holds.
 *
 * @param number of the tile on its device
 */
record TileBlock(int number, int firstRow, int rows, int firstOutput, int outputs) {
    /** Cuts a layer into as few blocks as there can be; the last ones of a row or column are what is left. */
    static List<TileBlock> of(int inputs, int outputs, CrossbarSetup setup) {
        int mostRows = setup.size().rows();
        int mostOutputs = setup.outputsPerTile();
        List<TileBlock> blocks = new ArrayList<>();
        for (int j = 0; j < outputs; j += mostOutputs) {
            for (int i = 0; i < inputs; i += mostRows) {
                blocks.add(new TileBlock(
                        blocks.size(), i, Math.min(mostRows, inputs - i), j, Math.min(mostOutputs, outputs - j)));
            }
        }
        return blocks;
    }

    static long count(int inputs, int outputs, CrossbarSetup setup) {
        return (long) Math.ceilDiv(inputs, setup.size().rows()) * Math.ceilDiv(outputs, setup.outputsPerTile());
    }
}
