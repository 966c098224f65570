package io.spikelet.hal.pi4j;

import com.pi4j.context.Context;
import com.pi4j.io.gpio.digital.DigitalInput;
import io.spikelet.hal.board.InputPin;
import java.io.IOException;

/** A pin that Pi4J reads. */
final class PiInputPin implements InputPin {
    private final Context context;
    private final DigitalInput input;
    private final String name;

    PiInputPin(Context context, DigitalInput input, String name) {
        this.context = context;
        this.input = input;
        this.name = name;
    }

    @Override
    public boolean isHigh() throws IOException {
        return Pi4jFailure.translate("cannot read " + name, () -> input.state().isHigh());
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void close() throws IOException {
        Pi4jFailure.translate("cannot let " + name + " go", () -> context.shutdown(input.id()));
    }
}
