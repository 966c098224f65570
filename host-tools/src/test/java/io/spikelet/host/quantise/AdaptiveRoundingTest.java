package io.spikelet.host.quantise;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spikelet.host.graph.Graph;
import io.spikelet.host.graph.Node;
import io.spikelet.host.graph.Profile;
import io.spikelet.host.graph.Tensor;
import io.spikelet.host.reference.FloatSimulator;
import io.spikelet.model.Shape;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The mean square of what a row adds wrongly is recomputed here from the windows themselves, never from moments. */
class AdaptiveRoundingTest {
    private static final int LIMIT = 7;

    @Test
    void shouldRoundTwoInputsThatAlwaysComeTogetherToTheRightSum() {
        InputMoments moments = new InputMoments(1, 2);
        moments.add(0, new float[] {1, 1});
        moments.add(0, new float[] {0, 0});
        byte[] codes = new byte[2];
        // 0.4 + 0.4 is nearer to 1 than to 0.
        new AdaptiveRounding(moments, 1).round(new float[] {0.4f, 0.4f}, 0, 2, 1, LIMIT, codes);
        assertEquals(1, codes[0] + codes[1]);
    }

    @Test
    void shouldRoundToTheNearestWhatNothingIsKnownOf() {
        byte[] codes = new byte[4];
        new AdaptiveRounding(new InputMoments(1, 4), 1)
                .round(new float[] {0.4f, 0.6f, -2.7f, 99}, 0, 4, 1, LIMIT, codes);
        assertArrayEquals(new byte[] {0, 1, -3, LIMIT}, codes);
    }

    @Test
    void shouldNeverBeWorseThanNearestCodesAndSeldomMuchWorseThanTheBestOfAll() {
        Random random = new Random(3);
        double adaptive = 0;
        double nearest = 0;
        double best = 0;
        for (int trial = 0; trial < 200; trial++) {
            int inputs = 2 + random.nextInt(7);
            float[][] windows = correlated(random, 50, inputs);
            float[] row = new float[inputs];
            for (int i = 0; i < inputs; i++) {
                row[i] = (float) (random.nextGaussian() * 2);
            }
            byte[] codes = rounded(new InputMoments(1, inputs), windows, row);
            byte[] plain = new byte[inputs];
            new KernelRounding(1).round(row, 0, inputs, 1, LIMIT, plain);
            double found = meanSquare(windows, row, codes);
            double before = meanSquare(windows, row, plain);
            // The ridge that keeps unseen inputs quiet may give a hundredth of their mean square away.
            assertTrue(found <= before + 0.01 * inputs, "trial " + trial + ": " + found + " after " + before);
            adaptive += found;
            nearest += before;
            best += leastSquare(windows, row);
        }
        assertTrue(adaptive < 0.5 * nearest, adaptive + " of " + nearest);
        assertTrue(adaptive < 2 * best, adaptive + ", at best " + best);
    }

    @Test
    void shouldTellTheErrorThatItsCodesHave() {
        Random random = new Random(4);
        float[][] windows = correlated(random, 400, 6);
        float[] row = {1.4f, -0.6f, 0.2f, 2.5f, -3.3f, 0.7f};
        InputMoments moments = new InputMoments(1, 6);
        byte[] codes = rounded(moments, windows, row);
        double told = new AdaptiveRounding(moments, 1).error(row, 0, 6, 1, LIMIT);
        assertEquals(meanSquare(windows, row, codes), told, 0.02 * told + 0.02);
    }

    @Test
    void shouldRoundWideRowsBlockByBlock() {
        int inputs = 2500;
        InputMoments moments = new InputMoments(1, inputs);
        float[] window = new float[inputs];
        java.util.Arrays.fill(window, 1);
        moments.add(0, window);
        float[] row = new float[inputs];
        java.util.Arrays.fill(row, 0.4f);
        byte[] codes = new byte[inputs];
        new AdaptiveRounding(moments, 1).round(row, 0, inputs, 1, LIMIT, codes);
        int sum = 0;
        for (byte code : codes) {
            sum += code;
        }
        // 0.4 of 2500 in three blocks, each right but for what the ridge forgives: nearest codes would sum to 0.
        assertEquals(1000, sum, 60);
    }

