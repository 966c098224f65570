package io.spikelet.model;

/**
 * Decides whether a network may run: every shape fits, every edge reads what exists and what its reader understands,
 * every parameter is in range, and the declared bounds hold, so that no kernel needs to check anything. Run by whoever
 * loads an image; never trusts it.
 */
public final class NetworkCheck {
    /** The most layers a network may have. */
    public static final int MAX_LAYERS = 1024;

    /** The most values of all layers together, those that delays keep among them; bounds what an engine allocates. */
    public static final int MAX_VALUES = 1 << 24;

    private final SpikingNetwork network;
    private final EdgeRanges ranges;

    private NetworkCheck(SpikingNetwork network) {
        this.network = network;
        ranges = new EdgeRanges(network);
    }

    /**
     * Checks the whole network.
     *
     * @throws MalformedDataException naming the layer and the rule that is broken
     */
    public static void verify(SpikingNetwork network) throws MalformedDataException {
        new NetworkCheck(network).verify();
    }

    private void verify() throws MalformedDataException {
        int layers = network.layers().size();
        if (layers < 2 || layers > MAX_LAYERS) {
            throw new MalformedDataException(0, "a network has 2.." + MAX_LAYERS + " layers, this one " + layers);
        }
        long values = 0;
        for (int i = 0; i < layers; i++) {
            verifyForm(checked(i));
            values += values(network.layers().get(i));
        }
        if (values > MAX_VALUES) {
            throw new MalformedDataException(
                    0, "a network holds at most " + MAX_VALUES + " values in all its layers, this one " + values);
        }
        EncoderCheck.verify(checked(0));
        ReadoutCheck.verify(checked(layers - 1));
        if (network.learning().isPresent()) {
            LearningCheck.verify(checked(layers - 1), network.learning().get());
        }
        for (int i = 0; i < layers; i++) {
            verifyBounds(checked(i));
        }
        SelfTestWire.verify(network);
    }

    private CheckedLayer checked(int index) {
        return new CheckedLayer(ranges, index, network.layers().get(index));
    }

    private static long values(Layer layer) {
        long size = layer.shape().size();
        if (!(layer.operation() instanceof Delay delay)) {
            return size;
        }
        int longest = 0;
        for (int steps : delay.steps()) {
            longest = Math.max(longest, steps);
        }
        return size * (1 + longest);
    }

    private void verifyForm(CheckedLayer checked) throws MalformedDataException {
        Layer layer = checked.layer();
        checked.require(
                (checked.index() == 0) == (layer.operation() instanceof Operation.Input),
                "layer 0 and no other is the input");
        for (Inbound inbound : layer.inputs()) {
            verifyEdge(checked, inbound);
        }
        checked.require(
                layer.output().kind() != EdgeDomain.Kind.TIME || network.timeSteps() == 1,
                "gives spike times, which needs a network of 1 time step, not " + network.timeSteps());
        verifyOperationForm(checked, layer.operation());
    }

    /** No switch over types: what the JDK makes for one is made at run time, again at each start of a board. */
    private static void verifyOperationForm(CheckedLayer checked, Operation operation) throws MalformedDataException {
        if (operation instanceof Operation.Input) {
            checked.require(checked.layer().inputs().isEmpty(), "the input has no edges into it");
        } else if (operation instanceof Operation.Dense dense) {
            LinearCheck.form(checked, dense);
        } else if (operation instanceof Operation.Conv2d conv) {
            LinearCheck.form(checked, conv);
        } else if (operation instanceof Operation.Neuron neuron) {
            NeuronCheck.form(checked, neuron);
        } else if (operation instanceof FirstSpike neuron) {
            NeuronCheck.form(checked, neuron);
        } else if (operation instanceof Pool2d pool) {
            PoolCheck.form(checked, pool);
        } else if (operation instanceof VotePool pool) {
            PoolCheck.form(checked, pool);
        } else if (operation instanceof Join join) {
            JoinCheck.form(checked, join);
        } else if (operation instanceof CurrentAdd stream) {
            JoinCheck.form(checked, stream);
        } else if (operation instanceof Delay delay) {
            JoinCheck.form(checked, delay);
        } else if (operation instanceof AttentionGate gate) {
            JoinCheck.form(checked, gate);
        } else {
            throw new IllegalStateException("an operation without rules: " + operation);
        }
    }

    private void verifyEdge(CheckedLayer checked, Inbound inbound) throws MalformedDataException {
        boolean exists = inbound.source() < network.layers().size();
        boolean ordered =
                inbound.delay() == 0 ? inbound.source() < checked.index() : inbound.source() >= checked.index();
        checked.require(
                exists && ordered,
                "an edge from layer " + inbound.source() + " with delay " + inbound.delay() + " cannot be read here");
    }

    private static void verifyBounds(CheckedLayer checked) throws MalformedDataException {
        Operation operation = checked.layer().operation();
        if (operation instanceof Operation.Dense dense) {
            LinearCheck.bounds(checked, dense.kind());
        } else if (operation instanceof Operation.Conv2d conv) {
            LinearCheck.bounds(checked, conv.kind());
        } else if (operation instanceof Operation.Neuron neuron) {
            NeuronCheck.bounds(checked, neuron);
        } else if (operation instanceof FirstSpike neuron) {
            NeuronCheck.bounds(checked, neuron);
        } else if (operation instanceof Pool2d pool) {
            PoolCheck.bounds(checked, pool);
        } else if (operation instanceof VotePool) {
            PoolCheck.bounds(checked);
        } else if (operation instanceof Join join) {
            JoinCheck.bounds(checked, join);
        } else if (operation instanceof CurrentAdd stream) {
            JoinCheck.bounds(checked, stream);
        } else if (operation instanceof Delay) {
            JoinCheck.bounds(checked);
        } else if (operation instanceof AttentionGate gate) {
            JoinCheck.bounds(checked, gate);
        } else if (!(operation instanceof Operation.Input)) {
            throw new IllegalStateException("an operation without bounds: " + operation);
        }
    }

    /** The extent of a convolution's or pool's output along one axis; 0 when the window does not fit. */
    public static int extent(int source, int kernel, int stride, int padding, int dilation) {
        long span = (long) source + 2L * padding - (long) dilation * (kernel - 1) - 1;
        return span < 0 ? 0 : (int) Math.min(Integer.MAX_VALUE, span / stride + 1);
    }
}
