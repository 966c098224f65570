package io.spikelet.host.link;

/**
 * One slot of a board as its image state tells it.
 *
 * @param slot 0 what serves, 1 what is staged
 * @param version such as 1.2.3
 * @param hash SHA-256 of the image's header and body; empty when the board tells none
 * @param pending it will be served after the next reset
 * @param confirmed it stays, as far as the running board knows
 * @param active it serves now
 * @param permanent it will stay once it is served, without being confirmed
 */
public record SlotState(
        int slot,
        String version,
        byte[] hash,
        boolean bootable,
        boolean pending,
        boolean confirmed,
        boolean active,
        boolean permanent) {}
