package io.spikelet.host.layers;

import io.spikelet.host.graph.ImportException;
import io.spikelet.host.graph.InvalidGraphException;
import io.spikelet.host.graph.Node;
import io.spikelet.host.graph.Tensor;
import io.spikelet.model.Shape;

/**
 * A batch norm as it is run: {@code gamma · (x − mean) / √(var + eps) + beta}, perhaps with a row a step.
 *
 * @param gamma what the file calls gamma times its scale
 */
record Norm(Table gamma, Table beta, Table mean, Table variance, double eps) {

    /** The same as {@code factor · x + offset}. */
    record Line(Table factor, Table offset) {
        boolean isSteady() {
            return factor.steps() == 1 && offset.steps() == 1;
        }

        /** Whether rows of weights can take it. */
        boolean isPerRow(int rows) {
            return isSteady() && fitsRows(factor, rows) && fitsRows(offset, rows);
        }

        private static boolean fitsRows(Table table, int rows) {
            return table.row() == 1 || table.row() == rows;
        }

        /** Weights that give what they gave, on this line; in double, rounded once. */
        Node.Affine in(Node.Affine affine) {
            return new Node.Affine(
                    weights(affine.weight()),
                    bias(affine.bias(), affine.weight().shape()[0]));
        }

        Node.Conv2d in(Node.Conv2d conv) {
            return new Node.Conv2d(
                    weights(conv.weight()),
                    bias(conv.bias(), conv.weight().shape()[0]),
                    conv.stride(),
                    conv.padding(),
                    conv.dilation(),
                    conv.groups(),
                    conv.inputShape());
        }

        private Tensor weights(Tensor weight) {
            int row = weight.size() / weight.shape()[0];
            double[] values = new double[weight.size()];
            for (int i = 0; i < values.length; i++) {
                values[i] = weight.values()[i] * at(factor, i / row);
            }
            return new Tensor(new Table("weight", 1, values).asRow().values(), weight.shape());
        }

        private Tensor bias(Tensor bias, int rows) {
            double[] values = new double[rows];
            for (int c = 0; c < rows; c++) {
                values[c] = (bias == null ? 0 : bias.at(c)) * at(factor, c) + at(offset, c);
            }
            return new Table("bias", 1, values).asRow();
        }

        private static double at(Table table, int row) {
            return table.values()[table.row() == 1 ? 0 : row];
        }
    }

    static Norm of(LayerFields fields) throws ImportException {
        double scale = fields.number("scale", 1);
        return new Norm(
                fields.table("gamma", 1).map(gamma -> scale * gamma),
                fields.table("beta", 0),
                fields.table("mean"),
                fields.table("var"),
                fields.number("eps", 1e-5));
    }

    /** @throws InvalidGraphException when a variance is below 0 */
    Line line(Shape shape) {
        Table deviation = variance.map(value -> {
            if (!(value >= 0 && value + eps > 0)) {
                throw new InvalidGraphException("'var' and 'eps' are " + value + " and " + eps
                        + "; a variance is 0 or more, and together they are above 0");
            }
            return Math.sqrt(value + eps);
        });
        Table factor = gamma.with(deviation, shape, (g, d) -> g / d);
        return new Line(factor, factor.with(mean, shape, (f, m) -> -f * m).with(beta, shape, Double::sum));
    }
}
