package io.spikelet.engine.gather;

import io.spikelet.model.Shape;

/**
 * What a stage reads: spike maps whose sum is its input, or dense values.
 *
 * @param shape extent
 * @param maps (1 or more) added up; null when values are read
 * @param values (channels, height, width) channels first; null when maps are read
 * @param maximum the largest value, 1 for a single map; values may be negative down to −maximum
 * @param signed whether values may be negative
 * @param constant whether it is the same at every step of a sample
 */
public record Source(Shape shape, SpikeMap[] maps, int[] values, int maximum, boolean signed, boolean constant) {

    /** Spikes, or a sum of spikes. */
    public static Source of(Shape shape, boolean constant, SpikeMap... maps) {
        return new Source(shape, maps, null, maps.length, false, constant);
    }

    /** Values that a plain kernel or an encoder wrote. */
    public static Source of(Shape shape, int[] values, int maximum, boolean signed, boolean constant) {
        return new Source(shape, null, values, maximum, signed, constant);
    }

    boolean isValued() {
        return maps == null;
    }

    boolean isOneMap() {
        return maps != null && maps.length == 1;
    }

    /** @param rows the weights that the lists will be read for */
    RowLists lists(WeightRows rows) {
        boolean nibbles = isValued() && Nibbles.serve(rows, this);
        return new RowLists(rows.window(), isValued() ? 1 : maps.length, isValued(), nibbles);
    }

    void list(RowLists lists, Lister lister) {
        if (isValued()) {
            lists.list(values);
        } else {
            lists.list(maps, lister);
        }
    }
}
