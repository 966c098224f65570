package io.spikelet.slots;

/** Decides whether the bytes of an image file may run on this board. */
public interface ImageVerifier {

    /**
     * Checks container, signature and network; the security counter is compared by {@link Slots}.
     *
     * @throws SlotRefusedException with the reason CONTAINER, SIGNATURE or NETWORK
     */
    VerifiedImage verify(byte[] file) throws SlotRefusedException;
}
