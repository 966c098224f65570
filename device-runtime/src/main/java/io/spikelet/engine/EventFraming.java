package io.spikelet.engine;

import io.spikelet.hal.events.EventBuffer;
import io.spikelet.hal.events.EventFrames;
import io.spikelet.hal.events.EventGrid;
import io.spikelet.hal.events.EventSource;
import io.spikelet.hal.events.EventWindows;
import io.spikelet.model.Encoder;
import io.spikelet.model.Shape;
import io.spikelet.model.SpikingNetwork;
import java.io.IOException;
import java.util.Objects;
import java.util.Optional;

/**
 * How a recording becomes a sample of a network with an event-frame encoder (docs/events.md, F1 to F6): integers alone,
 * so host and board make the same bytes of the same events.
 *
 * @param encoder how frames are cut
 * @param input (2, height, width) of one frame
 * @param timeSteps T, the frames of a sample, 1..{@link EventFrames#MAX_FRAMES}
 * @param maximum where counts are clipped, 1..255: the largest input that the network declares
 */
public record EventFraming(Encoder.EventFrames encoder, Shape input, int timeSteps, int maximum) {
    /** The most events of a recording that is split into T equal times and so held whole. */
    public static final int MAX_EVENTS = 1 << 22;

    public EventFraming {
        if (input.channels() != EventGrid.POLARITIES) {
            throw new IllegalArgumentException(
                    "event frames have 2 polarities and the network's input is " + input + "; give one of 2xHxW");
        }
        if (timeSteps < 1 || timeSteps > EventFrames.MAX_FRAMES) {
            throw new IllegalArgumentException(
                    "event frames have 1.." + EventFrames.MAX_FRAMES + " time steps: timeSteps=" + timeSteps);
        }
        if (maximum < 1 || maximum > 255) {
            throw new IllegalArgumentException("event counts are clipped at 1..255: maximum=" + maximum);
        }
        if (encoder.size() < 0 || encoder.size() == 0 && encoder.window() == Encoder.Window.COUNT) {
            throw new IllegalArgumentException("a frame by count has 1 or more events: size=" + encoder.size());
        }
    }

    /** What a network says of it; empty where its samples are no event frames. */
    public static Optional<EventFraming> of(SpikingNetwork network) {
        return network.encoder() instanceof Encoder.EventFrames encoder
                ? Optional.of(new EventFraming(
                        encoder,
                        network.input().shape(),
                        network.timeSteps(),
                        network.input().output().maximum()))
                : Optional.empty();
    }

    /** The bytes of a sample, T · 2 · height · width. */
    public int sampleBytes() {
        return timeSteps * input.size();
    }

    /**
     * Which pixels of a sensor become a frame: cells as large as fit, cropped from the middle (F6).
     *
     * @throws IllegalArgumentException when the sensor has fewer pixels than the frame
     */
    public EventGrid grid(int sensorWidth, int sensorHeight) {
        int scale = Math.min(sensorWidth / input.width(), sensorHeight / input.height());
        if (scale < 1) {
            throw new IllegalArgumentException("a sensor of " + sensorWidth + "x" + sensorHeight
                    + " pixels is smaller than the network's frames of " + input.width() + "x" + input.height());
        }
        return new EventGrid(
                (sensorWidth - scale * input.width()) / 2,
                (sensorHeight - scale * input.height()) / 2,
                scale,
                input.width(),
                input.height());
    }

    /**
     * Makes a sample of a recording, which it reads and does not close. Frames that the recording is too short for stay
     * empty, and what comes after the last frame is left out. Allocates its buffers anew.
     *
     * @param into takes {@link #sampleBytes()} unsigned bytes from {@code offset}
     * @throws IOException as {@link EventSource#poll}
     * @throws IllegalArgumentException when the sensor is smaller than a frame, or when a recording that is to be split
     *     has more than {@link #MAX_EVENTS} events
     */
    public void frame(EventSource recording, byte[] into, int offset) throws IOException {
        Objects.checkFromIndexSize(offset, sampleBytes(), into.length);
        EventFrames frames = new EventFrames(grid(recording.width(), recording.height()), timeSteps, maximum);
        if (encoder.size() == 0) {
            frames.split(whole(recording));
        } else {
            frames.fill(
                    encoder.window() == Encoder.Window.TIME
                            ? EventWindows.everyMicros(recording, encoder.size())
                            : EventWindows.everyEvents(recording, encoder.size()),
                    0);
        }
        System.arraycopy(frames.counts(), 0, into, offset, sampleBytes());
    }

    private static EventBuffer whole(EventSource recording) throws IOException {
        EventBuffer events = new EventBuffer(MAX_EVENTS + 1);
        while (events.size() <= MAX_EVENTS && recording.poll(events, 0) > 0) {
            continue;
        }
        if (events.size() > MAX_EVENTS) {
            throw new IllegalArgumentException(recording.name() + ": has more than " + MAX_EVENTS
                    + " events, too many to split; cut frames by time or by count");
        }
        return events;
    }
}
