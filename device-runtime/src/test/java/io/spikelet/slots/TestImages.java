package io.spikelet.slots;

import io.spikelet.model.Discretisation;
import io.spikelet.model.EdgeDomain;
import io.spikelet.model.Encoder;
import io.spikelet.model.Layer;
import io.spikelet.model.Operation;
import io.spikelet.model.Provenance;
import io.spikelet.model.Readout;
import io.spikelet.model.Shape;
import io.spikelet.model.SpikingNetwork;
import io.spikelet.slots.SlotRefusedException.Reason;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** Images whose bytes are a sentence, {@code good VERSION counter N padding}, and the verifier that reads them. */
final class TestImages implements ImageVerifier {

    static byte[] image(String version, long counter) {
        return ("good " + version + " counter " + counter + " " + "x".repeat(100)).getBytes(StandardCharsets.US_ASCII);
    }

    static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The hash by which the protocol names an image; here of the reversed digest, so that the two never mix up. */
    static String hash(byte[] image) {
        return new StringBuilder(sha256(image)).reverse().toString();
    }

    @Override
    public VerifiedImage verify(byte[] file) throws SlotRefusedException {
        String[] words = new String(file, StandardCharsets.US_ASCII).split(" ");
        if (!words[0].equals("good")) {
            throw new SlotRefusedException(Reason.SIGNATURE, "it is not signed by a trusted key");
        }
        return new VerifiedImage(hash(file), words[1], network(Long.parseLong(words[3])));
    }

    private static SpikingNetwork network(long counter) {
        var input = new Layer("in", List.of(), Shape.vector(1), EdgeDomain.SPIKE, new Operation.Input());
        return new SpikingNetwork(
                "test",
                1,
                Encoder.DIRECT,
                new Readout(1, 1),
                List.of(input),
                new Discretisation("none", 1),
                Optional.empty(),
                counter,
                new Provenance("", "", "test", Double.NaN, Double.NaN));
    }
}
