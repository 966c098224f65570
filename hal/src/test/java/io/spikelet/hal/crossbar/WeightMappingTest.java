package io.spikelet.hal.crossbar;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WeightMappingTest {
    @ParameterizedTest
    @CsvSource({
        "PAIR, 1",
        "PAIR, 2",
        "PAIR, 3",
        "PAIR, 4",
        "PAIR, 8",
        "OFFSET, 1",
        "OFFSET, 2",
        "OFFSET, 3",
        "OFFSET, 5",
        "OFFSET, 8"
    })
    void shouldGiveEveryCodeBack(WeightMapping.Kind kind, int slices) {
        WeightMapping mapping = new WeightMapping(kind, slices, 1, false);
        for (byte[] span : new byte[][] {{-128, 127}, {-1, 0}, {0, 5}, {-128}, {127}, {0}, {-7, 100}}) {
            CodeDigits digits = mapping.digits(span);
            int least = span[0];
            int most = span[span.length - 1];
            for (int code = least; code <= most; code++) {
                int sum = 0;
                for (int slice = 0; slice < slices; slice++) {
                    int plus = digits.plus(code, slice);
                    int minus = digits.minus(code, slice);
                    assertTrue(plus >= 0 && plus <= digits.top() && minus >= 0 && minus <= digits.top());
                    sum += digits.factor(slice) * (plus - minus);
                }
                assertEquals(code, sum);
            }
            assertTrue(digits.least() <= least && digits.most() >= most);
        }
    }

    @Test
    void shouldUseTheWholeRangeOfConductancesForTheLargestWeight() {
        CodeDigits digits = new WeightMapping(WeightMapping.Kind.PAIR, 1, 1, false).digits(new byte[] {-9, 4});
        assertEquals(9, digits.top());
        CodeDigits offset = new WeightMapping(WeightMapping.Kind.OFFSET, 1, 1, false).digits(new byte[] {-9, 4});
        assertEquals(13, offset.top());
        assertEquals(9, offset.zero());
    }

    @Test
    void shouldLeaveRoomToGrow() {
        CodeDigits digits = new WeightMapping(WeightMapping.Kind.PAIR, 1, 1.5, false).digits(new byte[] {-9, 4});
        assertEquals(-14, digits.least());
        assertEquals(14, digits.most());
        CodeDigits full = new WeightMapping(WeightMapping.Kind.PAIR, 1, 3, false).digits(new byte[] {-100, 4});
        assertEquals(-128, full.least());
        assertEquals(127, full.most());
    }
}
