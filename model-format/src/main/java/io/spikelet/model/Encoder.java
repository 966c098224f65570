package io.spikelet.model;

/** How the bytes of a sample, one unsigned byte a value, become input values. */
public sealed interface Encoder {
    /** One frame, applied as a constant current at every time step. */
    Encoder DIRECT = new Direct();

    /** One frame for each time step. */
    Encoder FRAMES = new Frames();

    /** One frame, applied as a constant current at every time step. */
    record Direct() implements Encoder {
        @Override
        public String word() {
            return "direct";
        }
    }

    /** One frame for each time step: event counts, or anything else that was framed before. */
    record Frames() implements Encoder {
        @Override
        public String word() {
            return "frames";
        }
    }

    /**
     * One frame; value v fires at a step where {@code v · 2^16 > fullScale · r}, r the generator's next 16 bits: with
     * probability {@code v / fullScale}. The generator starts at the seed in each sample, so the answer does not
     * depend on what was asked before.
     */
    record Bernoulli(int fullScale, long seed) implements Encoder {
        @Override
        public String word() {
            return "bernoulli";
        }
    }

    /**
     * One frame; value v fires with the sign of {@code v − zero} where {@code |v − zero| · gain > r}, r the generator's
     * next 16 bits. Gives −1, 0, 1.
     *
     * @param zero the byte that means 0
     * @param gain probability for one LSB, Q16
     */
    record SignedPoisson(int zero, int gain, long seed) implements Encoder {
        @Override
        public String word() {
            return "signed-poisson";
        }
    }

    /**
     * One frame; value v fires once, at step {@code step[v]}, or never where that is T or more. A table of 256 serves
     * linear and logarithmic latencies alike.
     */
    record Latency(int[] step) implements Encoder {
        @Override
        public String word() {
            return "latency";
        }
    }

    /**
     * One frame; value v becomes the spike time {@code time[v]} itself, 0..window, window for none: the input of a
     * time-to-first-spike network.
     */
    record SpikeTimes(int window, int[] time) implements Encoder {
        @Override
        public String word() {
            return "spike-times";
        }
    }

    /**
     * Events of a camera, framed into T frames of counts by polarity (docs/events.md); a sample's bytes are those
     * frames, as for {@link Frames}.
     *
     * @param window how frames are cut
     * @param size microseconds or events a frame; 0 cuts the whole recording into T equal times
     */
    record EventFrames(Window window, int size) implements Encoder {
        @Override
        public String word() {
            return "event-frames";
        }
    }

    /** How events are cut into frames. */
    enum Window {
        TIME,
        COUNT
    }

    /** The word for it in reports and options. */
    String word();

    /** Whether a sample brings a frame for every step. */
    default boolean takesFrameEachStep() {
        return this instanceof Frames || this instanceof EventFrames;
    }

    /** Whether input values are the same at every step of a sample. */
    default boolean isConstant() {
        return this instanceof Direct || this instanceof SpikeTimes;
    }

    default int framesPerSample(int timeSteps) {
        return takesFrameEachStep() ? timeSteps : 1;
    }
}