    /** The float simulator's convolutions are held to PyTorch; a row times its window must give the same. */
    @Test
    void shouldMeetInAWindowWhatTheRowOfAConvolutionMultiplies() {
        Random random = new Random(5);
        for (int trial = 0; trial < 40; trial++) {
            int groups = 1 + random.nextInt(3);
            int[] kernel = {1 + random.nextInt(3), 1 + random.nextInt(3)};
            int[] stride = {1 + random.nextInt(2), 1 + random.nextInt(2)};
            int[] padding = {random.nextInt(2), random.nextInt(2)};
            int[] dilation = {1 + random.nextInt(2), 1 + random.nextInt(2)};
            float[] weights = wholeNumbers(random, 2 * groups * 2 * kernel[0] * kernel[1]);
            Node.Conv2d conv = new Node.Conv2d(
                    new Tensor(weights, new int[] {2 * groups, 2, kernel[0], kernel[1]}),
                    null,
                    stride,
                    padding,
                    dilation,
                    groups,
                    null);
            Shape in = new Shape(2 * groups, 6, 7);
            Shape out = new Shape(
                    2 * groups,
                    (6 + 2 * padding[0] - dilation[0] * (kernel[0] - 1) - 1) / stride[0] + 1,
                    (7 + 2 * padding[1] - dilation[1] * (kernel[1] - 1) - 1) / stride[1] + 1);
            float[] map = wholeNumbers(random, in.size());
            Graph graph = ChainBuilder.from(2 * groups, 6, 7)
                    .then("conv", conv)
                    .to(out.channels(), out.height(), out.width());
            FloatSimulator simulator = FloatSimulator.of(graph, Profile.NORSE, 1);
            simulator.step(map);

            WindowPatches patches = WindowPatches.of(conv, in, out);
            float[] window = new float[patches.inputs()];
            for (int row = 0; row < out.channels(); row++) {
                for (int position = 0; position < out.area(); position++) {
                    patches.copy(map, row / 2, position, window);
                    float sum = 0;
                    for (int i = 0; i < window.length; i++) {
                        sum += weights[row * window.length + i] * window[i];
                    }
                    assertEquals(simulator.output()[row * out.area() + position], sum);
                }
            }
        }
    }

    @Test
    void shouldRoundTheRowsOfAGroupByWhatThatGroupMeets() {
        InputMoments moments = new InputMoments(2, 2);
        moments.add(0, new float[] {1, 1});
        moments.add(1, new float[] {1, -1});
        float[] rows = {0.4f, 0.4f, 0.4f, 0.4f, 0.4f, -0.4f, 0.4f, -0.4f};
        byte[] codes = new byte[8];
        AdaptiveRounding rounding = new AdaptiveRounding(moments, 4);
        for (int row = 0; row < 4; row++) {
            rounding.round(rows, 2 * row, 2, 1, LIMIT, codes);
        }
        // The first group sees sums, 0.8 each; the second differences, 0.8 each as well.
        assertEquals(1, codes[0] + codes[1]);
        assertEquals(1, codes[2] + codes[3]);
        assertEquals(1, codes[4] - codes[5]);
        assertEquals(1, codes[6] - codes[7]);
    }

    /** A block that never came must not decide what clips. */
    @Test
    void shouldNotHearOfInputsThatNeverCameInTheErrorOfARow() {
        int inputs = 2048;
        InputMoments moments = new InputMoments(1, inputs);
        float[] window = new float[inputs];
        java.util.Arrays.fill(window, 0, 1024, 1);
        moments.add(0, window);
        float[] row = new float[inputs];
        java.util.Arrays.fill(row, 1024, inputs, 0.4f);
        double error = new AdaptiveRounding(moments, 1).error(row, 0, inputs, 1, LIMIT);
        assertEquals(0.16 * 1024 * 0.01 / 2, error, 1e-3);
    }

    @Test
    void shouldTraceAsMembranesBehindASynapticCurrentRemember() {
        float[] source = new float[1];
        LayerTrace trace =
                new LayerTrace("fc", List.of(source, source), new Memory(0.5, 0.25), WindowPatches.whole(1), 3);
        trace.reset();
        for (float x : new float[] {1, 0, 2}) {
            source[0] = x;
            trace.step();
        }
        // Two equal sources: x = 2, 0, 4; current 2, 1, 4.5; trace 2, 1.5, 4.875.
        double mean = (2 * 2 + 1.5 * 1.5 + 4.875 * 4.875) / 3;
        assertEquals(mean, trace.moments().products(0, 0)[0], 1e-6);
    }

    private static byte[] rounded(InputMoments moments, float[][] windows, float[] row) {
        for (float[] window : windows) {
            moments.add(0, window);
        }
        byte[] codes = new byte[row.length];
        new AdaptiveRounding(moments, 1).round(row, 0, row.length, 1, LIMIT, codes);
        return codes;
    }

    /** Windows whose inputs share most of what they are. */
    private static float[][] correlated(Random random, int count, int inputs) {
        float[][] windows = new float[count][inputs];
        for (float[] window : windows) {
            float common = random.nextFloat();
            for (int i = 0; i < inputs; i++) {
                window[i] = common + 0.2f * random.nextFloat();
            }
        }
        return windows;
    }

    private static double meanSquare(float[][] windows, float[] row, byte[] codes) {
        double sum = 0;
        for (float[] window : windows) {
            double error = 0;
            for (int i = 0; i < row.length; i++) {
                error += (codes[i] - row[i]) * window[i];
            }
            sum += error * error;
        }
        return sum / windows.length;
    }

    /** Over all ways to round each weight up or down. */
    private static double leastSquare(float[][] windows, float[] row) {
        double least = Double.MAX_VALUE;
        byte[] codes = new byte[row.length];
        for (int ups = 0; ups < 1 << row.length; ups++) {
            for (int i = 0; i < row.length; i++) {
                codes[i] = (byte) Math.clamp((int) Math.floor(row[i]) + (ups >> i & 1), -LIMIT, LIMIT);
            }
            least = Math.min(least, meanSquare(windows, row, codes));
        }
        return least;
    }

    private static float[] wholeNumbers(Random random, int length) {
        float[] values = new float[length];
        for (int i = 0; i < length; i++) {
            values[i] = random.nextInt(-9, 10);
        }
        return values;
    }
}
