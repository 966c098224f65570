package io.spikelet.bench.workload;

import io.spikelet.fixedpoint.Q15;
import io.spikelet.model.Shape;
import java.util.Arrays;
import java.util.List;

/** How active a layer of {@link NetworkSketch}'s neurons would be under a threshold, seen through an OR pool. */
final class FiringTrial {
    private final int timeSteps;
    private final Shape shape;
    private final int window;

    /** @param window of the pool behind the layer; 1 is none */
    FiringTrial(int timeSteps, Shape shape, int window) {
        this.timeSteps = timeSteps;
        this.shape = shape;
        this.window = window;
    }

    /**
     * The share of windows in which a neuron fires, mean over samples and steps.
     *
     * @param currents (samples · steps) of (neurons) each
     */
    double density(List<int[]> currents, int threshold) {
        int[] membrane = new int[shape.size()];
        boolean[] fired = new boolean[shape.size()];
        long active = 0;
        for (int i = 0; i < currents.size(); i++) {
            if (i % timeSteps == 0) {
                Arrays.fill(membrane, 0);
                Arrays.fill(fired, false);
            }
            int[] current = currents.get(i);
            for (int n = 0; n < membrane.length; n++) {
                membrane[n] = (fired[n] ? 0 : Q15.leak(NetworkSketch.LEAK, membrane[n])) + current[n];
                fired[n] = membrane[n] > threshold;
            }
            active += activeWindows(fired);
        }
        int windows = shape.channels() * (shape.height() / window) * (shape.width() / window);
        return (double) active / ((long) windows * currents.size());
    }

    private int activeWindows(boolean[] fired) {
        int rows = shape.height() / window;
        int columns = shape.width() / window;
        boolean[] any = new boolean[shape.channels() * rows * columns];
        int n = 0;
        for (int c = 0; c < shape.channels(); c++) {
            for (int y = 0; y < shape.height(); y++) {
                for (int x = 0; x < shape.width(); x++, n++) {
                    if (fired[n] && y / window < rows && x / window < columns) {
                        any[(c * rows + y / window) * columns + x / window] = true;
                    }
                }
            }
        }
        int active = 0;
        for (boolean one : any) {
            active += one ? 1 : 0;
        }
        return active;
    }

    /** No membrane gets above this, so no threshold needs to be. */
    int highestMembrane(List<int[]> currents) {
        long highest = 1;
        for (int[] current : currents) {
            for (int value : current) {
                highest = Math.max(highest, value);
            }
        }
        return (int) Math.min(Integer.MAX_VALUE, highest * timeSteps);
    }
}
