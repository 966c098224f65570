package io.spikelet.telemetry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class DeadBandsTest {
    private static final DeadBands BANDS =
            DeadBands.parse("Board/TemperatureCelsius=0.5, Inference/LatencyMicroseconds=10%");

    @Test
    void shouldTakeASmallChangeForNoNews() {
        assertFalse(BANDS.isNews(BoardMetric.TEMPERATURE, Reading.of(20.0), Reading.of(20.4)));
        assertTrue(BANDS.isNews(BoardMetric.TEMPERATURE, Reading.of(20.0), Reading.of(20.5)));
        assertTrue(BANDS.isNews(BoardMetric.TEMPERATURE, Reading.of(20.0), Reading.of(19.5)));
    }

    @Test
    void shouldMeasureAShareByTheValueToldLast() {
        assertFalse(BANDS.isNews(BoardMetric.LATENCY, Reading.of(100L), Reading.of(109L)));
        assertTrue(BANDS.isNews(BoardMetric.LATENCY, Reading.of(100L), Reading.of(110L)));
        assertFalse(BANDS.isNews(BoardMetric.LATENCY, Reading.of(1000L), Reading.of(1099L)));
    }

    @Test
    void shouldTakeAnyChangeOfOtherMetricsAndTheComingAndGoingOfAValueForNews() {
        assertTrue(BANDS.isNews(BoardMetric.SAMPLES_LEARNED, Reading.of(1L), Reading.of(2L)));
        assertFalse(BANDS.isNews(BoardMetric.SAMPLES_LEARNED, Reading.of(1L), Reading.of(1L)));
        assertTrue(BANDS.isNews(BoardMetric.TEMPERATURE, Reading.of(20.0), Reading.absent("gone")));
        assertTrue(BANDS.isNews(BoardMetric.TEMPERATURE, Reading.absent("gone"), Reading.of(20.0)));
        assertTrue(BANDS.isNews(BoardMetric.TEMPERATURE, null, Reading.of(20.0)));
    }

    @Test
    void shouldSayWhatItReads() {
        assertEquals("Board/TemperatureCelsius=0.5,Inference/LatencyMicroseconds=10%", BANDS.toString());
        assertEquals(BANDS, DeadBands.parse(BANDS.toString()));
        assertEquals(DeadBands.DEFAULT, DeadBands.parse(DeadBands.DEFAULT.toString()));
        assertEquals(DeadBands.NONE, DeadBands.parse(""));
    }

    @Test
    void shouldRefuseWhatIsNoDeadBand() {
        for (String text : new String[] {
            "Board/TemperatureCelsius", "Board/TemperatureCelsius=-1", "Board/Nothing=1", "Model/Name=1", "=", ","
        }) {
            assertThrows(IllegalArgumentException.class, () -> DeadBands.parse(text), text);
        }
    }
}
