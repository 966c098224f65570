package io.spikelet.hal.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.spikelet.hal.board.OutputPin;
import io.spikelet.hal.board.OutputPinContract;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class SimPinTest extends OutputPinContract {
    private final SimHardware board = new SimHardware();

    @Override
    protected OutputPin open() throws IOException {
        return board.output(17);
    }

    @Override
    protected boolean isHigh() throws IOException {
        return board.input(17).isHigh();
    }

    @Test
    void shouldCountHowOftenItRises() throws IOException {
        OutputPin pin = open();
        pin.set(true);
        pin.set(true);
        pin.set(false);
        pin.set(true);
        assertEquals(2, board.pin(17).rises());
    }
}
