package io.spikelet.host.quantise;

/**
 * Rounds weights to integers so that the sum over each kernel is right to half an LSB as well (docs/quantisation.md, Q1).
 * What neighbouring pixels or spikes have in common, most of it, meets the kernel's sum; rounding each weight to its
 * nearest integer alone leaves that sum wrong by √(size/12) LSBs.
 *
 * @param stretch weights of one kernel, which follow each other; 1 where neighbours have nothing in common
 */
record KernelRounding(int stretch) implements Rounding {

    /**
     * Each weight half to even, then those of a kernel that came nearest to the other side go there, until the sum is
     * right.
     */
    @Override
    public void round(float[] weights, int from, int length, float scale, int limit, byte[] codes) {
        for (int kernel = from; kernel < from + length; kernel += stretch) {
            double missing = 0;
            for (int i = kernel; i < kernel + stretch; i++) {
                double exact = (double) weights[i] / scale;
                codes[i] = (byte) Math.clamp(Math.rint(exact), -limit, limit);
                missing += exact - codes[i];
            }
            while (stretch > 1 && Math.abs(missing) > 0.5) {
                int way = missing > 0 ? 1 : -1;
                int nearest = nearest(weights, kernel, scale, limit, codes, way);
                if (nearest < 0) {
                    break;
                }
                codes[nearest] += (byte) way;
                missing -= way;
            }
        }
    }

    /** Of each weight alone: what a kernel's sum moves is not looked at. */
    @Override
    public double error(float[] weights, int from, int length, float scale, int limit) {
        double error = 0;
        for (int i = from; i < from + length; i++) {
            double code = Math.clamp(Math.rint((double) weights[i] / scale), -limit, limit);
            error += (code * scale - weights[i]) * (code * scale - weights[i]);
        }
        return error;
    }

    /** The weight that one LSB more, or less, changes for the worse the least; −1 where none has room. */
    private int nearest(float[] weights, int kernel, float scale, int limit, byte[] codes, int way) {
        int nearest = -1;
        double most = Double.NEGATIVE_INFINITY;
        for (int i = kernel; i < kernel + stretch; i++) {
            double wanted = ((double) weights[i] / scale - codes[i]) * way;
            if (wanted > most && Math.abs(codes[i] + way) <= limit) {
                most = wanted;
                nearest = i;
            }
        }
        return nearest;
    }
}
