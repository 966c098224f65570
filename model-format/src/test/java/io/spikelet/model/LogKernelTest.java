package io.spikelet.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import org.junit.jupiter.api.Test;

/** Against exact arithmetic: quarter powers of two by square roots of 40 digits. */
class LogKernelTest {
    private static final MathContext EXACT = new MathContext(40);
    private static final BigDecimal TWO = BigDecimal.valueOf(2);
    private static final BigDecimal QUARTER_STEP =
            BigDecimal.ONE.divide(TWO.sqrt(EXACT).sqrt(EXACT), EXACT);

    @Test
    void shouldStayWithinHalfAnLsbOfExactPowersAndTheTablesRounding() {
        for (int code = 1; code < 16; code++) {
            for (int time = 0; time < 255; time++) {
                BigDecimal exact = QUARTER_STEP
                        .pow(time + 2 * (code - 1), EXACT)
                        .multiply(BigDecimal.valueOf(1 << WeightKind.LOG2_FRACTION_BITS));
                double error = exact.subtract(BigDecimal.valueOf(LogKernel.value((byte) code, time)))
                        .doubleValue();
                assertTrue(Math.abs(error) <= 0.5 + 1.0 / 16, "code " + code + " time " + time + " error " + error);
            }
        }
    }

    @Test
    void shouldRoundTheExactPowerHalfUpWhereverTheTablesRoundingDoesNotDecide() {
        for (int exponent = 0; exponent < 64; exponent++) {
            BigDecimal exact = QUARTER_STEP.pow(exponent, EXACT).multiply(BigDecimal.valueOf(1 << 12));
            BigDecimal fraction = exact.remainder(BigDecimal.ONE);
            boolean decided = fraction.subtract(new BigDecimal("0.5")).abs().doubleValue() > 1.0 / 16;
            int rounded = exact.setScale(0, RoundingMode.HALF_UP).intValueExact();
            if (decided) {
                assertEquals(rounded, LogKernel.value((byte) 1, exponent), "exponent " + exponent);
            }
        }
    }

    @Test
    void shouldGiveTheWeightItselfAtTimeZero() {
        for (byte code = 0; code < LogKernel.CODES; code++) {
            if (WeightKind.LOG2.allows(code)) {
                assertEquals(WeightKind.LOG2.value(code), LogKernel.value(code, 0));
            }
        }
    }

    @Test
    void shouldNeverGrowWithTime() {
        for (byte code = 1; code < 16; code++) {
            for (int time = 1; time < 300; time++) {
                assertTrue(LogKernel.value(code, time) <= LogKernel.value(code, time - 1));
                assertEquals(-LogKernel.value(code, time), LogKernel.value((byte) (code | 0x10), time));
            }
        }
    }

    @Test
    void shouldGiveNothingForASpikeThatNeverCame() {
        int[] table = LogKernel.table(24);
        assertEquals(25 * 32, table.length);
        for (int code = 0; code < 32; code++) {
            assertEquals(0, table[24 * 32 + code]);
            assertEquals(LogKernel.value((byte) code, 23), table[23 * 32 + code]);
        }
    }
}
