package io.spikelet.device;

import io.spikelet.engine.Inference;
import io.spikelet.model.SpikingNetwork;
import java.util.LinkedHashMap;
import java.util.Map;

/** Gathers the answers to the samples of one request into the arrays that go out. */
final class InferAnswer {
    private final byte[] classes;
    private final int[] scores;
    private final byte[] outputSpikes;
    private final long[] spikes;
    private final long[] synapticOperations;
    private final long[] nanos;

    /** Numbers for labels that come later; null while the model does not adapt. */
    private final long[] numbers;

    private int filled;

    /** @param adapts whether inputs get numbers */
    InferAnswer(SpikingNetwork network, int count, boolean adapts) {
        classes = new byte[count];
        scores = new int[count * network.readout().classes()];
        outputSpikes = new byte[count * Inference.outputSpikeBytes(network)];
        spikes = new long[count];
        synapticOperations = new long[count];
        nanos = new long[count];
        numbers = adapts ? new long[count] : null;
    }

    /** The number of the input that is added next. */
    void number(long number) {
        numbers[filled] = number;
    }

    void add(Inference inference, long latencyNanos) {
        int width = inference.scores().length;
        int bytesOfSpikes = inference.outputSpikes().length;
        classes[filled] = (byte) inference.predicted();
        System.arraycopy(inference.scores(), 0, scores, filled * width, width);
        System.arraycopy(inference.outputSpikes(), 0, outputSpikes, filled * bytesOfSpikes, bytesOfSpikes);
        spikes[filled] = inference.spikes();
        synapticOperations[filled] = inference.synapticOperations();
        nanos[filled] = latencyNanos;
        filled++;
    }

    Map<String, Object> fields() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("class", classes);
        fields.put("scores", scores);
        fields.put("spk", outputSpikes);
        fields.put("spikes", spikes);
        fields.put("synops", synapticOperations);
        fields.put("ns", nanos);
        if (numbers != null) {
            fields.put("id", numbers);
        }
        return fields;
    }
}
