package io.spikelet.host.report;

import io.spikelet.model.Operation;
import io.spikelet.model.Shape;
import java.util.Arrays;
import java.util.Optional;

/**
 * The connections of a weighted layer, by the value that they come from; those into padding do not exist.
 *
 * @param all (inputs)
 * @param nonZero (inputs) those whose weight is not 0
 */
public record FanOut(int[] all, int[] nonZero) {

    /** Nothing for a layer without weights. */
    public static Optional<FanOut> of(Operation operation, Shape from, Shape to) {
        return switch (operation) {
            case Operation.Dense dense -> Optional.of(dense(dense));
            case Operation.Conv2d conv -> Optional.of(convolution(conv, from, to));
            default -> Optional.empty();
        };
    }

    private static FanOut dense(Operation.Dense dense) {
        int[] all = new int[dense.inputs()];
        Arrays.fill(all, dense.outputs());
        int[] nonZero = new int[dense.inputs()];
        for (int w = 0; w < dense.weights().length; w++) {
            nonZero[w % dense.inputs()] += dense.kind().value(dense.weights()[w]) == 0 ? 0 : 1;
        }
        return new FanOut(all, nonZero);
    }

    private static FanOut convolution(Operation.Conv2d conv, Shape from, Shape to) {
        int taps = conv.kernelHeight() * conv.kernelWidth();
        int depth = conv.inChannels() / conv.groups();
        int filters = conv.outChannels() / conv.groups();
        int[] nonZeroOfTap = new int[conv.inChannels() * taps];
        for (int w = 0; w < conv.weights().length; w++) {
            int filter = w / (depth * taps);
            int channel = filter / filters * depth + w / taps % depth;
            nonZeroOfTap[channel * taps + w % taps] += conv.kind().value(conv.weights()[w]) == 0 ? 0 : 1;
        }
        int[] all = new int[from.size()];
        int[] nonZero = new int[from.size()];
        for (int y = 0; y < to.height(); y++) {
            for (int x = 0; x < to.width(); x++) {
                for (int tap = 0; tap < taps; tap++) {
                    int fromY = y * conv.strideY() - conv.paddingY() + tap / conv.kernelWidth() * conv.dilationY();
                    int fromX = x * conv.strideX() - conv.paddingX() + tap % conv.kernelWidth() * conv.dilationX();
                    if (fromY < 0 || fromX < 0 || fromY >= from.height() || fromX >= from.width()) {
                        continue;
                    }
                    for (int channel = 0; channel < conv.inChannels(); channel++) {
                        int at = (channel * from.height() + fromY) * from.width() + fromX;
                        all[at] += filters;
                        nonZero[at] += nonZeroOfTap[channel * taps + tap];
                    }
                }
            }
        }
        return new FanOut(all, nonZero);
    }
}
