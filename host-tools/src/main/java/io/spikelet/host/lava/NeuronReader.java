package io.spikelet.host.lava;

import io.jhdf.api.Group;
import io.spikelet.host.graph.ImportException;
import io.spikelet.host.graph.Tensor;
import io.spikelet.host.hdf5.NodeFields;
import io.spikelet.model.Delay;
import io.spikelet.model.Parameter;
import io.spikelet.model.Shape;
import java.util.Set;

/** Reads the neurons of a block and the delay behind them. */
final class NeuronReader {
    /** Those of the second row shape gradients in training alone. */
    private static final Set<String> KNOWN = Set.of(
            "type",
            "iDecay",
            "vDecay",
            "vThMant",
            "refDelay",
            "gradedSpike",
            "wgtExp",
            "weight_exp",
            "scaleRho",
            "tauRho",
            "theta");

    /** Steps that each block is late of its own: spikes reach the next one in the next step. */
    private static final int OWN_DELAY = 1;

    private NeuronReader() {}

    static CubaNeuron read(NodeFields fields, Group group, Shape shape, int[] bias) throws ImportException {
        String type = fields.string("type");
        if (!type.equals("CUBA") && !type.equals("LOIHI")) {
            throw fields.fault("type", "is '" + type + "', which is not supported; train with CUBA neurons");
        }
        BlockReader.requireKnown(fields, group, KNOWN);
        if (fields.has("gradedSpike") && fields.flag("gradedSpike")) {
            throw fields.fault("gradedSpike", "is true; train with spikes of 0 and 1");
        }
        if (fields.has("refDelay") && fields.integer("refDelay") != 1) {
            throw fields.fault(
                    "refDelay",
                    "is " + fields.integer("refDelay") + "; neurons here have no refractory period, which is 1");
        }
        for (String exponent : new String[] {"wgtExp", "weight_exp"}) {
            if (fields.has(exponent) && fields.integer(exponent) != 0) {
                throw fields.fault(
                        exponent,
                        "is " + fields.integer(exponent) + "; only 0 is supported, shift the weights instead");
            }
        }
        return new CubaNeuron(
                parameter(fields, "iDecay", shape, 0, CubaNeuron.DECAY_UNIT),
                parameter(fields, "vDecay", shape, 0, CubaNeuron.DECAY_UNIT),
                parameter(fields, "vThMant", shape, 0, CubaNeuron.MAX_THRESHOLD),
                bias);
    }

    /** The chip's own step and the file's on top of it. */
    static int[] delay(NodeFields fields, Shape shape) throws ImportException {
        if (!fields.has("delay")) {
            return new int[] {OWN_DELAY};
        }
        int[] delay = parameter(fields, "delay", shape, 0, Delay.MAX_STEPS - OWN_DELAY);
        for (int i = 0; i < delay.length; i++) {
            delay[i] += OWN_DELAY;
        }
        return delay;
    }

    /** Whole numbers of a range: one, one a channel or one a neuron. */
    static int[] parameter(NodeFields fields, String field, Shape shape, int least, int most) throws ImportException {
        Tensor tensor = fields.tensor(field);
        if (!Parameter.fits(tensor.size(), shape)) {
            throw fields.fault(
                    field,
                    "holds " + tensor.size() + " values for " + shape
                            + " neurons; give one, one a channel or one a neuron");
        }
        int[] whole = new int[tensor.size()];
        for (int i = 0; i < whole.length; i++) {
            float value = tensor.values()[i];
            whole[i] = (int) value;
            if (whole[i] != value || whole[i] < least || whole[i] > most) {
                throw fields.fault(
                        field, "is " + value + " at index " + i + "; it must be a whole number " + least + ".." + most);
            }
        }
        return whole;
    }
}
