package io.spikelet.dut;

import io.spikelet.hal.board.OutputPin;
import java.io.IOException;
import java.util.concurrent.TimeUnit;

/**
 * The runner's timestamps. In performance mode the board tells what time it is; in energy mode a pin falls, which a meter
 * records beside its samples, and no text goes out.
 */
public final class Laps {
    /** The protocol wants 1 µs; a meter that looks at its inputs with each sample, 100,000 a second, needs 10 µs. */
    static final long HOLD_NANOS = TimeUnit.MICROSECONDS.toNanos(50);

    private static final int NANOS_PER_MICROSECOND = 1000;

    /** Null in performance mode. */
    private final OutputPin pin;

    private final long zero = System.nanoTime();

    private Laps(OutputPin pin) {
        this.pin = pin;
    }

    /** Told as text. */
    public static Laps told() {
        return new Laps(null);
    }

    /** Marked by edges of a pin, which is high from here on. */
    public static Laps onPin(OutputPin pin) throws IOException {
        pin.set(true);
        return new Laps(pin);
    }

    boolean areTold() {
        return pin == null;
    }

    /**
     * Marks this moment: with a pin, by an edge that falls now.
     *
     * @return microseconds since the board started, in the moment before any edge
     */
    long strike() throws IOException {
        long now = System.nanoTime();
        if (pin != null) {
            pin.set(false);
            long fallen = System.nanoTime();
            while (System.nanoTime() - fallen < HOLD_NANOS) {
                Thread.onSpinWait();
            }
            pin.set(true);
        }
        return (now - zero) / NANOS_PER_MICROSECOND;
    }
}
