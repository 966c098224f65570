package io.spikelet.engine.gather;

import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** The vector twin: as many bytes at a time as a vector has, where the map has one pixel; a picture goes the plain way. */
final class VectorPacker implements Packer {
    private static final VectorSpecies<Byte> LANES =
            ByteVector.SPECIES_PREFERRED.length() >= 32 ? ByteVector.SPECIES_256 : ByteVector.SPECIES_128;

    private static final int N = LANES.length();

    @Override
    public void pack(byte[] frame, int offset, SpikeMap into) {
        if (into.height * into.width != 1) {
            into.pack(frame, offset);
            return;
        }
        long[] words = into.words;
        int whole = into.channels / Long.SIZE;
        for (int word = 0; word < whole; word++) {
            long bits = 0;
            for (int k = 0; k < Long.SIZE; k += N) {
                bits |= ByteVector.fromArray(LANES, frame, offset + word * Long.SIZE + k)
                                .compare(VectorOperators.NE, 0)
                                .toLong()
                        << k;
            }
            words[word] = bits;
        }
        if (whole < words.length) {
            int first = whole * Long.SIZE;
            words[whole] = SpikeMap.packWord(frame, offset + first, into.channels - first);
        }
    }
}
