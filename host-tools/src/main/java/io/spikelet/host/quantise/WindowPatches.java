package io.spikelet.host.quantise;

import io.spikelet.host.graph.Node;
import io.spikelet.model.Shape;

/**
 * Which inputs each row of a layer of weights meets at each output position, in the order of the row's weights.
 *
 * @param groups of rows, which meet channels of their own
 * @param inputs of a row
 * @param positions of outputs
 * @param place (groups, positions, inputs) where an input lies in the map, −1 in the padding
 */
record WindowPatches(int groups, int inputs, int positions, int[] place) {

    /** A dense layer meets all inputs at once. */
    static WindowPatches whole(int inputs) {
        int[] place = new int[inputs];
        for (int i = 0; i < inputs; i++) {
            place[i] = i;
        }
        return new WindowPatches(1, inputs, 1, place);
    }

    static WindowPatches of(Node.Conv2d conv, Shape in, Shape out) {
        int[] weight = conv.weight().shape();
        int inputs = weight[1] * weight[2] * weight[3];
        int[] place = new int[conv.groups() * out.area() * inputs];
        int at = 0;
        for (int group = 0; group < conv.groups(); group++) {
            for (int position = 0; position < out.area(); position++) {
                int top = position / out.width() * conv.stride()[0] - conv.padding()[0];
                int left = position % out.width() * conv.stride()[1] - conv.padding()[1];
                for (int c = group * weight[1]; c < (group + 1) * weight[1]; c++) {
                    for (int ky = 0; ky < weight[2]; ky++) {
                        for (int kx = 0; kx < weight[3]; kx++) {
                            int y = top + ky * conv.dilation()[0];
                            int x = left + kx * conv.dilation()[1];
                            boolean inside = y >= 0 && y < in.height() && x >= 0 && x < in.width();
                            place[at++] = inside ? (c * in.height() + y) * in.width() + x : -1;
                        }
                    }
                }
            }
        }
        return new WindowPatches(conv.groups(), inputs, out.area(), place);
    }

    /** Copies what a row of a group meets at a position. */
    void copy(float[] map, int group, int position, float[] into) {
        int first = (group * positions + position) * inputs;
        for (int i = 0; i < inputs; i++) {
            int from = place[first + i];
            into[i] = from < 0 ? 0 : map[from];
        }
    }
}
