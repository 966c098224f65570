package io.spikelet.dut;

import java.io.IOException;

/** Says a line of text to the runner, its end not included. */
interface Speaker {
    void say(String text) throws IOException;
}
