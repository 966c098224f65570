package io.spikelet.host.quantise;

import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * Follows what reaches one linear node by a trace that decays as the membranes behind it do,
 * {@code current ← synaptic · current + x; trace ← membrane · trace + current}. Of all windows of all steps as many are
 * kept as can be added up in some seconds, drawn by chance from a fixed seed.
 */
final class LayerTrace {
    /** Products that are added up for one layer. */
    private static final double WORK = 4e9;

    /** Windows beyond which a layer's moments gain nothing. */
    private static final double MOST_WINDOWS = 400_000;

    private final String node;
    private final List<float[]> sources;
    private final Memory memory;
    private final WindowPatches patches;
    private final InputMoments moments;
    private final double share;
    private final Random random = new Random(1);
    private final float[] arriving;
    private final float[] current;
    private final float[] trace;
    private final float[] window;

    /**
     * @param sources the values that add up at the node, overwritten at each step by whoever computes them
     * @param steps that will be taken
     */
    LayerTrace(String node, List<float[]> sources, Memory memory, WindowPatches patches, long steps) {
        this.node = node;
        this.sources = sources;
        this.memory = memory;
        this.patches = patches;
        moments = new InputMoments(patches.groups(), patches.inputs());
        double windows = (double) steps * patches.positions();
        double eachWindow = (double) patches.groups() * patches.inputs() * moments.width(0) / 2;
        share = Math.min(1, Math.min(MOST_WINDOWS, WORK / eachWindow) / windows);
        arriving = new float[sources.getFirst().length];
        current = new float[arriving.length];
        trace = new float[arriving.length];
        window = new float[patches.inputs()];
    }

    String node() {
        return node;
    }

    InputMoments moments() {
        return moments;
    }

    void reset() {
        Arrays.fill(current, 0);
        Arrays.fill(trace, 0);
    }

    void step() {
        Arrays.fill(arriving, 0);
        for (float[] source : sources) {
            for (int i = 0; i < arriving.length; i++) {
                arriving[i] += source[i];
            }
        }
        float synaptic = (float) memory.synaptic();
        float membrane = (float) memory.membrane();
        for (int i = 0; i < arriving.length; i++) {
            current[i] = synaptic * current[i] + arriving[i];
            trace[i] = membrane * trace[i] + current[i];
        }
        for (int position = 0; position < patches.positions(); position++) {
            if (share == 1 || random.nextDouble() < share) {
                keep(position);
            }
        }
    }

    private void keep(int position) {
        for (int group = 0; group < patches.groups(); group++) {
            patches.copy(trace, group, position, window);
            moments.add(group, window);
            patches.copy(arriving, group, position, window);
            moments.addInputs(group, window);
        }
    }
}
