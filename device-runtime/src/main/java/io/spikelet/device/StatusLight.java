package io.spikelet.device;

import io.spikelet.hal.board.OutputPin;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An LED that tells from across the room how the board does. One that fails is said once and left alone. */
final class StatusLight {

    /** What it tells, and how long it stays on and off in turn; 0 stays on. */
    enum Sign {
        SERVES(0),
        NO_LINK(1000),
        NO_MODEL(250);

        private final long halfNanos;

        Sign(long halfMillis) {
            this.halfNanos = TimeUnit.MILLISECONDS.toNanos(halfMillis);
        }

        /** Whether it shines at this moment. */
        boolean shines(long nowNanos) {
            return halfNanos == 0 || Math.floorMod(nowNanos, 2 * halfNanos) < halfNanos;
        }
    }

    private static final Logger LOG = LoggerFactory.getLogger(StatusLight.class);

    private final OutputPin led;
    private boolean failed;
    private boolean inUse = true;
    private Optional<Boolean> shown = Optional.empty();

    /** @param led dark, or null for a board without */
    StatusLight(OutputPin led) {
        this.led = led;
    }

    /** Shows a sign; called at least a few times a second. */
    void show(Sign sign, long nowNanos) {
        boolean on = inUse && sign.shines(nowNanos);
        if (led == null || failed || shown.equals(Optional.of(on))) {
            return;
        }
        try {
            led.set(on);
            shown = Optional.of(on);
        } catch (IOException e) {
            failed = true;
            LOG.warn("the status LED stays as it is: {}", e.getMessage());
        }
    }

    /** Whether it tells anything, or stays dark as a person may want by night. */
    void use(boolean wanted) {
        inUse = wanted;
    }

    /** Goes dark for good. */
    void close() throws IOException {
        if (led != null) {
            led.close();
        }
    }
}
