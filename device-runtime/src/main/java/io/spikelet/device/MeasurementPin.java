package io.spikelet.device;

import io.spikelet.hal.board.OutputPin;
import java.io.IOException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A pin that is high while the model works on a sample, so that a meter on the bench sees where an inference begins and
 * ends. One that fails is said once and left alone: the answers go on.
 */
final class MeasurementPin {
    /** A board without one. */
    static final MeasurementPin NONE = new MeasurementPin(null);

    private static final Logger LOG = LoggerFactory.getLogger(MeasurementPin.class);

    private final OutputPin pin;
    private boolean failed;

    /** @param pin low, or null for none */
    MeasurementPin(OutputPin pin) {
        this.pin = pin;
    }

    /** The pin itself, for whoever marks something else with it. */
    Optional<OutputPin> line() {
        return Optional.ofNullable(pin);
    }

    void begin() {
        set(true);
    }

    void end() {
        set(false);
    }

    private void set(boolean high) {
        if (pin == null || failed) {
            return;
        }
        try {
            pin.set(high);
        } catch (IOException e) {
            failed = true;
            LOG.warn("inferences are not marked any more: {}", e.getMessage());
        }
    }

    void close() throws IOException {
        if (pin != null) {
            pin.close();
        }
    }
}
