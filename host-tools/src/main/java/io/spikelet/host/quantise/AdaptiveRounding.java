package io.spikelet.host.quantise;

/**
 * Rounds a row so that what it adds to a membrane is right, not each weight: with errors {@code δ = scale·code − w} and
 * the second moments M of the inputs' traces it makes {@code δᵀ M δ} small, the mean square of the membrane's error
 * (docs/quantisation.md, Q8). Which weights go up is searched coordinate by coordinate from the nearest codes, each step
 * a strict gain (the objective of Nagel et al., "Up or Down?", arXiv 2004.10568, equation 13, with traces in the place of
 * inputs).
 */
final class AdaptiveRounding implements Rounding {
    private static final int SWEEPS = 50;

    /** Of the mean square, added to every one, so that inputs which never came keep their nearest codes. */
    private static final double RIDGE = 0.01;

    private final InputMoments moments;
    private final int rowsOfGroup;

    /** (groups, blocks) (width, width). */
    private final double[][][] products;

    /** @param rows of the whole layer */
    AdaptiveRounding(InputMoments moments, int rows) {
        this.moments = moments;
        rowsOfGroup = rows / moments.groups();
        products = new double[moments.groups()][moments.blocks()][];
        for (int g = 0; g < moments.groups(); g++) {
            for (int b = 0; b < moments.blocks(); b++) {
                products[g][b] = moments.products(g, b);
            }
            stiffen(products[g]);
        }
    }

    /** Adds the ridge of a group, the same for all of its inputs. */
    private void stiffen(double[][] blocks) {
        double trace = 0;
        int inputs = 0;
        for (int b = 0; b < blocks.length; b++) {
            int width = moments.width(b);
            for (int i = 0; i < width; i++) {
                trace += blocks[b][i * width + i];
            }
            inputs += width;
        }
        double ridge = trace == 0 ? 1 : RIDGE * trace / inputs;
        for (int b = 0; b < blocks.length; b++) {
            int width = moments.width(b);
            for (int i = 0; i < width; i++) {
                blocks[b][i * width + i] += ridge;
            }
        }
    }

    @Override
    public void round(float[] weights, int from, int length, float scale, int limit, byte[] codes) {
        search(weights, from, length, scale, limit, codes, from);
    }

    @Override
    public double error(float[] weights, int from, int length, float scale, int limit) {
        return search(weights, from, length, scale, limit, new byte[length], 0);
    }

    /** @return the error that is left */
    private double search(float[] weights, int from, int length, float scale, int limit, byte[] codes, int into) {
        int group = from / length / rowsOfGroup;
        double error = 0;
        for (int b = 0; b < moments.blocks(); b++) {
            int first = moments.first(b);
            error += search(
                    weights, from + first, moments.width(b), scale, limit, products[group][b], codes, into + first);
        }
        return error;
    }

    private static double search(
            float[] weights, int from, int width, double scale, int limit, double[] m, byte[] codes, int into) {
        double[] delta = new double[width];
        for (int i = 0; i < width; i++) {
            codes[into + i] = (byte) Math.clamp(Math.rint(weights[from + i] / scale), -limit, limit);
            delta[i] = codes[into + i] * scale - weights[from + i];
        }
        double[] slope = new double[width];
        for (int i = 0; i < width; i++) {
            addColumn(slope, m, i * width, delta[i]);
        }
        boolean better = true;
        for (int sweep = 0; better && sweep < SWEEPS; sweep++) {
            better = false;
            for (int i = 0; i < width; i++) {
                double curvature = m[i * width + i];
                double wanted = weights[from + i] + delta[i] - slope[i] / curvature;
                byte code = (byte) Math.clamp(Math.rint(wanted / scale), -limit, limit);
                double change = (code - codes[into + i]) * scale;
                if (change != 0 && change * (2 * slope[i] + change * curvature) < 0) {
                    codes[into + i] = code;
                    delta[i] += change;
                    addColumn(slope, m, i * width, change);
                    better = true;
                }
            }
        }
        double error = 0;
        for (int i = 0; i < width; i++) {
            error += delta[i] * slope[i];
        }
        return error;
    }

    private static void addColumn(double[] slope, double[] m, int at, double times) {
        for (int j = 0; j < slope.length; j++) {
            slope[j] += times * m[at + j];
        }
    }
}
