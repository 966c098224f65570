package io.spikelet.model;

/**
 * What {@code model.proto} allows in each message, as {@link WireScan} needs it: the fields in the order of their
 * numbers, which start at 1 and leave no gap, and the limit of each.
 */
final class WireSchema {
    private static final long UINT31 = Integer.MAX_VALUE;
    private static final long ZIGZAG32 = 0xFFFF_FFFFL;

    /** How a field stands on the wire; the number is Protocol Buffers' wire type. */
    enum Kind {
        VARINT(0),
        FIXED64(1),
        TEXT(2),
        BYTES(2),
        PACKED_VARINTS(2),
        PACKED_FLOATS(2),
        MESSAGE(2),
        FIXED32(5);

        final int wireType;

        Kind(int wireType) {
            this.wireType = wireType;
        }
    }

    /**
     * One field.
     *
     * @param maximum the largest value of a number as it stands on the wire, or the most bytes of a text or array
     * @param count how often a message may come, or the most numbers of a packed array; 1 for all else
     * @param message what a message field holds, else null
     */
    record Field(String name, Kind kind, long maximum, int count, Message message) {
        int occurrences() {
            return kind == Kind.MESSAGE ? count : 1;
        }
    }

    /**
     * One message.
     *
     * @param choice what the fields are of which only one may be set, from the first of them to the last field
     * @param firstChoice the first of those; 0 for none
     */
    record Message(String name, String choice, int firstChoice, Field[] fields) {
        boolean isSecondChoice(int last, int number) {
            return firstChoice > 0 && last >= firstChoice && number >= firstChoice;
        }
    }

    /** Rows of a table that has one for each byte. */
    private static final int BYTE_TABLE = 256;

    private static final Message ENCODER = new Message("encoder", "encoder", 1, new Field[] {
        messages("direct", 1, message("direct")),
        messages("frames", 1, message("frames")),
        messages("bernoulli", 1, message("bernoulli", number("full_scale"), field("seed", Kind.FIXED64, 0))),
        messages(
                "signed_poisson",
                1,
                message("signed_poisson", number("zero"), number("gain"), field("seed", Kind.FIXED64, 0))),
        messages("latency", 1, message("latency", numbers("step", BYTE_TABLE))),
        messages("spike_times", 1, message("spike_times", number("window"), numbers("time", BYTE_TABLE))),
        messages("event_frames", 1, message("event_frames", number("window"), number("size")))
    });

    private static final Message EXIT = message("exit", number("last_step"), number("margin"), number("patience"));

    private static final Message READOUT =
            message("readout", number("kind"), number("classes"), number("population"), messages("exit", 1, EXIT));

    private static final Message INBOUND = message("inbound", number("source"), number("delay"));

    private static final Message SHAPE = message("shape", number("channels"), number("height"), number("width"));

    private static final Message EDGE_DOMAIN =
            message("output", number("kind"), number("maximum"), number("below_zero"));

    private static final Message INPUT = message("input");

    private static final Message DENSE =
            message("dense", number("outputs"), number("inputs"), number("kind"), bytes("weights"), floats("scale"));

    private static final Message CONV2D = message(
            "conv2d",
            number("out_channels"),
            number("in_channels"),
            number("kernel_height"),
            number("kernel_width"),
            number("stride_y"),
            number("stride_x"),
            number("padding_y"),
            number("padding_x"),
            number("dilation_y"),
            number("dilation_x"),
            number("groups"),
            number("kind"),
            bytes("weights"),
            floats("scale"));

    private static final Message POOL2D = message(
            "pool2d",
            number("kind"),
            number("kernel_height"),
            number("kernel_width"),
            number("stride_y"),
            number("stride_x"),
            number("padding_y"),
            number("padding_x"));

    private static final Message DRIVE =
            message("drive", number("steps"), signed("gain"), signed("bias"), number("bias_at_start", 1));

    private static final Message CURRENT_ADD =
            message("current_add", number("shift"), messages("drives", NetworkCodec.MAX_INPUTS, DRIVE));

    private static final Message ATTENTION_GATE = message(
            "attention_gate",
            bytes("spatial_weights"),
            number("spatial_bias", ZIGZAG32),
            number("spatial_step", ZIGZAG32),
            number("hidden"),
            bytes("squeeze"),
            bytes("excite"),
            number("channel_step", ZIGZAG32),
            number("spatial_finer_bits"),
            number("channel_finer_bits"));

    private static final Message CALIBRATION = message("calibration", number("allowance"), number("rule"));

    private static final Message NEURON = message(
            "neuron",
            number("output"),
            number("burst"),
            number("gated", 1),
            number("comparison"),
            signed("synaptic_leak"),
            signed("a0"),
            signed("b0"),
            signed("a1"),
            signed("b1"),
            number("threshold_steps"),
            signed("threshold"),
            messages("drives", NetworkCodec.MAX_INPUTS, DRIVE),
            floats("membrane_unit"),
            number("membrane_maximum", Long.MAX_VALUE),
            signed("floor"),
            messages("calibration", 1, CALIBRATION));

