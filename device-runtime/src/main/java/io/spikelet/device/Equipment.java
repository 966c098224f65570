package io.spikelet.device;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;

/**
 * What a board has besides its links and sensors.
 *
 * @param rest what else is held open for them, such as the pins' driver; closed last
 */
record Equipment(StatusLight light, MeasurementPin pin, LoopWatchdog watchdog, Closeable rest) implements Closeable {
    /** A board that has nothing of it. */
    static final Equipment NONE =
            new Equipment(new StatusLight(null), MeasurementPin.NONE, new LoopWatchdog(List.of()), () -> {});

    /** The light goes out, the pin down. The watchdog goes on: {@link LoopWatchdog#stop} is for an orderly end alone. */
    @Override
    public void close() throws IOException {
        try (rest) {
            light.close();
            pin.close();
        }
    }
}
