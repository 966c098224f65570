package io.spikelet.engine;

import io.spikelet.model.Parameter;
import io.spikelet.model.Shape;
import java.util.Arrays;

/** A neuron parameter that holds throughout, or has a row for each time step; kept as compact as the image has it. */
final class StepTable {
    private final int rows;

    /** (rows, parameter) as in the image. */
    private final int[] table;

    /** (neurons) the present row, one value a neuron; where there is but one row, that one for good. */
    private final int[] present;

    private final int rowLength;

    /** Neurons that share one value of a row. */
    private final int sharing;

    /**
     * @param rows 1, or at least the network's time steps
     * @param table (rows, parameter) where the parameter is one value, one a channel or one a neuron
     */
    StepTable(int rows, int[] table, Shape shape) {
        this.rows = rows;
        this.table = table;
        rowLength = table.length / rows;
        present = Parameter.perNeuron(Arrays.copyOf(table, rowLength), shape);
        sharing = present.length / rowLength;
    }

    /** (neurons) the values of step t; the own array, which a learner may change where the table is constant. */
    int[] at(int t) {
        if (rows > 1) {
            int row = t * rowLength;
            for (int p = 0; p < rowLength; p++) {
                Arrays.fill(present, p * sharing, (p + 1) * sharing, table[row + p]);
            }
        }
        return present;
    }
}
