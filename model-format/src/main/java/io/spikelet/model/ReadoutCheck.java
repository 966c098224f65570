package io.spikelet.model;

/** The rules of readouts, and of what may learn from them. */
final class ReadoutCheck {
    /** The most output values of all time steps, which an answer may have to tell apart. */
    private static final long MAX_OUTPUTS = 1L << 27;

    private ReadoutCheck() {}

    static void verify(CheckedLayer output) throws MalformedDataException {
        SpikingNetwork network = output.network();
        Readout readout = network.readout();
        Operation operation = speaking(output);
        output.require(
                operation instanceof Operation.Neuron || operation instanceof FirstSpike,
                "the last layer must be a neuron layer, or delay the spikes of one");
        output.require(
                (long) readout.classes() * readout.population()
                        == output.layer().shape().size(),
                "the readout wants " + readout.classes() + " classes of " + readout.population()
                        + " values, the output has " + output.layer().shape().size());
        if (operation instanceof FirstSpike) {
            output.require(
                    readout.kind() == Readout.Kind.FIRST_SPIKE,
                    "gives spike times, which a readout of kind " + readout.kind() + " cannot compare");
        } else if (readout.kind() != Readout.Kind.POTENTIAL) {
            output.require(
                    ((Operation.Neuron) operation).output() != Operation.Neuron.Output.POTENTIAL,
                    "gives potentials, but a readout of kind " + readout.kind() + " needs spikes");
        }
        if (readout.kind() != Readout.Kind.POTENTIAL) {
            output.require(
                    !(operation instanceof Operation.Neuron neuron)
                            || neuron.calibration().isEmpty(),
                    "takes spikes back, but a readout of kind " + readout.kind()
                            + " needs spikes that stay; read POTENTIAL");
        }
        long score = SaturatingLong.product(
                (long) network.timeSteps() * readout.population(),
                output.layer().output().maximum());
        output.require(score <= Integer.MAX_VALUE, "the readout's score can overflow 32 bits");
        output.require(
                (long) network.timeSteps() * output.layer().shape().size() <= MAX_OUTPUTS,
                "gives more than " + MAX_OUTPUTS + " output values in all its time steps");
        exit(output, readout);
    }

    /** What gives the values that are read out: the last layer, or what it delays. */
    private static Operation speaking(CheckedLayer output) {
        Operation last = output.layer().operation();
        return last instanceof Delay ? output.source(0).operation() : last;
    }

    private static void exit(CheckedLayer output, Readout readout) throws MalformedDataException {
        int timeSteps = output.network().timeSteps();
        Readout.Exit exit = readout.exit();
        output.require(
                exit.lastStep() <= timeSteps,
                "the readout ends after step " + exit.lastStep() + " but the network runs " + timeSteps
                        + " time steps");
        output.require(
                exit.margin() == 0 || exit.patience() <= timeSteps,
                "the readout waits for " + exit.patience() + " steps in a row but the network runs " + timeSteps
                        + " time steps");
        output.require(
                exit.margin() == 0 || readout.kind() != Readout.Kind.FIRST_SPIKE,
                "a readout of kind FIRST_SPIKE has no margin");
    }
}
