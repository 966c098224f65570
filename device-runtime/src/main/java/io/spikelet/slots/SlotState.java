package io.spikelet.slots;

/**
 * One occupied slot as the management protocol reports it.
 *
 * @param slot 0 active, 1 staged
 * @param image what it holds
 * @param pending becomes active at the next start
 * @param confirmed is there for good, or comes back when the trial is not confirmed
 * @param active runs now
 * @param permanent will be confirmed as soon as it becomes active
 */
public record SlotState(
        int slot, StoredImage image, boolean pending, boolean confirmed, boolean active, boolean permanent) {}
