package io.spikelet.telemetry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class InferenceWindowTest {
    private final InferenceWindow window = new InferenceWindow();

    @Test
    void shouldHaveNothingToSayAtFirstAndAfterClearing() {
        window.add(5, 1, 1);
        window.addLabelled(true);
        window.addEnergy(10, 2);
        window.clear();
        assertTrue(window.medianMicroseconds().isEmpty());
        assertTrue(window.accuracy().isEmpty());
        assertTrue(window.meanSpikes().isEmpty());
        assertTrue(window.meanMicrojoules().isEmpty());
    }

    @Test
    void shouldTakeTheMedianOfLatencyAndTheMeanOfTheRest() {
        window.add(10, 2, 100);
        window.add(1000, 4, 300);
        window.add(20, 6, 200);
        assertEquals(20, window.medianMicroseconds().orElseThrow());
        assertEquals(4, window.meanSpikes().orElseThrow());
        assertEquals(200, window.meanOperations().orElseThrow());
    }

    @Test
    void shouldWeighEnergyByInferences() {
        window.addEnergy(100, 1);
        window.addEnergy(100, 3);
        assertEquals(50, window.meanMicrojoules().orElseThrow());
    }

    @Test
    void shouldForgetWhatLeftTheWindow() {
        for (int i = 0; i < InferenceWindow.LABELLED; i++) {
            window.addLabelled(false);
            window.add(1, 0, 0);
        }
        for (int i = 0; i < InferenceWindow.LABELLED / 4; i++) {
            window.addLabelled(true);
            window.add(9, 4, 0);
        }
        assertEquals(0.25, window.accuracy().orElseThrow());
        assertEquals(1, window.meanSpikes().orElseThrow());
        assertEquals(1, window.medianMicroseconds().orElseThrow());
        assertEquals(InferenceWindow.INFERENCES * 5 / 4, window.inferences());
    }
}
