package io.spikelet.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spikelet.model.EdgeDomain;
import io.spikelet.model.Encoder;
import io.spikelet.model.FirstSpike;
import io.spikelet.model.Operation;
import io.spikelet.model.Pool2d;
import io.spikelet.model.Readout;
import io.spikelet.model.Shape;
import io.spikelet.model.SpikingNetwork;
import io.spikelet.model.WeightKind;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Time-to-first-spike networks against the float network of bench-rigs/golden/first_spike.py. */
class FirstSpikeTest {
    private static SpikingNetwork network(GoldenCase golden, boolean timesOut) {
        int window = golden.number("window");
        int filters = golden.number("filters");
        Shape from = GoldenOperations.shape(golden, "from");
        Encoder encoder = new Encoder.SpikeTimes(
                window, IntStream.range(0, 256).map(v -> Math.min(v, window)).toArray());
        NetworkSketch sketch = new NetworkSketch(1, encoder, from, EdgeDomain.time(window));
        Shape maps = new Shape(filters, from.height(), from.width());
        sketch.add(
                "conv",
                new Operation.Conv2d(
                        filters,
                        1,
                        3,
                        3,
                        1,
                        1,
                        1,
                        1,
                        1,
                        1,
                        1,
                        WeightKind.LOG2,
                        golden.bytes("weights0"),
                        new float[filters]),
                maps,
                0);
        sketch.add("fire1", fire(golden, 0), maps, 1);
        Shape pooled = new Shape(filters, from.height() / 2, from.width() / 2);
        sketch.add("earliest", new Pool2d(Pool2d.Kind.MIN, 2, 2, 2, 2, 0, 0), pooled, 2);
        int hidden = golden.number("hidden");
        dense(sketch, golden, 1, hidden);
        sketch.add("fire2", fire(golden, 1), Shape.vector(hidden), sketch.last());
        int classes = golden.number("classes");
        dense(sketch, golden, 2, classes);
        Operation output = timesOut
                ? new FirstSpike(window, golden.ints("threshold1"), drive(golden, 2), 0)
                : new Operation.Neuron(
                                Operation.Comparison.STRICTLY_ABOVE,
                                new int[0],
                                new int[1],
                                new int[1],
                                new int[1],
                                new int[1],
                                new int[1],
                                drive(golden, 2),
                                new float[] {1},
                                0)
                        .withOutput(Operation.Neuron.Output.POTENTIAL, 1);
        sketch.add("output", output, Shape.vector(classes), sketch.last());
        Readout.Kind kind = timesOut ? Readout.Kind.FIRST_SPIKE : Readout.Kind.POTENTIAL;
        return sketch.network(new Readout(kind, classes, 1, Readout.Exit.NEVER));
    }

    private static void dense(NetworkSketch sketch, GoldenCase golden, int k, int outputs) {
        int inputs = sketch.shape(sketch.last()).size();
        Operation.Dense dense =
                new Operation.Dense(outputs, inputs, WeightKind.LOG2, golden.bytes("weights" + k), new float[outputs]);
        sketch.add("dense" + k, dense, Shape.vector(outputs), sketch.last());
    }

    private static FirstSpike fire(GoldenCase golden, int k) {
        return new FirstSpike(golden.number("window"), golden.ints("threshold" + k), drive(golden, k), 0);
    }

    private static List<Operation.Drive> drive(GoldenCase golden, int k) {
        return List.of(new Operation.Drive(new int[] {1}, golden.ints("bias" + k), true));
    }

    @Test
    void shouldAnswerAsTheFloatNetworkOfTimesAnswers() throws Exception {
        int samples = 0;
        int agreeing = 0;
        int times = 0;
        int sameTimes = 0;
        for (GoldenCase golden : GoldenCase.read("first-spike")) {
            Classifier classifier = Classifier.load(network(golden, false));
            Inference answer = Inference.forNetwork(classifier.network());
            byte[] bytes = golden.bytes("samples");
            int[] argmax = golden.ints("argmax");
            int[] first = golden.ints("first");
            int length = classifier.network().sampleBytes();
            int size = first.length / argmax.length;
            for (int i = 0; i < argmax.length; i++) {
                classifier.infer(bytes, i * length, answer);
                samples++;
                agreeing += answer.predicted() == argmax[i] ? 1 : 0;
                int[] found = classifier.engine().values(2);
                for (int n = 0; n < size; n++) {
                    times++;
                    sameTimes += found[n] == first[i * size + n] ? 1 : 0;
                }
            }
        }
        assertTrue(sameTimes >= 0.99 * times, sameTimes + " of " + times + " times agree");
        assertTrue(agreeing >= 0.995 * samples, agreeing + " of " + samples + " answers agree");
    }

    @Test
    void shouldFireEachNeuronAtMostOnceAndCountItOnce() throws Exception {
        for (GoldenCase golden : GoldenCase.read("first-spike")) {
            Classifier classifier = Classifier.load(network(golden, true));
            Inference answer = Inference.forNetwork(classifier.network());
            byte[] bytes = golden.bytes("samples");
            int length = classifier.network().sampleBytes();
            for (int i = 0; i < bytes.length / length; i++) {
                classifier.infer(bytes, i * length, answer);
                int fired = 0;
                for (int layer : new int[] {2, 5, 7}) {
                    for (int time : classifier.engine().values(layer)) {
                        assertTrue(time >= 0 && time <= golden.number("window"), "time " + time);
                        fired += time < golden.number("window") ? 1 : 0;
                    }
                }
                assertEquals(fired, answer.spikes());
                assertEquals(earliest(classifier.engine().values(7)), answer.predicted());
            }
        }
    }

    private static int earliest(int[] times) {
        int first = Arrays.stream(times).min().orElseThrow();
        return IntStream.range(0, times.length)
                .filter(c -> times[c] == first)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void shouldTakeAWindowForEachLayerOfNeuronsAndOneForTheInput() throws Exception {
        GoldenCase golden = GoldenCase.read("first-spike").getFirst();
        assertEquals(3 * 24, Engine.load(network(golden, false)).latencySteps());
        assertEquals(4 * 24, Engine.load(network(golden, true)).latencySteps());
        SpikingNetwork clocked = RandomNetworks.convolutional(1);
        assertEquals(clocked.timeSteps(), Engine.load(clocked).latencySteps());
    }
}
