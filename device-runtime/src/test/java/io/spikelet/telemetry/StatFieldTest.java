package io.spikelet.telemetry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class StatFieldTest {
    @Test
    void shouldTellANumberInASmallUnitAndGiveItBack() {
        assertEquals(OptionalLong.of(912_500), StatField.ACCURACY.encode(Reading.of(0.9125)));
        assertEquals(0.9125, StatField.ACCURACY.decode(912_500));
        assertEquals(OptionalLong.of(-5300), StatField.TEMPERATURE.encode(Reading.of(-5.3)));
        assertEquals(-5.3, StatField.TEMPERATURE.decode(-5300));
        assertEquals(OptionalLong.of(42), StatField.LATENCY.encode(Reading.of(42L)));
        assertEquals(42L, StatField.LATENCY.decode(42));
    }

    @Test
    void shouldTellNothingWhereThereIsNoValue() {
        assertEquals(OptionalLong.empty(), StatField.ACCURACY.encode(Reading.absent("no label came")));
    }

    @Test
    void shouldTellEveryMetricThatIsANumber() {
        for (BoardMetric metric : BoardMetric.values()) {
            boolean number = metric.datatype() == Datatype.DOUBLE || metric.datatype() == Datatype.UINT64;
            boolean told = Arrays.stream(StatField.values()).anyMatch(field -> field.metric() == metric);
            assertEquals(number, told, metric.wireName());
        }
        for (StatField field : StatField.values()) {
            assertEquals(field, StatField.ofKey(field.key()).orElseThrow());
            assertTrue(field.key().matches("[a-z_]+"));
        }
    }
}
