package io.spikelet.hal.crossbar;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Published numbers, computed by Python from the polynomials as published, against the models and what cells do. */
class MemristorModelsTest {
    private static final int CELLS = 20_000;
    private static final double DAY = 86_400;

    private static CellArray cells(String setup) {
        return new CellArray(CELLS, CrossbarPresets.parse(setup), 11, 0);
    }

    private static double mean(IntToDoubleFunction of) {
        return IntStream.range(0, CELLS).mapToDouble(of).average().orElseThrow();
    }

    private static double deviation(IntToDoubleFunction of) {
        double mean = mean(of);
        return Math.sqrt(mean(k -> Math.pow(of.applyAsDouble(k) - mean, 2)));
    }

    /** Four standard errors of a standard deviation. */
    private static double near(double sigma) {
        return 4 * sigma / Math.sqrt(2.0 * CELLS);
    }

    @ParameterizedTest
    @CsvSource({
        "5, 1.96745, 2.7832228096567198, 2.7317703654675483",
        "20, 2.3618, 3.893554373288721, 3.9153923951714598",
        "39.26, 1.6806414287936002, 2.651, 2.677"
    })
    void shouldGiveTheDeviationsOfRram(double g, double second, double oneDay, double twoDays) {
        assertEquals(second, WanRram.sigma(g, 1), 1e-12);
        assertEquals(oneDay, WanRram.sigma(g, DAY), 1e-12);
        assertEquals(twoDays, WanRram.sigma(g, 2 * DAY), 1e-12);
        assertEquals(twoDays, WanRram.sigma(g, 1000 * DAY), 1e-12);
    }

    @Test
    void shouldGoInALineOverTheLogarithmOfTimeInBetween() {
        assertEquals(3.2926721416743447, WanRram.sigma(20, 1000), 1e-12);
    }

    @ParameterizedTest
    @CsvSource({
        "2.5, 0.448249, 0.06009006894140771, 0.02288231366242557, 1.6241084957423562, 0.46817716571046847",
        "12.5, 0.952705, 0.049, 0.008, 9.294420868460659, 0.822336807685255",
        "25, 1.05538, 0.049, 0.008, 18.588841736921317, 1.0481181174710381"
    })
    void shouldGiveTheNumbersOfPhaseChangeMemory(
            double g, double programming, double exponent, double exponentSigma, double aged, double read) {
        PhaseChange model = new PhaseChange();
        assertEquals(programming, model.programmingSigma(g), 1e-12);
        assertEquals(exponent, PhaseChange.meanExponent(g / 25), 1e-12);
        assertEquals(exponentSigma, PhaseChange.exponentSigma(g / 25), 1e-12);
        assertEquals(aged, model.aged(g, 3600, 1), 1e-9);
        assertEquals(read, model.readSigma(g, 3600), 1e-9);
    }

    @ParameterizedTest
    @ValueSource(doubles = {10, 20, 35})
    void shouldWriteRramAsFarOffAsPublished(double g) {
        CellArray cells = cells("rram,stuck-low=0,stuck-high=0");
        IntStream.range(0, CELLS).forEach(cell -> cells.write(cell, g, 0));
        double sigma = WanRram.sigma(g, 1);
        assertEquals(g, mean(cell -> cells.conductance(cell, 0)), 4 * sigma / Math.sqrt(CELLS));
        assertEquals(sigma, deviation(cell -> cells.conductance(cell, 0)), near(sigma));
    }

    /** Within 3 %: the deviation that comes later depends on what the write left, not on what it aimed at. */
    @ParameterizedTest
    @ValueSource(doubles = {1, 2})
    void shouldLetRramRelaxToWhatIsPublishedForDays(double days) {
        CellArray cells = cells("rram,stuck-low=0,stuck-high=0");
        IntStream.range(0, CELLS).forEach(cell -> cells.write(cell, 20, 0));
        double sigma = WanRram.sigma(20, days * DAY);
        assertEquals(sigma, deviation(cell -> cells.conductance(cell, days * DAY)), 0.03 * sigma);
    }

