package io.spikelet.hal.crossbar;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AdcTest {
    /** 4 bits, range 14: codes from -7 to 7, steps of 2. */
    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "0.9, 0",
        "1, 0",
        "1.1, 2",
        "3, 4",
        "5, 4",
        "-1, 0",
        "-1.1, -2",
        "-3, -4",
        "12.9, 12",
        "13, 12",
        "13.1, 14",
        "14, 14",
        "15, 14",
        "16, 14",
        "1e300, 14",
        "-14, -14",
        "-15.5, -14",
        "-1e300, -14"
    })
    void shouldRoundToTheNearestHalfToEvenAndClampAtTheEnds(double value, double expected) {
        Adc adc = new Adc(4);
        adc.setRange(14);
        assertEquals(expected, adc.convert(value) + 0.0);
    }

    @Test
    void shouldHaveThreeCodesAtTwoBits() {
        Adc adc = new Adc(2);
        adc.setRange(10);
        assertEquals(10, adc.convert(5.1));
        assertEquals(0, adc.convert(4.9));
        assertEquals(-10, adc.convert(-5.1));
    }

    @Test
    void shouldPassEverythingOnWithoutBits() {
        Adc adc = new Adc(0);
        adc.setRange(10);
        assertEquals(123.456, adc.convert(123.456));
    }
}
