package io.spikelet.host.convert;

import io.spikelet.host.data.SampleSet;

/** What a network is looked at with: images of real numbers, as they reach its input. */
interface Images {
    int count();

    /** Writes one image, (channels, height, width). */
    void read(int index, float[] into);

    /** Samples of one frame each; an integer means itself over the full scale. */
    static Images of(SampleSet samples) {
        byte[] bytes = new byte[samples.sampleBytes()];
        return new Images() {
            @Override
            public int count() {
                return samples.count();
            }

            @Override
            public void read(int index, float[] into) {
                if (into.length != bytes.length) {
                    throw new IllegalArgumentException("a sample of " + samples.name() + " has " + bytes.length
                            + " values, the network takes " + into.length);
                }
                samples.read(index, bytes, 0);
                for (int i = 0; i < into.length; i++) {
                    into[i] = (bytes[i] & 0xff) / (float) samples.fullScale();
                }
            }
        };
    }

    static Images of(java.util.List<float[]> images) {
        return new Images() {
            @Override
            public int count() {
                return images.size();
            }

            @Override
            public void read(int index, float[] into) {
                System.arraycopy(images.get(index), 0, into, 0, into.length);
            }
        };
    }
}
