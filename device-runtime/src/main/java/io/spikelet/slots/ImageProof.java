package io.spikelet.slots;

import java.io.IOException;

/** Makes sure, at a start, that an image which passed all checks of {@link ImageVerifier} really runs on this board. */
public interface ImageProof {
    /** For whoever moves images and runs none. */
    ImageProof NONE = image -> {};

    /**
     * Plans the network and holds its answers against the recorded ones. It may end the process: the attempt is durable
     * before it begins, so the next start knows.
     *
     * @throws SlotRefusedException with the reason SELF_TEST or NETWORK
     * @throws IOException when the store fails
     */
    void prove(VerifiedImage image) throws SlotRefusedException, IOException;
}
