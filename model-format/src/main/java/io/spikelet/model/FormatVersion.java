package io.spikelet.model;

/**
 * Which version of the payload first said what a layer holds. A network is written in the oldest that says all of it, so that
 * boards which know no newer one take it.
 *
 * @param version of the payload
 * @param what needs it, for messages
 */
record FormatVersion(int version, String what) {
    private static final FormatVersion OLDEST = new FormatVersion(NetworkCodec.OLDEST_FORMAT_VERSION, "a layer");
    private static final FormatVersion FLOOR = new FormatVersion(3, "a floor");
    private static final FormatVersion FINE_GATE = new FormatVersion(4, "a gate with steps finer than Q16");

    private static final FormatVersion CALIBRATION = new FormatVersion(4, "a calibration");
    private static final FormatVersion HALVING = new FormatVersion(4, "a learning step that shrinks");
    private static final FormatVersion METHOD = new FormatVersion(5, "a learning method");
    private static final FormatVersion EXTREMA = new FormatVersion(6, "a rule that calibrates thresholds");
    static final FormatVersion SELF_TEST = new FormatVersion(7, "a self-test");
    private static final FormatVersion LOPSIDED = new FormatVersion(4, "below_zero");

    static FormatVersion of(Layer layer) {
        FormatVersion operation = ofOperation(layer);
        return layer.output().isLopsided() && operation.version() < LOPSIDED.version() ? LOPSIDED : operation;
    }

    private static FormatVersion ofOperation(Layer layer) {
        return switch (layer.operation()) {
            case Operation.Neuron neuron when neuron.calibration().isPresent() -> CALIBRATION;
            case Operation.Neuron neuron when neuron.hasFloor() -> FLOOR;
            case AttentionGate gate
            when Math.max(gate.spatialShift(), gate.channelShift()) > AttentionGate.LEAST_SHIFT -> FINE_GATE;
            default -> OLDEST;
        };
    }

    static FormatVersion of(LearningRule rule) {
        if (rule.method().kind() == LearningMethod.Kind.CALIBRATION) {
            return EXTREMA;
        }
        if (!rule.method().equals(LearningMethod.OTTT)) {
            return METHOD;
        }
        return rule.halving() > 0 ? HALVING : OLDEST;
    }

    static int of(SpikingNetwork network) {
        if (!network.selfTests().isEmpty()) {
            return SELF_TEST.version();
        }
        int version = network.learning().map(FormatVersion::of).orElse(OLDEST).version();
        for (Layer layer : network.layers()) {
            version = Math.max(version, of(layer).version());
        }
        return version;
    }
}
