package io.spikelet.host.report;

import io.spikelet.engine.Engine;
import io.spikelet.fixedpoint.Q15;
import io.spikelet.host.reference.FloatSimulator;
import io.spikelet.host.reference.NeuronLaw;
import io.spikelet.model.Inbound;
import io.spikelet.model.Layer;
import io.spikelet.model.Operation;
import io.spikelet.model.Parameter;
import java.util.List;

/**
 * One neuron over the steps of one sample, once more in double, with its integers taken in one after the other until it
 * decides as the integer network did.
 */
final class NeuronReplay {
    /**
     * The neuron in real numbers: {@code current ← synaptic · current + y}; {@code membrane ← (fired ? a1 · membrane + b1 :
     * a0 · membrane + b0) + current}; a gate multiplies the membrane first.
     *
     * @param synaptic 0 without a synaptic current
     */
    private record Constants(double synaptic, double a0, double b0, double a1, double b1) {}

    private final Layer layer;
    private final Operation.Neuron neuron;
    private final int n;
    private final double unit;
    private final NeuronLaw law;

    /** (steps) what arrives in float and in integers, as membranes, and who fired. */
    private final double[] floatDrive;

    private final double[] integerDrive;
    private final boolean[] fired;

    /** (steps) what gates the membrane in float and in integers; 1 where nothing does. */
    private final double[] floatGate;

    private final double[] integerGate;

    NeuronReplay(Layer layer, int n, int steps, NeuronLaw law) {
        this.layer = layer;
        this.n = n;
        this.law = law;
        neuron = (Operation.Neuron) layer.operation();
        unit = Parameter.perNeuron(neuron.membraneUnit(), layer.shape())[n];
        floatDrive = new double[steps];
        integerDrive = new double[steps];
        fired = new boolean[steps];
        floatGate = new double[steps];
        integerGate = new double[steps];
    }

    /** Takes what edges of the step before will bring, before the engine's step. */
    void recurrentInputs(Engine integer, int step) {
        drive(integer, step, 1);
    }

    /** Takes a step that both have run. */
    void record(FloatSimulator forced, Engine integer, int index, int step) {
        drive(integer, step, 0);
        floatDrive[step] = law.gain(step, n) * forced.arriving(layer.name())[n] + law.offset(step, n);
        fired[step] = integer.values(index)[n] != 0;
        boolean isGated = neuron.gated() && step > 0;
        floatGate[step] = isGated ? forced.gate(layer.name())[n] : 1;
        integerGate[step] =
                isGated ? (double) integer.values(layer.inputs().getLast().source())[n] / Q15.ONE : 1;
    }

    private void drive(Engine integer, int step, int delay) {
        List<Inbound> inputs = layer.inputs();
        for (int k = 0; k < neuron.drives().size(); k++) {
            Operation.Drive drive = neuron.drives().get(k);
            if (inputs.get(k).delay() == delay) {
                int[] values = integer.values(inputs.get(k).source());
                double bias = step > 0 || drive.biasAtStart() ? at(drive.bias(), drive.steps(), step) : 0;
                integerDrive[step] += unit * ((double) at(drive.gain(), drive.steps(), step) * values[n] + bias);
            }
        }
    }

    /** A value of a table for this neuron. */
    private int at(int[] table, int rows, int step) {
        int length = table.length / rows;
        int divisor = length == 1
                ? layer.shape().size()
                : length == layer.shape().size() ? 1 : layer.shape().area();
        return table[(rows == 1 ? 0 : step) * length + n / divisor];
    }

    /** @param wanted whether the integer network fired in the last step */
    DivergenceCause.Kind cause(boolean wanted) {
        double threshold = law.threshold(fired.length - 1, n);
        if (law.fires(last(floatDrive, floatGate, floatConstants()), threshold) == wanted) {
            return DivergenceCause.Kind.TIE;
        }
        if (law.fires(last(integerDrive, floatGate, floatConstants()), threshold) == wanted) {
            return DivergenceCause.Kind.WEIGHTS;
        }
        double membrane = last(integerDrive, integerGate, integerConstants());
        if (law.fires(membrane, threshold) == wanted) {
            return DivergenceCause.Kind.LEAK;
        }
        double rounded = unit * at(neuron.threshold(), neuron.thresholdSteps(), fired.length - 1);
        boolean strict = neuron.comparison() == Operation.Comparison.STRICTLY_ABOVE;
        boolean fires = strict ? membrane > rounded : membrane >= rounded;
        return fires == wanted ? DivergenceCause.Kind.THRESHOLD : DivergenceCause.Kind.MEMBRANE;
    }

    private Constants floatConstants() {
        return new Constants(law.synaptic(n), law.a0(n), law.b0(n), law.a1(n), law.b1(n));
    }

    private Constants integerConstants() {
        return new Constants(
                neuron.hasSynapticCurrent() ? leak(neuron.synapticLeak()) : 0,
                leak(neuron.a0()),
                unit * at(neuron.b0(), 1, 0),
                leak(neuron.a1()),
                unit * at(neuron.b1(), 1, 0));
    }

    private double leak(int[] values) {
        return (double) at(values, 1, 0) / Q15.ONE;
    }

    /** The membrane that the last step compares. */
    private double last(double[] drive, double[] gate, Constants with) {
        double current = 0;
        double membrane = 0;
        for (int t = 0; t < drive.length; t++) {
            current = with.synaptic() * current + drive[t];
            membrane *= gate[t];
            boolean reset = t > 0 && fired[t - 1];
            membrane = (reset ? with.a1() * membrane + with.b1() : with.a0() * membrane + with.b0()) + current;
        }
        return membrane;
    }
}
