package io.spikelet.hal.crossbar;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spikelet.hal.coprocessor.Capability;
import io.spikelet.hal.coprocessor.CoProcessor;
import io.spikelet.hal.coprocessor.Plan;
import io.spikelet.hal.coprocessor.SynapseLayer;
import io.spikelet.hal.coprocessor.Verification;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CrossbarTest {
    @ParameterizedTest
    @CsvSource({
        "'ideal', 300, 200, 255",
        "'ideal', 1, 1, 1",
        "'ideal,mapping=offset', 130, 150, 255",
        "'ideal,slices=3', 200, 70, 7",
        "'ideal,mapping=offset,slices=4', 129, 40, 255",
        "'ideal,rows=7,columns=5', 23, 11, 15",
        "'ideal,rows=7,columns=9,spares=2,remap=on', 23, 11, 15",
        "'ideal,dac=16', 60, 30, 65535",
        "'ideal,least=3.7,most=41.3', 60, 30, 255",
        "'ideal,gains=on', 140, 66, 255"
    })
    void shouldGiveTheSumsOfIntegersBitForBitWhenIdeal(String setup, int inputs, int outputs, int mostInput) {
        SynapseLayer layer = RandomLayers.normal(inputs, outputs, mostInput, 3);
        Crossbar crossbar = RandomLayers.programmed(setup, layer);
        int[] samples = RandomLayers.inputs(layer, 20, 4);
        assertEquals(0, RandomLayers.error(crossbar, layer, samples));
        crossbar.calibrate(samples, 20);
        assertEquals(0, RandomLayers.error(crossbar, layer, samples));
        assertTrue(crossbar.verify().holds());
        crossbar.age(1e9);
        assertEquals(0, RandomLayers.error(crossbar, layer, samples));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ideal", "ideal,mapping=offset", "ideal,slices=4", "ideal,mapping=offset,slices=2"})
    void shouldBeExactAtTheExtremes(String setup) {
        int inputs = 1000;
        for (int weight : new int[] {-128, 127, 0}) {
            byte[] weights = new byte[inputs * 3];
            Arrays.fill(weights, (byte) weight);
            SynapseLayer layer = new SynapseLayer("flat", inputs, 3, weights, 255, Optional.empty());
            int[] input = new int[inputs];
            Arrays.fill(input, 255);
            int[] output = new int[3];
            RandomLayers.programmed(setup, layer).step(input, output);
            assertArrayEquals(RandomLayers.sums(layer, input), output);
        }
    }

    @Test
    void shouldDriveTheRowsThroughTheLinesOfTheCircuit() {
        byte[] weights = {100, -50, 3, 127, -128, 0, 77, -4};
        SynapseLayer layer = new SynapseLayer("lines", 4, 2, weights, 255, Optional.empty());
        Crossbar crossbar = RandomLayers.programmed("ideal,least=2,most=42,word=20,bit=30,driver=500,sense=300", layer);
        CrossbarCircuit circuit = new CrossbarCircuit(4, 5, 20, 30, 500, 300);
        double[] cells = new double[20];
        double levelStep = 40e-6 / 128;
        for (int i = 0; i < 4; i++) {
            for (int j = 0; j < 2; j++) {
                cells[i * 5 + 2 * j] = 2e-6 + levelStep * Math.max(weights[i * 2 + j], 0);
                cells[i * 5 + 2 * j + 1] = 2e-6 + levelStep * Math.max(-weights[i * 2 + j], 0);
            }
            cells[i * 5 + 4] = i % 2 == 0 ? 42e-6 : 2e-6;
        }
        double[] amperes = circuit.currents(circuit.effective(cells), new double[] {255, 31, 0, 200});
        int[] output = new int[2];
        crossbar.step(new int[] {255, 31, 0, 200}, output);
        for (int j = 0; j < 2; j++) {
            assertEquals(Math.rint((amperes[2 * j] - amperes[2 * j + 1]) / levelStep), output[j]);
        }
    }

    @Test
    void shouldAddReadNoiseAsTheCellsOwnNoisesAddUp() {
        byte[] weights = {127, -64, 127, 0, 32, 127};
        SynapseLayer layer = new SynapseLayer("noise", 6, 1, weights, 255, Optional.empty());
        Crossbar crossbar = RandomLayers.programmed("ideal,least=0,read-sigma=0.05", layer);
        int[] input = {255, 255, 0, 255, 255, 100};
        double variance = 0;
        for (int i = 0; i < 6; i++) {
            variance += Math.pow(0.05 * input[i] * weights[i], 2);
        }
        double sigma = Math.sqrt(variance);
        int expected = RandomLayers.sums(layer, input)[0];
        int count = 20_000;
        int[] output = new int[1];
        double sum = 0;
        double square = 0;
        for (int k = 0; k < count; k++) {
            crossbar.step(input, output);
            sum += output[0] - expected;
            square += Math.pow(output[0] - expected, 2);
        }
        assertEquals(0, sum / count, 4 * sigma / Math.sqrt(count));
        assertEquals(sigma, Math.sqrt(square / count), 4 * sigma / Math.sqrt(2.0 * count));
    }

    private static long checksum(Crossbar crossbar, SynapseLayer layer) {
        int[] inputs = RandomLayers.inputs(layer, 30, 9);
        int[] output = new int[layer.outputs()];
        CRC32 crc = new CRC32();
        for (int k = 0; k < 30; k++) {
            crossbar.step(RandomLayers.sample(layer, inputs, k), output);
            Arrays.stream(output).forEach(value -> {
                crc.update(value);
                crc.update(value >> 8);
                crc.update(value >> 16);
            });
        }
        return crc.getValue();
    }

    private static long checksum(String setup) {
        SynapseLayer layer = RandomLayers.normal(70, 20, 15, 8);
        return checksum(RandomLayers.programmed(setup, layer), layer);
    }

    /** Recorded on x86-64 with JDK 25, and the same on an arm64 one under qemu; every processor has to give them. */
    @ParameterizedTest
    @CsvSource({"rram, 929e79d4", "pcm, a4ac5934", "harsh, 67620a27"})
    void shouldGiveTheSameOnEveryProcessor(String setup, String expected) {
        SynapseLayer layer = RandomLayers.normal(70, 20, 15, 8);
        Crossbar crossbar = RandomLayers.programmed(setup + ",size=48,pulses=3,spares=2,remap=on,gains=on", layer);
        crossbar.calibrate(RandomLayers.inputs(layer, 30, 5), 30);
        crossbar.age(3600);
        crossbar.setCelsius(60);
        crossbar.update(3, 4, 20);
        assertEquals(expected, Long.toHexString(checksum(crossbar, layer)));
    }

    @Test
    void shouldRepeatItselfAndKeepFrozenAndFreshSeedsApart() {
        assertEquals(checksum("rram"), checksum("rram"));
        assertNotEquals(checksum("rram"), checksum("rram,seed=2"));
        assertNotEquals(checksum("rram"), checksum("rram,noise-seed=2"));
        String quiet = "rram,reading=0,pulses=5";
        assertEquals(checksum(quiet), checksum(quiet + ",noise-seed=2"));
        assertNotEquals(checksum(quiet), checksum(quiet + ",seed=2"));
    }

    @Test
    void shouldDifferFromTheNextDeviceOfTheBoard() {
        SynapseLayer layer = RandomLayers.normal(70, 20, 15, 8);
        Crossbar other = new Crossbar("crossbar1", CrossbarPresets.parse("rram"));
        other.program(other.plan(layer));
        assertNotEquals(checksum("rram"), checksum(other, layer));
    }

    @Test
    void shouldFreezeErrorsOfWritingButDrawOthersWhenWrittenAgain() {
        SynapseLayer layer = RandomLayers.normal(70, 20, 15, 8);
        Crossbar crossbar = RandomLayers.programmed("rram,reading=0", layer);
        int[] input = RandomLayers.sample(layer, RandomLayers.inputs(layer, 1, 9), 0);
        int[] first = new int[20];
        int[] again = new int[20];
        crossbar.step(input, first);
        crossbar.step(input, again);
        assertArrayEquals(first, again);
        crossbar.program(crossbar.plan(layer));
        crossbar.step(input, again);
        assertFalse(Arrays.equals(first, again));
    }

    @Test
    void shouldClampInputsToWhatTheDacGives() {
        SynapseLayer layer = RandomLayers.normal(4, 3, 15, 8);
        Crossbar crossbar = RandomLayers.programmed("ideal", layer);
        int[] output = new int[3];
        crossbar.step(new int[] {99, -5, 15, 0}, output);
        assertArrayEquals(RandomLayers.sums(layer, new int[] {15, 0, 15, 0}), output);
    }

    @Test
    void shouldClampSumsBeyondTheRangeThatCalibrationSaw() {
        byte[] weights = {100, 100, 100, 100};
        SynapseLayer layer = new SynapseLayer("clamp", 4, 1, weights, 1, Optional.empty());
        Crossbar crossbar = RandomLayers.programmed("ideal,adc=8", layer);
        int[] output = new int[1];
        crossbar.step(new int[] {1, 1, 1, 1}, output);
        assertEquals(400, output[0]);
        crossbar.calibrate(new int[] {1, 0, 0, 0, 1, 1, 0, 0}, 2);
        crossbar.step(new int[] {1, 1, 1, 1}, output);
        assertEquals(200, output[0]);
    }

    @Test
    void shouldLetTheRangeLeaveOutTheRarestSums() {
        byte[] weights = {100, 100, 100, 100};
        SynapseLayer layer = new SynapseLayer("range", 4, 1, weights, 1, Optional.empty());
        Crossbar crossbar = RandomLayers.programmed("ideal,adc=8,range=0.75", layer);
        crossbar.calibrate(new int[] {1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1}, 4);
        int[] output = new int[1];
        crossbar.step(new int[] {1, 1, 1, 1}, output);
        assertEquals(200, output[0]);
    }

    @Test
    void shouldLearnNothingFromSilence() {
        SynapseLayer layer = RandomLayers.normal(30, 8, 15, 8);
        Crossbar crossbar = RandomLayers.programmed("ideal,gains=on,adc=16", layer);
        crossbar.calibrate(new int[60], 2);
        int[] output = new int[8];
        crossbar.step(new int[30], output);
        assertArrayEquals(new int[8], output);
        assertThrows(IllegalArgumentException.class, () -> crossbar.calibrate(new int[59], 2));
        assertThrows(IllegalArgumentException.class, () -> crossbar.calibrate(new int[0], 0));
    }

    @Test
    void shouldNotLetATileOfZerosSpoilTheOthers() {
        byte[] weights = {0, 0, 0, 0, 10, 20, 30, 40};
        SynapseLayer layer = new SynapseLayer("zeros", 8, 1, weights, 1, Optional.empty());
        Crossbar crossbar = RandomLayers.programmed("ideal,rows=4,adc=8,gains=on", layer);
        int[] input = {1, 1, 1, 1, 1, 1, 1, 1};
        int[] output = new int[1];
        crossbar.step(input, output);
        assertEquals(100, output[0]);
        crossbar.calibrate(input, 1);
        crossbar.step(input, output);
        assertEquals(100, output[0]);
    }

    @Test
    void shouldLetACellsNoiseThroughTheLinesAsItsCurrent() {
        SynapseLayer layer = new SynapseLayer("one", 1, 1, new byte[] {127}, 255, Optional.empty());
        Crossbar crossbar = RandomLayers.programmed("ideal,columns=3,driver=5000,read-sigma=0.05", layer);
        // The canary shares the driver: both cells have 40 µS, so the row keeps 1 / (1 + 0.4) of its voltage.
        double through = 127 * 255 / 1.4;
        int count = 20_000;
        int[] output = new int[1];
        double square = 0;
        for (int k = 0; k < count; k++) {
            crossbar.step(new int[] {255}, output);
            square += Math.pow(output[0] - through, 2);
        }
        double sigma = 0.05 * through;
        assertEquals(sigma, Math.sqrt(square / count), 4 * sigma / Math.sqrt(2.0 * count));
    }

    @Test
    void shouldCountItsAgeFromTheLastProgramming() {
        SynapseLayer layer = RandomLayers.normal(4, 3, 15, 8);
        Crossbar crossbar = RandomLayers.programmed("pcm", layer);
        crossbar.age(500);
        crossbar.program(crossbar.plan(layer));
        crossbar.age(20);
        assertEquals(20, crossbar.health().ageSeconds());
        assertThrows(IllegalArgumentException.class, () -> crossbar.age(-1));
    }

    @Test
    void shouldSayWhyALayerCannotGo() {
        Crossbar crossbar = new Crossbar("small", CrossbarPresets.parse("ideal,size=8,tiles=2,dac=1"));
        assertEquals(new Capability(16, 6, -128, 127, 1), crossbar.capability());
        assertEquals(CoProcessor.Kind.CURRENT, crossbar.kind());
        Plan plan = crossbar.plan(RandomLayers.normal(20, 3, 2, 1));
        assertEquals(3, plan.tiles());
        assertEquals(2, plan.refusals().size());
        assertTrue(plan.refusals().get(0).contains("inputs up to 2, a DAC of 1 bits gives 1 at most"));
        assertTrue(plan.refusals().get(1).contains("takes 3 tiles, there are 2"));
        assertThrows(IllegalArgumentException.class, () -> crossbar.program(plan));
        assertTrue(crossbar.plan(RandomLayers.normal(16, 3, 1, 1)).fits());

        byte[] weights = new byte[70_000];
        Arrays.fill(weights, (byte) -128);
        Crossbar wide = new Crossbar("wide", CrossbarPresets.parse("ideal"));
        SynapseLayer layer = new SynapseLayer("big", 70_000, 1, weights, 255, Optional.empty());
        assertTrue(wide.plan(layer).refusals().getFirst().contains("more than 32 bits hold"));
    }

    @Test
    void shouldNotComputeBeforeItHoldsALayer() {
        Crossbar crossbar = new Crossbar("empty", CrossbarPresets.parse("ideal"));
        assertThrows(IllegalStateException.class, () -> crossbar.step(new int[1], new int[1]));
        assertThrows(IllegalStateException.class, crossbar::verify);
        assertTrue(crossbar.health().canaries());
        assertEquals(0, crossbar.counters().steps());
    }

    @Test
    void shouldReadBackWhatFailed() {
        SynapseLayer layer = RandomLayers.normal(64, 30, 1, 2);
        Crossbar crossbar = RandomLayers.programmed("ideal,stuck-high=0.01", layer);
        Verification verification = crossbar.verify();
        assertEquals(64 * 30, verification.cells());
        assertFalse(verification.holds());
        Verification.Cell cell = verification.failed().getFirst();
        assertEquals(layer.weights()[cell.input() * 30 + cell.output()], cell.written());
        assertTrue(Math.abs(cell.read() - cell.written()) > 12);
        double share = verification.failed().size() / (64.0 * 30);
        assertTrue(share > 0.01 && share < 0.03, "" + share);
        assertTrue(crossbar.writeReport().failed() >= verification.failed().size());
    }

    @Test
    void shouldMissItsCanariesOnceItDriftedAndFindThemAfterCalibration() {
        SynapseLayer layer = RandomLayers.normal(64, 20, 1, 2);
        Crossbar crossbar = RandomLayers.programmed("pcm", layer);
        int[] inputs = RandomLayers.inputs(layer, 50, 3);
        crossbar.age(1);
        assertTrue(crossbar.health().canaries());
        crossbar.age(3600);
        assertFalse(crossbar.health().canaries());
        assertEquals(3601, crossbar.health().ageSeconds());
        crossbar.calibrate(inputs, 50);
        assertTrue(crossbar.health().canaries());
    }

    @Test
    void shouldNotBeDisturbedByQuestionsOfHealth() {
        SynapseLayer layer = RandomLayers.normal(70, 20, 15, 8);
        Crossbar asked = RandomLayers.programmed("rram", layer);
        asked.health();
        asked.counters();
        asked.verify();
        assertEquals(checksum("rram"), checksum(asked, layer));
    }

    @Test
    void shouldCountWhatItDid() {
        byte[] weights = {127, 0, 0, 127};
        SynapseLayer layer = new SynapseLayer("counted", 2, 2, weights, 3, Optional.empty());
        Crossbar crossbar = RandomLayers.programmed("ideal,adc=4", layer);
        crossbar.step(new int[] {3, 0}, new int[2]);
        crossbar.step(new int[] {0, 0}, new int[2]);
        assertEquals(2, crossbar.counters().steps());
        assertEquals(1, crossbar.counters().inputEvents());
        assertEquals(2, crossbar.counters().operations());
        // Two rows of two pairs and a canary.
        assertEquals(10, crossbar.counters().writePulses());
        CrossbarEnergy energy = crossbar.energy();
        // Row 0 has 127/127 of a cell of 40 µS and a canary of as much, at 0.1 V for 10 ns.
        assertEquals(80e-6 * 0.01 * 1e-8, energy.read(), 1e-24);
        // Two cells and one canary at 40 µS, 2 V, 1 µs.
        assertEquals(3 * 40e-6 * 4 * 1e-6, energy.write(), 1e-18);
        // A tile without input is not read.
        assertEquals(2 * 2.03084e-12, energy.adc(), 1e-24);
        assertEquals(energy.total(), crossbar.counters().joules());
        assertTrue(
                Double.isNaN(RandomLayers.programmed("ideal", layer).counters().joules()));
    }
}
