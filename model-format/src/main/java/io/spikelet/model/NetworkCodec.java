package io.spikelet.model;

/**
 * A network as bytes: the payload of a model image, described by {@code model.proto}.
 *
 * <p>The bytes of a network are always the same: fields in the order of their numbers, arrays packed, defaults left
 * out. Reading is safe on hostile bytes: every count is checked on the raw bytes before anything is allocated for it,
 * and every rule of the records holds afterwards. Whether the layers fit together and the declared bounds are true is
 * {@link NetworkCheck}'s to say.
 */
public final class NetworkCodec {
    /** The most bytes of a payload. */
    public static final int MAX_PAYLOAD = 16 << 20;

    /** The newest version; {@link #encode} writes the oldest that says all of a network. */
    public static final int FORMAT_VERSION = 7;

    /** The oldest version that {@link #decode} reads. */
    public static final int OLDEST_FORMAT_VERSION = 2;

    /** The most bytes of one text in UTF-8. */
    public static final int MAX_TEXT = 256;

    /** The most edges into one layer. */
    public static final int MAX_INPUTS = 64;

    /** The most neuron parameters of a whole network, each array counted as stored. */
    public static final int MAX_PARAMETERS = 1 << 22;

    private NetworkCodec() {}

    /**
     * Writes a network.
     *
     * @throws IllegalArgumentException when the network is beyond the limits of the format
     */
    public static byte[] encode(SpikingNetwork network) {
        byte[] payload = NetworkWriter.write(network).toByteArray();
        try {
            WireScan.scan(payload);
        } catch (MalformedDataException e) {
            throw new IllegalArgumentException("this network cannot be written: " + e.getMessage(), e);
        }
        return payload;
    }

    /**
     * Reads a network. Offsets in the exception count from the start of the payload.
     *
     * @param payload the bytes of {@link #encode}, or anything
     * @throws MalformedDataException naming the layer and the rule that is broken
     */
    public static SpikingNetwork decode(byte[] payload) throws MalformedDataException {
        WireScan scan = WireScan.scan(payload);
        return new NetworkReader(payload, scan).read();
    }
}