    @ParameterizedTest
    @ValueSource(doubles = {5, 12.5, 22})
    void shouldWriteAndDriftPhaseChangeMemoryAsPublished(double g) {
        CellArray rough = cells("pcm,stuck-low=0,stuck-high=0");
        IntStream.range(0, CELLS).forEach(cell -> rough.write(cell, g, 0));
        double sigma = new PhaseChange().programmingSigma(g);
        assertEquals(sigma, deviation(cell -> rough.conductance(cell, 0)), near(sigma));

        CellArray exact = cells("pcm,programming=0,stuck-low=0,stuck-high=0");
        IntStream.range(0, CELLS).forEach(cell -> exact.write(cell, g, 0));
        IntToDoubleFunction slope =
                cell -> Math.log(exact.conductance(cell, DAY) / exact.conductance(cell, 0)) / Math.log((DAY + 20) / 20);
        double spread = PhaseChange.exponentSigma(g / 25);
        assertEquals(-PhaseChange.meanExponent(g / 25), mean(slope), 4 * spread / Math.sqrt(CELLS));
        assertEquals(spread, deviation(slope), near(spread));
    }

    @Test
    void shouldReadWithTheNoiseOfTheModelAndMore() {
        CellArray cells = cells("rram,programming=0,read-sigma=0.02,stuck-low=0,stuck-high=0");
        IntStream.range(0, CELLS).forEach(cell -> cells.write(cell, 30, 0));
        double sigma = 30 * Math.hypot(0.01, 0.02);
        assertEquals(sigma, deviation(cell -> cells.verifyRead(cell, 0)), near(sigma));
    }

    @Test
    void shouldHaveAsManyCellsStuckAndOpenAsAsked() {
        CellArray cells = cells("ideal,least=2,stuck-low=0.09,stuck-high=0.0175,open=0.01");
        IntStream.range(0, CELLS).forEach(cell -> cells.write(cell, 20, 0));
        share(0.09, mean(cell -> cells.conductance(cell, 0) == 2 ? 1 : 0));
        share(0.0175, mean(cell -> cells.conductance(cell, 0) == 40 ? 1 : 0));
        share(0.01, mean(cell -> cells.conductance(cell, 0) == 0 ? 1 : 0));
        share(0.8825, mean(cell -> cells.conductance(cell, 0) == 20 ? 1 : 0));
    }

    private static void share(double expected, double found) {
        assertEquals(expected, found, 4 * Math.sqrt(expected * (1 - expected) / CELLS));
    }

    @Test
    void shouldWriteAgainUntilACellReadsRight() {
        CellArray once = cells("rram,stuck-low=0,stuck-high=0,reading=0");
        CellArray verified = cells("rram,stuck-low=0,stuck-high=0,reading=0,tolerance=0.03,pulses=20");
        int right = 0;
        for (int cell = 0; cell < CELLS; cell++) {
            once.write(cell, 20, 0);
            right += verified.write(cell, 20, 0) ? 1 : 0;
        }
        double tolerance = 0.03 * (39.26 - 1);
        double hit = 2 * phi(tolerance / WanRram.sigma(20, 1)) - 1;
        share(1 - Math.pow(1 - hit, 20), (double) right / CELLS);
        assertEquals(CELLS / hit, verified.pulses(), 4 * Math.sqrt(CELLS * (1 - hit)) / hit + 0.001 * CELLS / hit);
        double before = deviation(cell -> once.conductance(cell, 0));
        double after = deviation(cell -> verified.conductance(cell, 0));
        assertTrue(after < before / 3, after + " against " + before);
        assertEquals(CELLS, once.pulses());
    }

    /** The normal distribution, by its series; enough for arguments below 2. */
    private static double phi(double x) {
        double sum = x;
        double term = x;
        for (int k = 1; k < 60; k++) {
            term *= x * x / (2 * k + 1);
            sum += term;
        }
        return 0.5 + sum * Math.exp(-x * x / 2) / Math.sqrt(2 * Math.PI);
    }

    @Test
    void shouldWarmWeakCellsMoreThanStrongOnes() {
        Memristors cells = CrossbarPresets.parse("rram").memristors();
        assertEquals(10, cells.warmed(10, 25));
        assertEquals(39.26, cells.warmed(39.26, 85), 1e-12);
        // exp(0.05 eV / k * (1/298.15 K - 1/358.15 K)), by Python.
        assertEquals(0.01 * 1.385, cells.warmed(0.01, 85), 2e-5);
        assertTrue(cells.warmed(10, 85) / 10 > cells.warmed(30, 85) / 30);
        assertTrue(cells.warmed(10, -20) < 10);
    }
}
