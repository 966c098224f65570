package io.spikelet.host.lava;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.spikelet.engine.Classifier;
import io.spikelet.engine.Inference;
import io.spikelet.engine.Kernels;
import io.spikelet.host.shared.SharedFolder;
import io.spikelet.model.Encoder;
import io.spikelet.model.NetworkCodec;
import io.spikelet.model.SpikingNetwork;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * lava-dl's published Oxford network: what layer 0 gave on the chip, and the picture that layer 1 was trained to draw.
 * Both recordings are (neurons, steps).
 */
class OxfordTest {
    private static final int STEPS = 2000;

    @Test
    void shouldGiveEverySpikeOfTheChipsFirstLayer() throws Exception {
        NumpyArray chip = NumpyArray.read(SharedFolder.file("models/lava-oxford/oxford_out.npy"));
        for (Kernels kernels : List.of(Kernels.REFERENCE, Kernels.fastest())) {
            boolean[][] fired = run(network(), 3, kernels);
            int spikes = 0;
            int differing = 0;
            for (int t = 0; t < STEPS; t++) {
                for (int n = 0; n < chip.rows(); n++) {
                    spikes += fired[t][n] ? 1 : 0;
                    differing += fired[t][n] == (chip.at(n, t) != 0) ? 0 : 1;
                }
            }
            assertEquals(1826, spikes);
            assertEquals(0, differing);
        }
    }

    /**
     * The ground truth lists the spikes that were wanted of layer 1, (neuron, 0, step), not what it gave: an independent
     * NumPy model of the chip gives 9565 spikes for this input, of which 7867 are among the 10178 wanted ones, all at
     * the step that two blocks make late.
     */
    @Test
    void shouldDrawTheTrainedPictureAsFarAsTheNetworkDoes() throws Exception {
        NumpyArray wanted = NumpyArray.read(SharedFolder.file("models/lava-oxford/oxford_ground_truth.npy"));
        boolean[][] fired = run(network(), 6, Kernels.REFERENCE);
        int spikes = 0;
        for (boolean[] step : fired) {
            for (boolean fires : step) {
                spikes += fires ? 1 : 0;
            }
        }
        int drawn = 0;
        for (int i = 0; i < wanted.rows(); i++) {
            drawn += fired[(int) wanted.at(i, 2)][(int) wanted.at(i, 0)] ? 1 : 0;
        }
        assertEquals(10178, wanted.rows());
        assertEquals(9565, spikes);
        assertEquals(7867, drawn);
    }

    private static SpikingNetwork network() throws Exception {
        LavaNet net = LavaImporter.read(SharedFolder.file("models/lava-oxford/oxford_Trained_network.net"));
        SpikingNetwork network = LavaNetwork.of(net, new LavaRun("oxford", STEPS, Encoder.FRAMES, 0, 0))
                .network();
        return NetworkCodec.decode(NetworkCodec.encode(network));
    }

    /** (steps, values) what a layer gave at each step. */
    private static boolean[][] run(SpikingNetwork network, int layer, Kernels kernels) throws Exception {
        Path input = SharedFolder.file("models/lava-oxford/oxford_in.npy");
        NumpyArray spikes = NumpyArray.read(input);
        byte[] sample = new byte[STEPS * spikes.rows()];
        for (int t = 0; t < STEPS; t++) {
            for (int n = 0; n < spikes.rows(); n++) {
                sample[t * spikes.rows() + n] = (byte) spikes.at(n, t);
            }
        }
        Classifier classifier = Classifier.load(network, kernels);
        Inference inference = Inference.forNetwork(network);
        classifier.begin(sample, 0, inference);
        boolean[][] fired =
                new boolean[STEPS][network.layers().get(layer).shape().size()];
        for (int t = 0; t < STEPS; t++) {
            classifier.advance(sample, 0, t, inference);
            int[] values = classifier.engine().values(layer);
            for (int n = 0; n < values.length; n++) {
                fired[t][n] = values[n] != 0;
            }
        }
        return fired;
    }
}
