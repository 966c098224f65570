package io.spikelet.hal.crossbar;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spikelet.hal.coprocessor.SynapseLayer;
import org.junit.jupiter.api.Test;

/** What a countermeasure is worth on the column sums of one random layer that it was not calibrated with. */
class CountermeasuresTest {
    private final SynapseLayer layer = RandomLayers.normal(120, 50, 1, 21);
    private final int[] calibration = RandomLayers.inputs(layer, 200, 22);
    private final int[] test = RandomLayers.inputs(layer, 100, 23);

    private double error(Crossbar crossbar) {
        return RandomLayers.error(crossbar, layer, test);
    }

    private double error(String setup) {
        return error(RandomLayers.programmed(setup, layer));
    }

    private static void halves(double before, double after) {
        assertTrue(before > 1 && after <= before / 2, before + " LSBs before, " + after + " after");
    }

    @Test
    void shouldHalveTheErrorOfLinesByGainsOfColumns() {
        Crossbar crossbar = RandomLayers.programmed(
                "ideal,least=5,most=50,size=64,word=5,bit=10,driver=1000,sense=1000,gains=on", layer);
        double before = error(crossbar);
        crossbar.calibrate(calibration, 200);
        halves(before, error(crossbar));
    }

    @Test
    void shouldHalveTheErrorOfDriftByCalibratingAgain() {
        Crossbar crossbar = RandomLayers.programmed("pcm,programming=0,reading=0,adc=0,gains=on,stuck-high=0", layer);
        crossbar.age(86_400);
        double before = error(crossbar);
        crossbar.calibrate(calibration, 200);
        halves(before, error(crossbar));
    }

    @Test
    void shouldHalveTheErrorOfWarmthByCalibratingAgain() {
        Crossbar crossbar = RandomLayers.programmed("ideal,least=5,activation=0.1,gains=on", layer);
        crossbar.setCelsius(85);
        double before = error(crossbar);
        crossbar.calibrate(calibration, 200);
        double after = error(crossbar);
        assertTrue(before > 1 && after < before, before + " LSBs before, " + after + " after");
        crossbar.setCelsius(25);
        crossbar.calibrate(calibration, 200);
        assertEquals(0, error(crossbar));
    }

    @Test
    void shouldHalveTheErrorOfWritingByVerifying() {
        String rram = "rram,adc=0,reading=0,word=0,bit=0,driver=0,sense=0,stuck-low=0,stuck-high=0,tolerance=0.02";
        halves(error(rram), error(rram + ",pulses=20"));
    }

    @Test
    void shouldHalveTheErrorOfCellsStuckHighByTheOtherCellOfThePair() {
        halves(error("ideal,stuck-high=0.02"), error("ideal,stuck-high=0.02,remap=on"));
    }

    @Test
    void shouldLoseLessToStuckCellsWithSpareColumns() {
        double before = error("ideal,columns=48,stuck-low=0.002,stuck-high=0.002");
        double after = error("ideal,columns=48,stuck-low=0.002,stuck-high=0.002,spares=15");
        halves(before, after);
        Crossbar crossbar =
                RandomLayers.programmed("ideal,columns=48,stuck-low=0.002,stuck-high=0.002,spares=15", layer);
        assertTrue(crossbar.writeReport().spares() > 5, crossbar.writeReport().toString());
    }

    @Test
    void shouldReplaceTheReferenceColumnOfAnOffsetMappingToo() {
        String setup = "ideal,mapping=offset,columns=64,stuck-high=0.02";
        double before = error(setup);
        assertTrue(error(setup + ",spares=20") < before);
    }

    @Test
    void shouldLoseLessToTheConverterWithARangeOfTheDataThanOfTheWorstCase() {
        Crossbar crossbar = RandomLayers.programmed("ideal,adc=6", layer);
        double before = error(crossbar);
        crossbar.calibrate(calibration, 200);
        halves(before, error(crossbar));
    }

    @Test
    void shouldHalveTheErrorOfAHarshChipWithAllTogether() {
        Crossbar plain = RandomLayers.programmed("harsh", layer);
        plain.calibrate(calibration, 200);
        Crossbar helped = RandomLayers.programmed("harsh,pulses=20,tolerance=0.02,remap=on,spares=16,gains=on", layer);
        helped.calibrate(calibration, 200);
        halves(error(plain), error(helped));
    }
}
