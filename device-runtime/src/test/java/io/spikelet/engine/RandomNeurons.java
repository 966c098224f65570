package io.spikelet.engine;

import io.spikelet.model.Operation;
import io.spikelet.model.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Neurons of random parameters, once, once a channel or once a neuron, with and without tables. */
final class RandomNeurons {
    /** What a drive may pull at one step, so that a membrane stays within 32 bits over all steps. */
    private static final int PULL = 1 << 26;

    final RandomWeights weights;
    private final Random random;
    private final int timeSteps;

    RandomNeurons(Random random, int timeSteps) {
        this.random = random;
        this.timeSteps = timeSteps;
        weights = new RandomWeights(random);
    }

    /** @param maxima what each edge may carry */
    Operation.Neuron any(Shape shape, List<Integer> maxima) {
        List<Operation.Drive> drives = new ArrayList<>();
        long pull = 1;
        for (int maximum : maxima) {
            int gain = 1 + random.nextInt(Math.clamp(PULL / maximum, 1, 40));
            pull = Math.max(pull, (long) gain * maximum);
            drives.add(drive(shape, gain, (int) Math.min(pull / 20 + 1, 1 << 20)));
        }
        int threshold = (int) Math.max(2, pull * (1 + random.nextInt(20)) / 100);
        boolean soft = random.nextBoolean();
        int leak = random.nextInt(32769);
        int reset = soft ? -(int) ((long) leak * threshold >> 15) : 5;
        int rows = rows();
        return new Operation.Neuron(
                        random.nextBoolean() ? Operation.Comparison.STRICTLY_ABOVE : Operation.Comparison.AT_OR_ABOVE,
                        random.nextInt(3) == 0 ? new int[] {random.nextInt(32769)} : new int[0],
                        new int[] {leak},
                        table(shape, 1, random.nextInt(21) - 10),
                        new int[] {soft ? leak : 0},
                        table(shape, 1, reset),
                        new int[] {threshold},
                        drives,
                        new float[] {1f / threshold},
                        0)
                .withThreshold(rows, table(shape, rows, threshold))
                .withFloor(random.nextInt(4) == 0 ? table(shape, 1, -threshold / 2) : new int[0]);
    }

    /** Gives its input as its potential, and keeps nothing. */
    Operation.Neuron accumulator(Shape shape) {
        int[] nothing = {0};
        return new Operation.Neuron(
                        Operation.Comparison.STRICTLY_ABOVE,
                        new int[0],
                        nothing,
                        nothing,
                        nothing,
                        nothing,
                        nothing,
                        List.of(drive(shape, 1, 50)),
                        new float[] {1},
                        0)
                .withOutput(Operation.Neuron.Output.POTENTIAL, 1);
    }

    Operation.Drive drive(Shape shape, int gain, int bias) {
        int rows = rows();
        return new Operation.Drive(
                rows,
                table(shape, rows, gain),
                table(shape, rows, bias - random.nextInt(2 * bias)),
                random.nextBoolean());
    }

    private int rows() {
        return random.nextInt(3) == 0 ? timeSteps + random.nextInt(2) : 1;
    }

    /** The base value, give or take a tenth. */
    private int[] table(Shape shape, int rows, int base) {
        int[] lengths = {1, shape.channels(), shape.size()};
        int[] values = new int[rows * lengths[random.nextInt(3)]];
        for (int i = 0; i < values.length; i++) {
            values[i] = base + random.nextInt(Math.abs(base) / 10 + 1);
        }
        return values;
    }
}
