package io.spikelet.slots;

import io.spikelet.model.MalformedDataException;
import io.spikelet.model.NetworkCheck;
import io.spikelet.model.NetworkCodec;
import io.spikelet.model.SpikingNetwork;
import io.spikelet.model.container.ImageKey;
import io.spikelet.model.container.ImageRefusedException;
import io.spikelet.model.container.ModelImage;
import io.spikelet.slots.SlotRefusedException.Reason;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** Accepts what a trusted key signed and what the engine can prove safe to run. */
public final class SignedImageVerifier implements ImageVerifier {
    private final TrustedKeys keys;
    private final boolean open;

    private static final int SHORT_HASH = 16;

    /**
     * @param trusted the keys whose signature is accepted
     * @param open whether signatures are not asked for at all
     */
    public SignedImageVerifier(List<ImageKey.Public> trusted, boolean open) {
        this(TrustedKeys.of(trusted), open);
    }

    /**
     * @param keys asked anew for each image
     * @param open whether signatures are not asked for at all
     */
    public SignedImageVerifier(TrustedKeys keys, boolean open) {
        this.keys = keys;
        this.open = open;
    }

    @Override
    public VerifiedImage verify(byte[] file) throws SlotRefusedException {
        ModelImage image = container(file);
        requireSignature(image);
        try {
            SpikingNetwork network = NetworkCodec.decode(image.payload());
            NetworkCheck.verify(network);
            return new VerifiedImage(
                    HexFormat.of().formatHex(image.digest()), image.version().toString(), network);
        } catch (MalformedDataException e) {
            throw new SlotRefusedException(Reason.NETWORK, "the network in the image cannot run: " + e.getMessage(), e);
        }
    }

    private static ModelImage container(byte[] file) throws SlotRefusedException {
        try {
            return ModelImage.parse(file);
        } catch (MalformedDataException e) {
            throw new SlotRefusedException(Reason.CONTAINER, "this is no whole model image: " + e.getMessage(), e);
        }
    }

    private void requireSignature(ModelImage image) throws SlotRefusedException {
        if (open) {
            return;
        }
        Optional<String> signer = image.signer().map(HexFormat.of()::formatHex);
        if (signer.isPresent() && keys.isRevoked(signer.get())) {
            throw new SlotRefusedException(
                    Reason.REVOKED,
                    "it is signed by key " + signer.get().substring(0, SHORT_HASH) + ", which was revoked; sign it with"
                            + " another");
        }
        Collection<ImageKey.Public> trusted = keys.trusted();
        if (trusted.isEmpty()) {
            throw new SlotRefusedException(
                    Reason.SIGNATURE,
                    "this board trusts no key, so it takes no image; run spikelet-device provision with a public key");
        }
        try {
            image.verify(trusted);
        } catch (ImageRefusedException e) {
            throw new SlotRefusedException(Reason.SIGNATURE, e.getMessage(), e);
        }
    }
}
