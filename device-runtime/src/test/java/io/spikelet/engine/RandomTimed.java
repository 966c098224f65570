package io.spikelet.engine;

import io.spikelet.model.EdgeDomain;
import io.spikelet.model.Encoder;
import io.spikelet.model.FirstSpike;
import io.spikelet.model.NetworkCheck;
import io.spikelet.model.Operation;
import io.spikelet.model.Pool2d;
import io.spikelet.model.Readout;
import io.spikelet.model.Shape;
import io.spikelet.model.SpikingNetwork;
import io.spikelet.model.WeightKind;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** Random networks whose spikes are coded as times. */
final class RandomTimed {
    private final Random random;
    private final RandomNeurons neurons;
    private final NetworkSketch sketch;
    private int window;

    RandomTimed(long seed) {
        random = new Random(seed);
        neurons = new RandomNeurons(random, 1);
        window = window();
        int[] times =
                IntStream.range(0, 256).map(v -> (255 - v) * (window + 1) / 256).toArray();
        sketch = new NetworkSketch(
                1,
                new Encoder.SpikeTimes(window, times),
                new Shape(1 + random.nextInt(2), 5, 4 + random.nextInt(3)),
                EdgeDomain.time(window));
    }

    private int window() {
        return new int[] {1, 7, 24, 255}[random.nextInt(4)];
    }

    SpikingNetwork build() {
        for (int layer = 0; layer < 1 + random.nextInt(3); layer++) {
            conv();
            fire();
            if (random.nextBoolean()) {
                pool();
            }
        }
        dense(10);
        fire();
        dense(6);
        if (random.nextBoolean()) {
            fire();
            return sketch.network(new Readout(Readout.Kind.FIRST_SPIKE, 3, 2, Readout.Exit.NEVER));
        }
        Shape shape = Shape.vector(6);
        sketch.add("output", neurons.accumulator(shape), shape, sketch.last());
        return sketch.network(new Readout(Readout.Kind.POTENTIAL, 3, 2, Readout.Exit.NEVER));
    }

    private void conv() {
        Shape from = sketch.shape(sketch.last());
        int outs = 1 + random.nextInt(4);
        int padding = from.height() < 2 ? 1 : random.nextInt(2);
        int stride = 1 + random.nextInt(2);
        Operation.Conv2d conv = new Operation.Conv2d(
                outs,
                from.channels(),
                2,
                2,
                stride,
                1,
                padding,
                1,
                1,
                1,
                1,
                WeightKind.LOG2,
                neurons.weights.codes(WeightKind.LOG2, outs * from.channels() * 4),
                new float[outs]);
        Shape shape = new Shape(
                outs,
                NetworkCheck.extent(from.height(), 2, stride, padding, 1),
                NetworkCheck.extent(from.width(), 2, 1, 1, 1));
        sketch.add("conv", conv, shape, sketch.last());
    }

    private void dense(int outputs) {
        int inputs = sketch.shape(sketch.last()).size();
        Operation.Dense dense = new Operation.Dense(
                outputs,
                inputs,
                WeightKind.LOG2,
                neurons.weights.codes(WeightKind.LOG2, outputs * inputs),
                new float[outputs]);
        sketch.add("dense", dense, Shape.vector(outputs), sketch.last());
    }

    private void fire() {
        window = window();
        int last = sketch.last();
        Shape shape = sketch.shape(last);
        int start = 1000 + random.nextInt(9000);
        int[] threshold = IntStream.range(0, window)
                .map(t -> Math.max(1, (int) (start * Math.pow(2, -t / 4.0))))
                .toArray();
        FirstSpike neuron = new FirstSpike(window, threshold, List.of(neurons.drive(shape, 2, 500)), 0);
        sketch.add("fire", neuron, shape, last);
    }

    private void pool() {
        Shape from = sketch.shape(sketch.last());
        if (from.height() < 2 || from.width() < 2) {
            return;
        }
        Pool2d pool = new Pool2d(Pool2d.Kind.MIN, 2, 2, 1 + random.nextInt(2), 2, 1, 0);
        Shape shape = new Shape(
                from.channels(),
                NetworkCheck.extent(from.height(), 2, pool.strideY(), 1, 1),
                NetworkCheck.extent(from.width(), 2, 2, 0, 1));
        sketch.add("earliest", pool, shape, sketch.last());
    }
}
