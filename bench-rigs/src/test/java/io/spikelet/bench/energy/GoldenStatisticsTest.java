package io.spikelet.bench.energy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spikelet.hal.meter.MeterAccuracy;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Against SciPy, by bench-rigs/golden/energy.py. */
class GoldenStatisticsTest {
    private static final MeterAccuracy EXACT = new MeterAccuracy(0, 0, 0);

    private static List<double[]> golden(String name) throws IOException {
        try (InputStream in = GoldenStatisticsTest.class.getResourceAsStream("/golden/energy/" + name)) {
            List<double[]> rows = new String(in.readAllBytes(), StandardCharsets.US_ASCII)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> Arrays.stream(line.split(","))
                            .mapToDouble(Double::parseDouble)
                            .toArray())
                    .toList();
            assertFalse(rows.isEmpty());
            return rows;
        }
    }

    @Test
    void shouldHaveStudentsQuantilesAndProbabilities() throws IOException {
        for (double[] row : golden("student.csv")) {
            String where = Arrays.toString(row);
            assertEquals(row[2], StudentT.quantile(row[1], row[0]), 1e-9 * row[2], where);
            assertEquals(row[3], StudentT.below(-row[2] / 2, row[0]), 1e-12, where);
            assertEquals(2 * row[3], StudentT.outside(row[2] / 2, row[0]), 1e-12, where);
        }
    }

    @Test
    void shouldConvolveRectangularPartsWithStudents() throws IOException {
        for (double[] row : golden("coverage.csv")) {
            CoverageInterval interval = new CoverageInterval(new double[] {row[0], row[1]}, row[2], row[3]);
            String where = Arrays.toString(row);
            assertEquals(row[5], interval.halfWidth(row[4]), 1e-3 * row[5], where);
            assertEquals(row[4], interval.level(row[5]), 5e-4, where);
        }
    }

    @Test
    void shouldFallBackToStudentsFactorWithoutLimits() {
        CoverageInterval interval = new CoverageInterval(new double[] {0}, 2, 4);
        assertEquals(2 * 2.7764451051977987, interval.halfWidth(.95), 1e-9); // t table, 4 degrees
        assertEquals(.95, interval.level(2 * 2.7764451051977987), 1e-12);
        assertEquals(0, new CoverageInterval(new double[0], 0, 1).halfWidth(.95));
    }

    @Test
    void shouldComparePairs() throws IOException {
        for (double[] row : golden("paired.csv")) {
            int pairs = (int) row[0];
            double[] a = Arrays.copyOfRange(row, 1, 1 + pairs);
            double[] b = Arrays.copyOfRange(row, 1 + pairs, 1 + 2 * pairs);
            double[] wanted = Arrays.copyOfRange(row, 1 + 2 * pairs, row.length);
            PairedComparison seen = PairedComparison.of(new ComparedSide(a, .01), new ComparedSide(b, .02), .95, EXACT);
            double[] got = {
                seen.difference().value(),
                seen.difference().low(),
                seen.difference().high(),
                seen.ratio().value(),
                seen.ratio().low(),
                seen.ratio().high(),
                seen.student(),
                seen.permutation(),
                seen.sign()
            };
            for (int i = 0; i < got.length; i++) {
                assertEquals(wanted[i], got[i], 1e-9, pairs + " pairs, value " + i);
            }
        }
    }

    @Test
    void shouldLetTheGainCancelInARatioAndScaleADifference() {
        ComparedSide a = new ComparedSide(new double[] {100, 101, 99}, .01);
        ComparedSide b = new ComparedSide(new double[] {150, 151.5, 148.5}, .01);
        PairedComparison seen = PairedComparison.of(a, b, .95, new MeterAccuracy(.01, .1, 0));
        assertEquals(1.5, seen.ratio().value(), 1e-12);
        // Exactly half as much again in each pair. What the offset may do: .1 W · .01 s on 100 and 150 µJ.
        double offset = .95 * 1000 * (1 / 100.0 - 1 / 150.0);
        assertEquals(offset, Math.log(seen.ratio().high() / 1.5), 1e-3 * offset);
        assertTrue(seen.difference().low() < 50 - .0095 * 50);
        // Without offset nothing is left but rounding.
        PairedComparison gain = PairedComparison.of(a, b, .95, new MeterAccuracy(.01, 0, 0));
        assertEquals(gain.ratio().low(), gain.ratio().high(), 1e-9);
    }

    @Test
    void shouldSayHowManyPairsWouldShowADifference() {
        double[] a = new double[10];
        double[] b = new double[10];
        for (int i = 0; i < a.length; i++) {
            a[i] = 100;
            b[i] = 100 * Math.exp(i % 2 == 0 ? .01 : -.01);
        }
        PairedComparison seen = PairedComparison.of(new ComparedSide(a, 1), new ComparedSide(b, 1), .95, EXACT);
        int pairs = seen.pairsToResolve(.005, .8);
        double need = (StudentT.quantile(.975, pairs - 1) + StudentT.quantile(.8, pairs - 1)) * seen.logScatter();
        assertTrue(need / Math.sqrt(pairs) <= Math.log(1.005));
        assertTrue(need / Math.sqrt(pairs - 2) > Math.log(1.005));
        assertTrue(seen.pairsToResolve(.0025, .8) > 3 * pairs);
        assertThrows(IllegalArgumentException.class, () -> seen.pairsToResolve(0, .8));
    }

    @Test
    void shouldDrawWhoComesFirstAsOftenOneAsTheOther() {
        List<Boolean> order = RandomisedPairs.firstIsA(20, 3);
        assertEquals(10, order.stream().filter(first -> first).count());
        assertEquals(order, RandomisedPairs.firstIsA(20, 3));
        assertFalse(order.equals(RandomisedPairs.firstIsA(20, 4)));
        assertEquals(7, RandomisedPairs.firstIsA(7, 1).size());
    }
}
