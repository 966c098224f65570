package io.spikelet.host.onnx;

/**
 * The integers of a linear node as a quantised file has them.
 *
 * @param codes in the order of the node's weights; 0 means 0
 * @param scale (rows) the real value of one LSB of a row
 * @param bias (rows) real values, or null
 */
record IntegerWeights(int[] codes, float[] scale, double[] bias) {}
