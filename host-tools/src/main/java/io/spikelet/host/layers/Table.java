package io.spikelet.host.layers;

import io.spikelet.host.graph.InvalidGraphException;
import io.spikelet.host.graph.Tensor;
import io.spikelet.model.Parameter;
import io.spikelet.model.Shape;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;

/**
 * A parameter over time: one row for all steps or one a step, of one value, one a channel or one a neuron.
 *
 * @param field its name in the file, for messages
 * @param values (steps, row)
 */
record Table(String field, int steps, double[] values) {
    private static final int MOST_VALUES = 1 << 24;

    static Table of(String field, double value) {
        return new Table(field, 1, new double[] {value});
    }

    static Table of(String field, int steps, Tensor tensor) {
        double[] values = new double[tensor.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = tensor.values()[i];
        }
        return new Table(field, steps, values);
    }

    int row() {
        return values.length / steps;
    }

    boolean fits(Shape shape) {
        return Parameter.fits(row(), shape);
    }

    Table map(DoubleUnaryOperator operator) {
        double[] mapped = new double[values.length];
        for (int i = 0; i < mapped.length; i++) {
            mapped[i] = operator.applyAsDouble(values[i]);
        }
        return new Table(field, steps, mapped);
    }

    /**
     * Both, value by value; the result has the longer rows and, where one has them, rows a step.
     *
     * @param shape that both fit
     * @throws InvalidGraphException when both have rows a step but not as many, or the result would be too large
     */
    Table with(Table other, Shape shape, DoubleBinaryOperator operator) {
        if (steps != other.steps && steps != 1 && other.steps != 1) {
            throw new InvalidGraphException("'" + field + "' has " + steps + " rows and '" + other.field + "' "
                    + other.steps + "; tables of one neuron cover the same steps");
        }
        int rows = Math.max(steps, other.steps);
        int row = Math.max(row(), other.row());
        if ((long) rows * row > MOST_VALUES) {
            throw new InvalidGraphException("'" + field + "' and '" + other.field + "' make a table of "
                    + (long) rows * row + " values, more than " + MOST_VALUES + "; give one value a channel");
        }
        double[] joined = new double[rows * row];
        for (int i = 0; i < joined.length; i++) {
            int neuron = i % row * (shape.size() / row);
            joined[i] = operator.applyAsDouble(at(i / row, neuron, shape), other.at(i / row, neuron, shape));
        }
        return new Table(steps == rows ? field : other.field, rows, joined);
    }

    private double at(int step, int neuron, Shape shape) {
        return values[(steps == 1 ? 0 : step * row()) + neuron / (shape.size() / row())];
    }

    /** (1, channels or neurons), of a table without steps. */
    Tensor asRow() {
        return Tensor.of(floats(), values.length);
    }

    /** (steps, parameter). */
    Tensor asTable() {
        return Tensor.of(floats(), steps, row());
    }

    private float[] floats() {
        float[] floats = new float[values.length];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = (float) values[i];
            if (!Float.isFinite(floats[i])) {
                throw new InvalidGraphException("'" + field + "' leaves the range of float once all is folded in, at"
                        + " index " + i + "; train or export again");
            }
        }
        return floats;
    }
}
