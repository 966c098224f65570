package io.spikelet.host.diff;

import io.spikelet.host.graph.Attention;
import io.spikelet.host.graph.Tensor;
import io.spikelet.model.AttentionGate;
import io.spikelet.model.Layer;
import io.spikelet.model.Operation;
import io.spikelet.model.SpikingNetwork;
import io.spikelet.model.WeightKind;

/**
 * Compares what gates the membranes of a graph's neurons with the gate of the layer that was made of them. A matrix of
 * integers has whatever LSB its step undoes, so each is measured by the LSB that fits the graph's best.
 */
final class GateDiff {
    private static final double CELLS_PER_UNIT = 16;

    /** Steps have about 15 bits, weights eight. */
    private static final double STEP_TOLERANCE = 1e-3;

    private static final double BIAS_TOLERANCE = 1.0 / CELLS_PER_UNIT;

    private GateDiff() {}

    /** @param attention the node's, or null */
    static void compare(
            String name, Attention attention, Layer layer, SpikingNetwork network, Comparison.Gathering found) {
        AttentionGate gate = ofLayer(layer, network);
        if (attention == null || gate == null) {
            found.compare(name, "attention", word(attention != null), word(gate != null));
            return;
        }
        found.compare(name, "attention, channels", attention.channels(), gate.spatialWeights().length);
        found.compare(name, "attention, hidden units", attention.hidden(), gate.hidden());
        if (attention.channels() != gate.spatialWeights().length || attention.hidden() != gate.hidden()) {
            return;
        }
        double spatial = cells(gate.spatialStep(), gate.spatialShift()) / CELLS_PER_UNIT;
        double channel = cells(gate.channelStep(), gate.channelShift())
                / CELLS_PER_UNIT
                * layer.shape().area();
        weights(name + ".spatial", attention.spatial(), gate.spatialWeights(), spatial, found);
        double squeeze = unit(attention.squeeze(), gate.squeeze());
        weights(name + ".squeeze", attention.squeeze(), gate.squeeze(), squeeze, found);
        weights(name + ".excite", attention.excite(), gate.excite(), squeeze == 0 ? 0 : channel / squeeze, found);
        double bias = spatial * gate.spatialBias();
        Moved moved = Moved.of(1, i -> attention.spatialBias(), i -> bias);
        if (moved.largest() <= BIAS_TOLERANCE + STEP_TOLERANCE * Math.abs(bias)) {
            found.explained(name, "attention, spatial bias", moved);
        } else {
            found.moved(name, "attention, spatial bias", moved);
        }
    }

    private static AttentionGate ofLayer(Layer layer, SpikingNetwork network) {
        boolean isGated = layer.operation() instanceof Operation.Neuron neuron && neuron.gated();
        Operation last = isGated
                ? network.layers().get(layer.inputs().getLast().source()).operation()
                : layer.operation();
        return last instanceof AttentionGate gate ? gate : null;
    }

    private static String word(boolean isThere) {
        return isThere ? "present" : "none";
    }

    private static double cells(int step, int shift) {
        return Math.scalb((double) step, -shift);
    }

    /** The real value of an LSB by which the integers are nearest to the real weights; 0 where all of either are 0. */
    private static double unit(Tensor wanted, byte[] codes) {
        double product = 0;
        double square = 0;
        for (int i = 0; i < codes.length; i++) {
            product += (double) wanted.values()[i] * codes[i];
            square += (double) codes[i] * codes[i];
        }
        return square == 0 ? 0 : product / square;
    }

    private static void weights(String name, Tensor wanted, byte[] codes, double unit, Comparison.Gathering found) {
        float scale = unit == 0 ? Float.MIN_NORMAL : (float) unit;
        new WeightRounding(name, wanted, WeightKind.INT8, codes, new float[] {scale}).compare(found);
    }
}
