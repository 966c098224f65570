package io.spikelet.hal.pi4j;

import com.pi4j.context.Context;
import com.pi4j.io.gpio.digital.DigitalOutput;
import io.spikelet.hal.board.OutputPin;
import java.io.IOException;

/** A pin that Pi4J drives. */
final class PiOutputPin implements OutputPin {
    private final Context context;
    private final DigitalOutput output;
    private final String name;

    PiOutputPin(Context context, DigitalOutput output, String name) {
        this.context = context;
        this.output = output;
        this.name = name;
    }

    /** Without the detour of {@link Pi4jFailure}, whose lambda would be an object each time. */
    @Override
    public void set(boolean high) throws IOException {
        try {
            if (high) {
                output.high();
            } else {
                output.low();
            }
        } catch (RuntimeException e) {
            throw new IOException(name + " could not be set: " + e.getMessage(), e);
        }
    }

    @Override
    public String name() {
        return name;
    }

    /** Low first: Pi4J lets the line go, and the kernel leaves its level as it was. */
    @Override
    public void close() throws IOException {
        set(false);
        Pi4jFailure.translate("cannot let " + name + " go", () -> context.shutdown(output.id()));
    }
}
