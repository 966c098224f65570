package io.spikelet.bench.peers;

import io.spikelet.model.Shape;
import java.util.ArrayList;
import java.util.List;

/**
 * An {@link AnnTwin} with uint8 activations and int8 weights, all zero points 0, computed in plain Java: what ONNX
 * Runtime is held against. An activation is {@code clamp(rint(acc · multiplier), 0, 255)}; multipliers are powers of
 * two, chosen so that the largest accumulator of the calibration inputs just fits.
 *
 * @param twin shapes and weights
 * @param shifts (weighted layers) the multiplier is 2^−shift
 */
record Int8Twin(AnnTwin twin, List<Integer> shifts) {
    private static final int TOP = 255;

    Int8Twin {
        shifts = List.copyOf(shifts);
    }

    /** @param inputs (count) of (input) uint8 */
    static Int8Twin calibrate(AnnTwin twin, List<byte[]> inputs) {
        List<Integer> shifts = new ArrayList<>();
        List<byte[]> activations = inputs;
        for (AnnTwin.Stage stage : twin.stages()) {
            if (stage instanceof AnnTwin.Weighted weighted) {
                List<int[]> accumulators = activations.stream()
                        .map(input -> accumulate(weighted, input))
                        .toList();
                int largest = 1;
                for (int[] one : accumulators) {
                    for (int value : one) {
                        largest = Math.max(largest, value);
                    }
                }
                int shift = Math.max(0, Integer.SIZE - Integer.numberOfLeadingZeros(largest / (TOP + 1)));
                shifts.add(shift);
                activations =
                        accumulators.stream().map(one -> requantise(one, shift)).toList();
            } else {
                AnnTwin.MaxPool pool = (AnnTwin.MaxPool) stage;
                activations =
                        activations.stream().map(input -> pool(pool, input)).toList();
            }
        }
        return new Int8Twin(twin, shifts);
    }

    /**
     * @param input uint8, channels first
     * @return (output) uint8; what is negative became 0
     */
    byte[] infer(byte[] input) {
        byte[] activation = input;
        int k = 0;
        for (AnnTwin.Stage stage : twin.stages()) {
            activation = switch (stage) {
                case AnnTwin.Weighted weighted -> requantise(accumulate(weighted, activation), shifts.get(k++));
                case AnnTwin.MaxPool pool -> pool(pool, activation);
            };
        }
        return activation;
    }

    private static byte[] requantise(int[] accumulators, int shift) {
        byte[] activation = new byte[accumulators.length];
        for (int i = 0; i < activation.length; i++) {
            activation[i] = (byte) Math.clamp((long) Math.rint(Math.scalb((double) accumulators[i], -shift)), 0, TOP);
        }
        return activation;
    }

    private static int[] accumulate(AnnTwin.Weighted stage, byte[] input) {
        return stage.isDense() ? dense(stage, input) : convolve(stage, input);
    }

    private static int[] dense(AnnTwin.Weighted stage, byte[] input) {
        int[] accumulators = new int[stage.to().size()];
        for (int o = 0; o < accumulators.length; o++) {
            int sum = 0;
            for (int i = 0; i < input.length; i++) {
                sum += stage.weights()[o * input.length + i] * (input[i] & 0xff);
            }
            accumulators[o] = sum;
        }
        return accumulators;
    }

    private static int[] convolve(AnnTwin.Weighted stage, byte[] input) {
        Shape to = stage.to();
        int[] accumulators = new int[to.size()];
        for (int o = 0; o < to.channels(); o++) {
            for (int y = 0; y < to.height(); y++) {
                for (int x = 0; x < to.width(); x++) {
                    accumulators[(o * to.height() + y) * to.width() + x] = window(stage, input, o, y, x);
                }
            }
        }
        return accumulators;
    }

    private static int window(AnnTwin.Weighted stage, byte[] input, int o, int y, int x) {
        Shape from = stage.from();
        int kernel = stage.kernel();
        int sum = 0;
        for (int c = 0; c < from.channels(); c++) {
            for (int ky = 0; ky < kernel; ky++) {
                int row = y * stage.stride() + ky - stage.padding();
                for (int kx = 0; kx < kernel; kx++) {
                    int column = x * stage.stride() + kx - stage.padding();
                    if (row >= 0 && row < from.height() && column >= 0 && column < from.width()) {
                        sum += stage.weights()[((o * from.channels() + c) * kernel + ky) * kernel + kx]
                                * (input[(c * from.height() + row) * from.width() + column] & 0xff);
                    }
                }
            }
        }
        return sum;
    }

    private static byte[] pool(AnnTwin.MaxPool stage, byte[] input) {
        Shape from = stage.from();
        Shape to = stage.to();
        byte[] output = new byte[to.size()];
        for (int o = 0; o < output.length; o++) {
            int c = o / to.area();
            int y = o % to.area() / to.width();
            int x = o % to.width();
            int largest = 0;
            for (int ky = 0; ky < stage.window(); ky++) {
                for (int kx = 0; kx < stage.window(); kx++) {
                    int row = y * stage.window() + ky;
                    int column = x * stage.window() + kx;
                    largest = Math.max(largest, input[(c * from.height() + row) * from.width() + column] & 0xff);
                }
            }
            output[o] = (byte) largest;
        }
        return output;
    }
}
