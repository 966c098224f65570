package io.spikelet.model;

import io.spikelet.model.wire.Bernoulli;
import io.spikelet.model.wire.Direct;
import io.spikelet.model.wire.EventFrames;
import io.spikelet.model.wire.EventWindow;
import io.spikelet.model.wire.Frames;
import io.spikelet.model.wire.Latency;
import io.spikelet.model.wire.SignedPoisson;
import io.spikelet.model.wire.SpikeTimes;

/** Encoders as messages. */
final class EncoderWire {
    private EncoderWire() {}

    static io.spikelet.model.wire.Encoder write(Encoder encoder) {
        var message = io.spikelet.model.wire.Encoder.newBuilder();
        switch (encoder) {
            case Encoder.Direct _ -> message.setDirect(Direct.getDefaultInstance());
            case Encoder.Frames _ -> message.setFrames(Frames.getDefaultInstance());
            case Encoder.Bernoulli bernoulli ->
                message.setBernoulli(Bernoulli.newBuilder()
                        .setFullScale(bernoulli.fullScale())
                        .setSeed(bernoulli.seed()));
            case Encoder.SignedPoisson poisson ->
                message.setSignedPoisson(SignedPoisson.newBuilder()
                        .setZero(poisson.zero())
                        .setGain(poisson.gain())
                        .setSeed(poisson.seed()));
            case Encoder.Latency latency -> {
                Latency.Builder table = Latency.newBuilder();
                WireValues.each(latency.step(), table::addStep);
                message.setLatency(table);
            }
            case Encoder.SpikeTimes times -> {
                SpikeTimes.Builder table = SpikeTimes.newBuilder().setWindow(times.window());
                WireValues.each(times.time(), table::addTime);
                message.setSpikeTimes(table);
            }
            case Encoder.EventFrames events ->
                message.setEventFrames(EventFrames.newBuilder()
                        .setWindow(window(events.window()))
                        .setSize(events.size()));
        }
        return message.build();
    }

    private static EventWindow window(Encoder.Window window) {
        return switch (window) {
            case TIME -> EventWindow.EVENT_WINDOW_TIME;
            case COUNT -> EventWindow.EVENT_WINDOW_COUNT;
        };
    }

    static Encoder read(io.spikelet.model.wire.Encoder message) {
        return switch (message.getEncoderCase()) {
            case DIRECT -> Encoder.DIRECT;
            case FRAMES -> Encoder.FRAMES;
            case BERNOULLI ->
                new Encoder.Bernoulli(
                        message.getBernoulli().getFullScale(),
                        message.getBernoulli().getSeed());
            case SIGNED_POISSON ->
                new Encoder.SignedPoisson(
                        message.getSignedPoisson().getZero(),
                        message.getSignedPoisson().getGain(),
                        message.getSignedPoisson().getSeed());
            case LATENCY -> {
                Latency table = message.getLatency();
                yield new Encoder.Latency(WireValues.ints(table.getStepList()));
            }
            case SPIKE_TIMES -> {
                SpikeTimes table = message.getSpikeTimes();
                yield new Encoder.SpikeTimes(table.getWindow(), WireValues.ints(table.getTimeList()));
            }
            case EVENT_FRAMES ->
                new Encoder.EventFrames(
                        window(message.getEventFrames()),
                        message.getEventFrames().getSize());
            case ENCODER_NOT_SET -> throw new IllegalArgumentException("encoder is missing");
        };
    }

    private static Encoder.Window window(EventFrames message) {
        return switch (message.getWindow()) {
            case EVENT_WINDOW_TIME -> Encoder.Window.TIME;
            case EVENT_WINDOW_COUNT -> Encoder.Window.COUNT;
            default -> throw WireValues.unknown("event window", message.getWindowValue());
        };
    }
}
