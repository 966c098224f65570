package io.spikelet.hal.crossbar;

/**
 * How the writing of a layer went.
 *
 * @param cells written, spares among them
 * @param failed of the cells now in use, those that read beyond the tolerance when last written
 * @param pulses of all cells
 * @param spares columns that took the place of another
 * @param compensated cells whose neighbour of the pair was written so as to make up for them
 */
public record WriteReport(long cells, long failed, long pulses, long spares, long compensated) {
    WriteReport plus(WriteReport other) {
        return new WriteReport(
                cells + other.cells,
                failed + other.failed,
                pulses + other.pulses,
                spares + other.spares,
                compensated + other.compensated);
    }
}
