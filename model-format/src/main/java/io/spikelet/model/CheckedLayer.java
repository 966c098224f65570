package io.spikelet.model;

import io.spikelet.fixedpoint.Q15;

/**
 * One layer under check, with what it reads. Its rules come in two rounds: the form of every layer first (edges,
 * lengths, ranges of parameters), so that the proofs of the second round meet only layers whose arrays are as long as
 * they say.
 */
record CheckedLayer(EdgeRanges ranges, int index, Layer layer) {

    void require(boolean holds, String rule) throws MalformedDataException {
        if (!holds) {
            throw refusal(rule);
        }
    }

    MalformedDataException refusal(String rule) {
        return new MalformedDataException(0, "layer '" + layer.name() + "': " + rule);
    }

    SpikingNetwork network() {
        return ranges.network();
    }

    int edges() {
        return layer.inputs().size();
    }

    /** The layer that an edge reads; it is known to exist. */
    Layer source(int edge) {
        return network().layers().get(layer.inputs().get(edge).source());
    }

    Layer onlySource() throws MalformedDataException {
        require(edges() == 1, "has " + edges() + " edges into it, not 1");
        return source(0);
    }

    /** Refuses accumulators, which stay between a linear layer, pools, streams and neurons. */
    void readsNoCurrents(int edge) throws MalformedDataException {
        require(
                !ranges.givesCurrents(layer.inputs().get(edge).source()),
                "reads " + source(edge).name()
                        + ", which gives accumulators; only a neuron, a pool or a current sum may");
    }

    void readsNoTimes(int edge) throws MalformedDataException {
        require(
                source(edge).output().kind() != EdgeDomain.Kind.TIME,
                "reads the spike times of " + source(edge).name()
                        + "; only weights of kind LOG2 and a pool of kind MIN may");
    }

    void readsBits(int edge) throws MalformedDataException {
        readsNoCurrents(edge);
        require(
                source(edge).output().kind() == EdgeDomain.Kind.BIT,
                "reads " + source(edge).name() + ", which does not give single spikes");
    }

    /** Refuses spikes that neurons may take back, where each step must stand for itself. */
    void readsNoNegativeSpikes(int edge, String why) throws MalformedDataException {
        require(
                !SpikesTakenBack.reach(network(), layer.inputs().get(edge).source()),
                "reads " + source(edge).name() + ", whose neurons take spikes back; " + why);
    }

    void hasSize(int edge) throws MalformedDataException {
        require(
                source(edge).shape().size() == layer.shape().size(),
                "adds " + source(edge).name() + " of shape " + source(edge).shape() + " to its " + layer.shape());
    }

    void hasShape(int channels, int height, int width) throws MalformedDataException {
        Shape shape = layer.shape();
        boolean same = shape.channels() == channels && shape.height() == height && shape.width() == width;
        require(same, "its shape should be " + channels + "x" + height + "x" + width + " but is " + shape);
    }

    void hasShape(Shape shape) throws MalformedDataException {
        hasShape(shape.channels(), shape.height(), shape.width());
    }

    void fits(String name, int length) throws MalformedDataException {
        require(
                Parameter.fits(length, layer.shape()),
                name + " holds " + length + " values, which is neither one, one a channel nor one a neuron");
    }

    /** A table of one row for all steps, or of one for each at least. */
    void hasRows(String name, int steps, int length) throws MalformedDataException {
        require(
                steps == 1 || steps >= network().timeSteps(),
                "its " + name + " table has " + steps + " rows but the network runs "
                        + network().timeSteps() + " time steps");
        require(
                length % steps == 0 && Parameter.fits(length / steps, layer.shape()),
                "its " + name + " table holds " + length + " values in " + steps
                        + " rows, which is neither one, one a channel nor one a neuron in each");
    }

    void drives(java.util.List<Operation.Drive> drives, int edges) throws MalformedDataException {
        require(drives.size() == edges, "has " + drives.size() + " drives for " + edges + " edges");
        for (int k = 0; k < edges; k++) {
            hasSize(k);
            readsNoTimes(k);
            hasRows("gain", drives.get(k).steps(), drives.get(k).gain().length);
            hasRows("bias", drives.get(k).steps(), drives.get(k).bias().length);
        }
    }

    void isLeak(String name, int[] values) throws MalformedDataException {
        fits(name, values.length);
        for (int value : values) {
            if (value < 0 || value > Q15.ONE) {
                throw refusal(name + " is a Q1.15 factor 0..32768, not " + value);
            }
        }
    }

    void declares(EdgeDomain.Kind kind) throws MalformedDataException {
        require(layer.output().kind() == kind, "its output must be declared " + kind);
    }

    void givesIntegers() throws MalformedDataException {
        require(layer.output().kind() != EdgeDomain.Kind.TIME, "its output cannot be declared TIME");
    }

    /** The declared output holds all that was proved. */
    void holds(String what, Range proved) throws MalformedDataException {
        long worst = proved.magnitude();
        require(worst <= Integer.MAX_VALUE, what + " can overflow 32 bits");
        EdgeDomain declared = layer.output();
        require(
                declared.kind() == EdgeDomain.Kind.SIGNED || proved.least() == 0,
                what + " can be negative but the image declares " + declared.kind());
        require(
                worst <= declared.maximum(),
                what + " can reach " + worst + " but the image declares " + declared.maximum());
        require(
                proved.least() >= declared.minimum(),
                what + " can reach " + proved.least() + " but the image declares " + declared.words());
    }
}
