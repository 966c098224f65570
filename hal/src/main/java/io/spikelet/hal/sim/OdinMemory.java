package io.spikelet.hal.sim;

import java.util.SplittableRandom;

/** tinyODIN's two memories, by words of 32 bits; what they hold at power-up is up to chance. */
final class OdinMemory {
    final int[] neurons = new int[256];
    /** Eight weights a word: {@code pre << 5 | post >> 3}. */
    final int[] synapses = new int[8192];

    OdinMemory(SplittableRandom chance) {
        for (int word = 0; word < neurons.length; word++) {
            neurons[word] = chance.nextInt();
        }
        for (int word = 0; word < synapses.length; word++) {
            synapses[word] = chance.nextInt();
        }
    }

    int weight(int pre, int post) {
        int nibbles = synapses[pre << 5 | post >> 3];
        return nibbles << 28 - 4 * (post & 7) >> 28;
    }

    int readNeuron(int address) {
        return byteOf(neurons[address & 0xff], address >> 8);
    }

    int readSynapses(int address) {
        return byteOf(synapses[address & 0x1fff], address >> 13 & 3);
    }

    void writeNeuron(int address, int keep, int value) {
        neurons[address & 0xff] = with(neurons[address & 0xff], address >> 8, keep, value);
    }

    void writeSynapses(int address, int keep, int value) {
        synapses[address & 0x1fff] = with(synapses[address & 0x1fff], address >> 13 & 3, keep, value);
    }

    private static int byteOf(int word, int index) {
        return index > 3 ? 0 : word >>> 8 * index & 0xff;
    }

    private static int with(int word, int index, int keep, int value) {
        if (index > 3) {
            return word;
        }
        int change = (~keep & 0xff) << 8 * index;
        return word & ~change | value << 8 * index & change;
    }
}
