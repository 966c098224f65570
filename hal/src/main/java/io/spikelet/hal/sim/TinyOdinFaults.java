package io.spikelet.hal.sim;

/**
 * What goes wrong around and inside a simulated tinyODIN.
 *
 * @param seed of the chances below
 * @param lostPulse chance of each SPI clock pulse to get lost on its way
 * @param flippedBit chance of a bit of memory to turn over at each event that comes in
 * @param stuckAcknowledge whether the input bus never acknowledges
 */
public record TinyOdinFaults(long seed, double lostPulse, double flippedBit, boolean stuckAcknowledge) {
    public static final TinyOdinFaults NONE = new TinyOdinFaults(0, 0, 0, false);

    public static TinyOdinFaults losingPulses(long seed, double chance) {
        return new TinyOdinFaults(seed, chance, 0, false);
    }

    public static TinyOdinFaults flippingBits(long seed, double chance) {
        return new TinyOdinFaults(seed, 0, chance, false);
    }

    public static TinyOdinFaults stuck() {
        return new TinyOdinFaults(0, 0, 0, true);
    }
}
