package io.spikelet.engine;

import io.spikelet.model.MalformedDataException;
import io.spikelet.model.SpikingNetwork;
import java.util.Arrays;

/**
 * What reaches the layers on devices of kind CURRENT while the processor runs samples: single windows of single steps, spread
 * over samples, steps and positions; silent windows are left out, since they are never read.
 */
final class CalibrationInputs {
    /** Windows kept a layer. */
    private static final int MOST = 1024;

    private final Offload offload;
    private final SpikingNetwork network;

    /** (layers) (windows, inputs), null where the processor keeps the layer. */
    private final int[][] windows;

    /** (layers) windows kept so far. */
    private final int[] kept;

    CalibrationInputs(Offload offload) {
        this.offload = offload;
        network = offload.network();
        windows = new int[network.layers().size()][];
        kept = new int[windows.length];
        for (int layer = 0; layer < windows.length; layer++) {
            if (offload.plan(layer) != null && offload.neurons(layer) < 0) {
                windows[layer] = new int[MOST * offload.plan(layer).layer().inputs()];
            }
        }
    }

    /** @param count samples from the start of the array */
    void record(byte[] samples, int count) throws MalformedDataException {
        if (count < 1 || (long) count * network.sampleBytes() > samples.length) {
            throw new IllegalArgumentException("calibration takes 1 sample or more, " + network.sampleBytes()
                    + " bytes each: " + count + " samples, " + samples.length + " bytes");
        }
        Engine plain = Engine.load(network);
        int[][] from = new int[windows.length][];
        for (int layer = 0; layer < windows.length; layer++) {
            from[layer] = windows[layer] == null ? null : DeviceWindows.of(network, layer);
        }
        for (int sample = 0; sample < count; sample++) {
            plain.reset();
            for (int t = 0; t < network.timeSteps(); t++) {
                plain.step(samples, sample * network.sampleBytes() + t * network.frameStride());
                for (int layer = 0; layer < windows.length; layer++) {
                    if (from[layer] != null) {
                        take(layer, from[layer], plain, sample, t, count);
                    }
                }
            }
        }
    }

    /** As many windows of this step as are this step's share, at least one, from another position each time. */
    private void take(int layer, int[] from, Engine plain, int sample, int t, int count) {
        int inputs = offload.plan(layer).layer().inputs();
        int positions = from.length / inputs;
        int share = Math.min(positions, Math.max(1, MOST / (count * network.timeSteps())));
        int[] source =
                plain.values(network.layers().get(layer).inputs().getFirst().source());
        for (int k = 0; k < share && kept[layer] < MOST; k++) {
            int position = (int) ((k * (long) positions / share + 31L * sample + 17L * t) % positions);
            int base = kept[layer] * inputs;
            boolean silent = true;
            for (int i = 0; i < inputs; i++) {
                int at = from[position * inputs + i];
                windows[layer][base + i] = at < 0 ? 0 : source[at];
                silent &= windows[layer][base + i] == 0;
            }
            kept[layer] += silent ? 0 : 1;
        }
    }

    /** (windows, inputs); one silent window where nothing else was seen. */
    int[] of(int layer) {
        int inputs = offload.plan(layer).layer().inputs();
        return Arrays.copyOf(windows[layer], count(layer) * inputs);
    }

    int count(int layer) {
        return Math.max(1, kept[layer]);
    }
}
