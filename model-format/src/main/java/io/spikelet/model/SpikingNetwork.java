package io.spikelet.model;

import java.util.List;
import java.util.Optional;

/**
 * A complete integer network: what the host predicts with and what the board runs.
 *
 * @param name a name a person gave it
 * @param timeSteps T, the steps of one inference; every proved bound holds for this many steps
 * @param encoder how a sample becomes input
 * @param readout how output becomes a class
 * @param layers in the order they are computed; layer 0 is the input, the last one is the output
 * @param discretisation the rule by which continuous time was made discrete
 * @param learning what may learn on the board, if anything may
 * @param securityCounter anti-rollback: a board refuses an image whose counter is below the one it runs
 * @param provenance where it came from
 */
public record SpikingNetwork(
        String name,
        int timeSteps,
        Encoder encoder,
        Readout readout,
        List<Layer> layers,
        Discretisation discretisation,
        Optional<LearningRule> learning,
        long securityCounter,
        Provenance provenance) {

    public static final int MAX_TIME_STEPS = 4096;

    public SpikingNetwork {
        layers = List.copyOf(layers);
        if (timeSteps < 1 || timeSteps > MAX_TIME_STEPS) {
            throw new IllegalArgumentException("timeSteps must be 1.." + MAX_TIME_STEPS + ": timeSteps=" + timeSteps);
        }
    }

    public Layer input() {
        return layers.getFirst();
    }

    public Layer output() {
        return layers.getLast();
    }

    /** The bytes of one sample: one frame for a direct encoder, T frames for a frame encoder. */
    public int sampleBytes() {
        return encoder.framesPerSample(timeSteps) * input().shape().size();
    }

    /** Bytes from one step's frame of a sample to the next; 0 where one frame serves all steps. */
    public int frameStride() {
        return encoder.takesFrameEachStep() ? input().shape().size() : 0;
    }

    /** Whether the values that a layer reads are the same at every step of a sample. */
    public boolean readsConstantInput(Layer layer) {
        return layer.inputs().getFirst().source() == 0 && encoder.isConstant();
    }

    /** Whether the weights of a layer, or the thresholds behind them, may change on the board. */
    public boolean learns(int layer) {
        return learning.isPresent() && learning.get().learns(layer);
    }

    /** Whether the weights of a layer may change on the board. */
    public boolean learnsWeights(int layer) {
        return learns(layer) && learning.orElseThrow().method().learnsWeights();
    }

    public SpikingNetwork withLayers(List<Layer> changed) {
        return new SpikingNetwork(
                name, timeSteps, encoder, readout, changed, discretisation, learning, securityCounter, provenance);
    }

    public SpikingNetwork withEncoder(Encoder changed) {
        return new SpikingNetwork(
                name, timeSteps, changed, readout, layers, discretisation, learning, securityCounter, provenance);
    }

    /** @param changed what may learn from now on, if anything may */
    public SpikingNetwork withLearning(Optional<LearningRule> changed) {
        return new SpikingNetwork(
                name, timeSteps, encoder, readout, layers, discretisation, changed, securityCounter, provenance);
    }

    public SpikingNetwork withSecurityCounter(long counter) {
        return new SpikingNetwork(
                name, timeSteps, encoder, readout, layers, discretisation, learning, counter, provenance);
    }

    public SpikingNetwork withProvenance(Provenance changed) {
        return new SpikingNetwork(
                name, timeSteps, encoder, readout, layers, discretisation, learning, securityCounter, changed);
    }
}