    private static final Message FIRST_SPIKE = message(
            "first_spike",
            number("window"),
            signed("threshold"),
            messages("drives", NetworkCodec.MAX_INPUTS, DRIVE),
            number("potential_maximum", Long.MAX_VALUE));

    static final Message LAYER = new Message("layer", "operation", 5, new Field[] {
        text("name"),
        messages("inputs", NetworkCodec.MAX_INPUTS, INBOUND),
        messages("shape", 1, SHAPE),
        messages("output", 1, EDGE_DOMAIN),
        messages("input", 1, INPUT),
        messages("dense", 1, DENSE),
        messages("conv2d", 1, CONV2D),
        messages("pool2d", 1, POOL2D),
        messages("neuron", 1, NEURON),
        messages("vote_pool", 1, message("vote_pool", number("voters"))),
        messages("join", 1, message("join", number("kind"))),
        messages("current_add", 1, CURRENT_ADD),
        messages("delay", 1, message("delay", numbers("steps", NetworkCodec.MAX_PARAMETERS))),
        messages("attention_gate", 1, ATTENTION_GATE),
        messages("first_spike", 1, FIRST_SPIKE)
    });

    private static final Message DISCRETISATION =
            message("discretisation", text("profile"), field("dt", Kind.FIXED64, 0));

    private static final Message LEARNING_METHOD = message(
            "method",
            number("kind"),
            number("parts"),
            number("feedback"),
            number("optimiser"),
            field("momentum", Kind.FIXED32, 0),
            field("eligibility_decay", Kind.FIXED32, 0),
            field("clip", Kind.FIXED32, 0),
            floats("layer_rates"),
            field("threshold_rate", Kind.FIXED32, 0),
            field("threshold_floor", Kind.FIXED32, 0),
            field("flip_level", Kind.FIXED32, 0),
            field("flip_decay", Kind.FIXED32, 0),
            field("membrane_clip", Kind.FIXED32, 0),
            messages("extrema", NetworkCheck.MAX_LAYERS, message("extrema", floats("extrema"))));

    private static final Message LEARNING_RULE = message(
            "learning",
            numbers("layers", NetworkCheck.MAX_LAYERS),
            field("learning_rate", Kind.FIXED32, 0),
            field("logit_gain", Kind.FIXED32, 0),
            number("halving", Integer.MAX_VALUE),
            messages("method", 1, LEARNING_METHOD));

    private static final Message PROVENANCE = message(
            "provenance",
            text("source_digest"),
            text("calibration_digest"),
            text("tool"),
            field("float_accuracy", Kind.FIXED64, 0),
            field("integer_accuracy", Kind.FIXED64, 0));

    private static final Message SELF_TEST = message(
            "self_test", bytes("sample"), bytes("spikes"), signed("scores"), number("total_spikes", Long.MAX_VALUE));

    static final Message NETWORK = message(
            "network",
            number("format_version"),
            text("name"),
            number("time_steps"),
            messages("encoder", 1, ENCODER),
            messages("readout", 1, READOUT),
            messages("layers", NetworkCheck.MAX_LAYERS, LAYER),
            messages("discretisation", 1, DISCRETISATION),
            messages("learning", 1, LEARNING_RULE),
            number("security_counter", Long.MAX_VALUE),
            messages("provenance", 1, PROVENANCE),
            messages("self_tests", SelfTest.MAX_COUNT, SELF_TEST));

    private WireSchema() {}

    private static Message message(String name, Field... fields) {
        return new Message(name, "", 0, fields);
    }

    private static Field field(String name, Kind kind, long maximum) {
        return new Field(name, kind, maximum, 1, null);
    }

    private static Field number(String name) {
        return number(name, UINT31);
    }

    private static Field number(String name, long maximum) {
        return field(name, Kind.VARINT, maximum);
    }

    private static Field numbers(String name, int count) {
        return new Field(name, Kind.PACKED_VARINTS, UINT31, count, null);
    }

    private static Field signed(String name) {
        return new Field(name, Kind.PACKED_VARINTS, ZIGZAG32, NetworkCodec.MAX_PARAMETERS, null);
    }

    private static Field text(String name) {
        return field(name, Kind.TEXT, NetworkCodec.MAX_TEXT);
    }

    private static Field bytes(String name) {
        return field(name, Kind.BYTES, NetworkCodec.MAX_PAYLOAD);
    }

    private static Field floats(String name) {
        return field(name, Kind.PACKED_FLOATS, NetworkCodec.MAX_PAYLOAD);
    }

    private static Field messages(String name, int count, Message message) {
        return new Field(name, Kind.MESSAGE, 0, count, message);
    }
}
