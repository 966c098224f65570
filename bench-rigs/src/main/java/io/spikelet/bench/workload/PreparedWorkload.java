package io.spikelet.bench.workload;

import io.spikelet.engine.Classifier;
import io.spikelet.engine.Inference;
import io.spikelet.model.NetworkCodec;
import io.spikelet.model.SpikingNetwork;
import java.util.List;

/**
 * A workload ready to run.
 *
 * @param workload which one
 * @param density as stated
 * @param network with thresholds for this density
 * @param samples (count, sample) unsigned bytes
 */
public record PreparedWorkload(Workload workload, double density, SpikingNetwork network, byte[] samples) {
    private static final long WEIGHT_SEED = 1;
    private static final long CALIBRATION_SEED = 2;
    private static final long SAMPLE_SEED = 3;
    private static final int SAMPLES = 32;

    /** One image drives thousands of neurons of a layer, one vector only hundreds. */
    private static final int CALIBRATION_IMAGES = 8;

    private static final int CALIBRATION_VECTORS = 64;

    /**
     * Builds and calibrates a workload. The same arguments give the same network and the same samples.
     *
     * @param density 0..1, exclusive
     */
    public static PreparedWorkload prepare(Workload workload, double density, int timeSteps) {
        if (!(density > 0 && density < 1)) {
            throw new IllegalArgumentException("a density is above 0 and below 1: density=" + density);
        }
        SpikingNetwork open = workload.network(timeSteps, WEIGHT_SEED);
        int calibration = open.input().shape().area() == 1 ? CALIBRATION_VECTORS : CALIBRATION_IMAGES;
        SpikingNetwork network = DensityCalibration.calibrate(
                open, density, SampleInputs.draw(open, density, calibration, CALIBRATION_SEED));
        return new PreparedWorkload(
                workload, density, network, SampleInputs.draw(network, density, SAMPLES, SAMPLE_SEED));
    }

    public int count() {
        return samples.length / network.sampleBytes();
    }

    /** Where a sample starts in {@link #samples()}. */
    public int offset(int sample) {
        return sample * network.sampleBytes();
    }

    /** What the densities really are on {@link #samples()}, which the calibration never saw. */
    public List<LayerDensity> densities() {
        return LayerDensity.measure(network, samples);
    }

    /** Synaptic operations of one inference (docs/equations.md, N4), mean over the samples. */
    public double synapticOperations() {
        Classifier classifier = KernelFamily.REFERENCE.load(network);
        Inference into = Inference.forNetwork(network);
        long total = 0;
        for (int i = 0; i < count(); i++) {
            classifier.infer(samples, offset(i), into);
            total += into.synapticOperations();
        }
        return (double) total / count();
    }

    /** Bytes of all weights at one byte each. */
    public long weightBytes() {
        return WeightBytes.of(network);
    }

    /** Bytes of the image's payload. */
    public int payloadBytes() {
        return NetworkCodec.encode(network).length;
    }
}
