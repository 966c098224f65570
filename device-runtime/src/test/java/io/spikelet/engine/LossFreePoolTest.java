package io.spikelet.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spikelet.model.Pool2d;
import io.spikelet.model.Shape;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LossFreePoolTest {
    private static final Shape FROM = new Shape(3, 9, 8);
    private static final Shape TO = new Shape(3, 5, 4);

    /** LIPool's promise (SpiCalib, arXiv 2207.02702): overlapping 3x3 windows, stride 2, negative spikes. */
    @Test
    void shouldGiveInSumTheLargestSumOfItsWindow() {
        Pool2d pool = new Pool2d(Pool2d.Kind.LOSS_FREE, 3, 3, 2, 2, 1, 1);
        PoolWindows windows = new PoolWindows(pool, FROM, TO);
        Activity source = new Activity(FROM.size());
        Activity target = new Activity(TO.size());
        Kernel kernel = new LossFreePoolKernel(windows, source, target);
        Random random = new Random(5);
        for (int sample = 0; sample < 2; sample++) {
            int[] taken = new int[FROM.size()];
            int[] given = new int[TO.size()];
            int negative = 0;
            kernel.reset();
            for (int t = 0; t < 200; t++) {
                for (int i = 0; i < taken.length; i++) {
                    source.value[i] = random.nextInt(7) - 3;
                    taken[i] += source.value[i];
                }
                source.index();
                kernel.step(t);
                for (int o = 0; o < given.length; o++) {
                    given[o] += target.value[o];
                    negative += target.value[o] < 0 ? 1 : 0;
                }
            }
            assertTrue(negative > 100, "too few negative outputs prove nothing: " + negative);
            for (int o = 0; o < given.length; o++) {
                assertEquals(largest(pool, taken, o), given[o], "window " + o);
            }
        }
    }

    private static int largest(Pool2d pool, int[] taken, int output) {
        int c = output / TO.area();
        int top = output % TO.area() / TO.width() * pool.strideY() - pool.paddingY();
        int left = output % TO.width() * pool.strideX() - pool.paddingX();
        int largest = Integer.MIN_VALUE;
        for (int i = 0; i < taken.length; i++) {
            int y = i % FROM.area() / FROM.width();
            int x = i % FROM.width();
            boolean within = i / FROM.area() == c && y >= top && y < top + 3 && x >= left && x < left + 3;
            largest = within ? Math.max(largest, taken[i]) : largest;
        }
        return largest;
    }
}
