package io.spikelet.host.quantise;

/**
 * Binary and ternary: signs times the mean of what they stand for.
 *
 * @param share a weight is 0 unless it exceeds this share of its row's mean; 0 where every weight has a sign
 */
record SignCoder(double share, boolean powersOfTwo) implements RowCoder {
    @Override
    public float scale(float[] weights, int from, int length, int row) {
        double sum = 0;
        int count = 0;
        for (int at = from; at < from + length; at += row) {
            double limit = limit(weights, at, row);
            for (int i = at; i < at + row; i++) {
                if (Math.abs(weights[i]) > limit) {
                    sum += Math.abs(weights[i]);
                    count++;
                }
            }
        }
        float mean = (float) (count == 0 ? 0 : sum / count);
        return powersOfTwo ? RowCoder.nearestPower(mean) : mean;
    }

    @Override
    public void code(float[] weights, int from, int length, float scale, byte[] codes) {
        double limit = limit(weights, from, length);
        for (int i = from; i < from + length; i++) {
            codes[i] = (byte) (Math.abs(weights[i]) <= limit ? 0 : weights[i] < 0 ? -1 : 1);
        }
    }

    /** What a weight must exceed to have a sign; −1 where it need not. */
    private double limit(float[] weights, int from, int row) {
        if (share == 0) {
            return -1;
        }
        double sum = 0;
        for (int i = from; i < from + row; i++) {
            sum += Math.abs(weights[i]);
        }
        return share * (sum / row);
    }
}
