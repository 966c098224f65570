package io.spikelet.hal.crossbar;

import static io.spikelet.hal.crossbar.CrossbarSetup.within;

/**
 * The arrays of a crossbar device and their lines.
 *
 * @param rows inputs of a tile at most
 * @param columns bit lines of a tile at most, all counted: cells of weights, reference, spares, and one canary
 * @param spares columns a tile keeps free for those that do not come out right
 * @param tiles that the device has
 * @param word Ω of a word-line segment
 * @param bit Ω of a bit-line segment
 * @param driver Ω of a row's driver
 * @param sense Ω from a bit line's end to ground
 */
public record TileSize(
        int rows, int columns, int spares, int tiles, double word, double bit, double driver, double sense) {
    public TileSize {
        within("rows", rows, 1, 4096);
        within("columns", columns, 2, 4096);
        within("spares", spares, 0, 1024);
        within("tiles", tiles, 1, 1_000_000);
        within("word", word, 0, 1e6);
        within("bit", bit, 0, 1e6);
        within("driver", driver, 0, 1e6);
        within("sense", sense, 0, 1e6);
    }

    boolean perfectLines() {
        return word == 0 && bit == 0 && driver == 0 && sense == 0;
    }
}
