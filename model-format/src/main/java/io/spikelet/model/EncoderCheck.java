package io.spikelet.model;

/** The rules of encoders: their tables and numbers, and the input they fill. */
final class EncoderCheck {
    /** Values of a byte. */
    private static final int TABLE_SIZE = 256;

    /** The largest full scale whose product with 16 random bits stays within 31. */
    private static final int MAX_FULL_SCALE = Short.MAX_VALUE;

    private static final int MAX_WINDOW = 255;
    private static final int MAX_BYTE = 255;
    private static final int POLARITIES = 2;

    /** What the event reader makes of one recording at most. */
    private static final int MAX_EVENT_FRAMES = 1024;

    /** The most bytes of one sample. */
    private static final long MAX_SAMPLE = 1L << 30;

    private EncoderCheck() {}

    static void verify(CheckedLayer input) throws MalformedDataException {
        SpikingNetwork network = input.network();
        EdgeDomain.Kind kind = input.layer().output().kind();
        values(input, network.encoder());
        input.require(
                kind != EdgeDomain.Kind.TIME || network.encoder() instanceof Encoder.SpikeTimes,
                "its encoder gives no spike times");
        long frames = network.encoder().framesPerSample(network.timeSteps());
        input.require(
                frames * input.layer().shape().size() <= MAX_SAMPLE,
                "one sample holds at most " + MAX_SAMPLE + " bytes");
    }

    private static void values(CheckedLayer input, Encoder encoder) throws MalformedDataException {
        if (encoder instanceof Encoder.Direct || encoder instanceof Encoder.Frames) {
            takesBytes(input);
        } else if (encoder instanceof Encoder.EventFrames events) {
            eventFrames(input, events);
        } else if (encoder instanceof Encoder.Bernoulli bernoulli) {
            input.require(
                    bernoulli.fullScale() >= 1 && bernoulli.fullScale() <= MAX_FULL_SCALE,
                    "its encoder's full scale is 1.." + MAX_FULL_SCALE + ", not " + bernoulli.fullScale());
            gives(input, EdgeDomain.SPIKE);
        } else if (encoder instanceof Encoder.SignedPoisson poisson) {
            input.require(
                    poisson.zero() >= 0 && poisson.zero() <= MAX_BYTE,
                    "its encoder's zero is a byte, not " + poisson.zero());
            input.require(
                    poisson.gain() >= 0 && poisson.gain() <= 1 << 16,
                    "its encoder's gain is a probability 0..65536 in Q16, not " + poisson.gain());
            gives(input, EdgeDomain.signed(1));
        } else if (encoder instanceof Encoder.Latency latency) {
            isTable(input, latency.step());
            for (int step : latency.step()) {
                input.require(step >= 0, "its encoder's steps are 0 or more");
            }
            gives(input, EdgeDomain.SPIKE);
        } else if (encoder instanceof Encoder.SpikeTimes times) {
            times(input, times);
        } else {
            throw new IllegalStateException("an encoder without rules: " + encoder);
        }
    }

    private static void eventFrames(CheckedLayer input, Encoder.EventFrames events) throws MalformedDataException {
        boolean byCount = events.window() == Encoder.Window.COUNT;
        input.require(
                events.size() >= (byCount ? 1 : 0),
                "its encoder's frames have " + (byCount ? "1 or more events" : "0 or more units") + ", not "
                        + events.size());
        input.require(
                input.layer().shape().channels() == POLARITIES,
                "its encoder, " + word(input) + ", gives " + POLARITIES + " polarities but it has "
                        + input.layer().shape().channels() + " channels");
        int steps = input.network().timeSteps();
        input.require(
                steps <= MAX_EVENT_FRAMES,
                "its encoder, " + word(input) + ", makes at most " + MAX_EVENT_FRAMES + " frames, not " + steps);
        takesBytes(input);
        int maximum = input.layer().output().maximum();
        input.require(
                maximum <= MAX_BYTE,
                "its encoder, " + word(input) + ", counts up to " + MAX_BYTE + " but it is declared up to " + maximum);
    }

    private static void times(CheckedLayer input, Encoder.SpikeTimes times) throws MalformedDataException {
        input.require(
                times.window() >= 1 && times.window() <= MAX_WINDOW,
                "its encoder's window is 1.." + MAX_WINDOW + " steps, not " + times.window());
        isTable(input, times.time());
        for (int time : times.time()) {
            if (time < 0 || time > times.window()) {
                throw input.refusal("its encoder's times are 0.." + times.window() + ", not " + time);
            }
        }
        gives(input, EdgeDomain.time(times.window()));
    }

    private static void takesBytes(CheckedLayer input) throws MalformedDataException {
        EdgeDomain.Kind kind = input.layer().output().kind();
        input.require(
                kind == EdgeDomain.Kind.BIT || kind == EdgeDomain.Kind.UNSIGNED,
                "its encoder, " + word(input) + ", gives bytes but it is declared " + kind);
    }

    private static void gives(CheckedLayer input, EdgeDomain domain) throws MalformedDataException {
        EdgeDomain declared = input.layer().output();
        input.require(
                declared.equals(domain),
                "its encoder, " + word(input) + ", gives " + domain.words() + " but it is declared "
                        + declared.words());
    }

    private static void isTable(CheckedLayer input, int[] table) throws MalformedDataException {
        input.require(
                table.length == TABLE_SIZE,
                "its encoder's table has " + table.length + " rows, not one for each of " + TABLE_SIZE + " bytes");
    }

    private static String word(CheckedLayer input) {
        return input.network().encoder().word();
    }
}
