package io.spikelet.hal.board;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.spikelet.hal.sim.SimLm75;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Lm75Test {
    private final SimLm75 chip = new SimLm75("sensor");

    /** The table of the TMP105's data sheet (SBOS320), degrees and the word's upper 12 bits. */
    @ParameterizedTest
    @CsvSource({
        "127.9375, 0x7ff0",
        "80, 0x5000",
        "25, 0x1900",
        "0.25, 0x0040",
        "0, 0x0000",
        "-0.25, 0xffc0",
        "-55, 0xc900"
    })
    void shouldReadTheDataSheetsTable(double celsius, String word) throws IOException {
        chip.setCelsius(celsius);
        assertEquals(Integer.decode(word), chip.readWord(0));
        assertEquals(celsius, Lm75.open(chip).celsius().getAsDouble());
    }

    @Test
    void shouldFailAtOnceWhereNothingAnswers() {
        chip.setSilent(true);
        assertThrows(IOException.class, () -> Lm75.open(chip));
    }
}
