package io.spikelet.hal.crossbar;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spikelet.hal.SharedFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CrossbarCircuitTest {
    /** Node-voltage solutions by sparse LU, cross-checked with ngspice and badcrossbar by their maker. */
    @ParameterizedTest
    @ValueSource(strings = {"c04_ngspice", "c16_rram_1ohm", "c20x37_rect", "c64_20k_200k"})
    void shouldGiveTheCurrentsOfTheExactSolutions(String name) throws IOException {
        Path folder = SharedFolder.find("models/crossbar/" + name);
        String about = Files.readString(folder.resolve("case.json"));
        CrossbarCircuit circuit = new CrossbarCircuit(
                (int) number(about, "rows"),
                (int) number(about, "cols"),
                number(about, "r_word_line_segment_ohm"),
                number(about, "r_bit_line_segment_ohm"),
                number(about, "r_driver_ohm"),
                number(about, "r_sense_ohm"));
        double[] effective = circuit.effective(flat(table(folder.resolve("G.csv"))));
        double[][] volts = table(folder.resolve("V.csv"));
        double[][] amperes = table(folder.resolve("I_exact.csv"));
        for (int vector = 0; vector < volts.length; vector++) {
            double[] found = circuit.currents(effective, volts[vector]);
            for (int j = 0; j < found.length; j++) {
                double expected = amperes[vector][j];
                assertEquals(
                        expected, found[j], 1e-9 * Math.abs(expected), name + " vector " + vector + " column " + j);
            }
        }
    }

    private static double number(String json, String field) {
        Matcher found = Pattern.compile("\"" + field + "\": ([-0-9.e]+)").matcher(json);
        assertTrue(found.find(), field);
        return Double.parseDouble(found.group(1));
    }

    private static double[][] table(Path file) throws IOException {
        return Files.readAllLines(file).stream()
                .map(line -> java.util.Arrays.stream(line.split(","))
                        .mapToDouble(Double::parseDouble)
                        .toArray())
                .toArray(double[][]::new);
    }

    private static double[] flat(double[][] table) {
        return java.util.Arrays.stream(table)
                .flatMapToDouble(java.util.Arrays::stream)
                .toArray();
    }

    /** 1..40 µS, one in ten stuck high, one in ten open. */
    private static double[] cells(CrossbarCircuit circuit, Random random) {
        double[] cells = new double[circuit.rows() * circuit.columns()];
        for (int cell = 0; cell < cells.length; cell++) {
            int kind = random.nextInt(10);
            cells[cell] = kind == 0 ? 0 : kind == 1 ? 1e-3 : 1e-6 + random.nextDouble() * 39e-6;
        }
        return cells;
    }

    /** Shapes, then Ω of word segment, bit segment, driver and sense. */
    @ParameterizedTest
    @CsvSource({
        "1, 1, 2, 3, 100, 50",
        "1, 7, 2, 3, 100, 50",
        "7, 1, 2, 3, 100, 50",
        "5, 9, 20, 30, 1000, 500",
        "9, 5, 1, 2, 0.5, 0.25",
        "8, 8, 100, 100, 1, 1"
    })
    void shouldSolveWhatNodeVoltagesSolveAndLoseNoCurrent(
            int rows, int columns, double word, double bit, double driver, double sense) {
        CrossbarCircuit circuit = new CrossbarCircuit(rows, columns, word, bit, driver, sense);
        for (int seed = 0; seed < 10; seed++) {
            Random random = new Random(seed);
            double[] cells = cells(circuit, random);
            double[] effective = circuit.effective(cells);
            double[] volts = random.doubles(rows, -0.2, 0.2).toArray();
            double[] amperes = circuit.currents(effective, volts);
            NodeVoltages nodes = new NodeVoltages(circuit, cells, volts);
            double worst = java.util.Arrays.stream(amperes).map(Math::abs).max().orElseThrow();
            assertArrayEquals(nodes.columnCurrents(), amperes, 1e-9 * worst);
            double into = java.util.Arrays.stream(nodes.rowCurrents()).sum();
            assertEquals(into, java.util.Arrays.stream(amperes).sum(), 1e-9 * worst);
            for (double conductance : effective) {
                assertTrue(conductance >= 0, "Geff = " + conductance);
            }
        }
    }

    @Test
    void shouldAddUpWhatEachRowDrivesAlone() {
        CrossbarCircuit circuit = new CrossbarCircuit(6, 11, 5, 10, 100, 50);
        Random random = new Random(4);
        double[] effective = circuit.effective(cells(circuit, random));
        double[] volts = random.doubles(6, -1, 1).toArray();
        double[] sum = new double[11];
        for (int i = 0; i < 6; i++) {
            double[] alone = new double[6];
            alone[i] = volts[i];
            double[] amperes = circuit.currents(effective, alone);
            for (int j = 0; j < 11; j++) {
                sum[j] += amperes[j];
            }
        }
        assertArrayEquals(circuit.currents(effective, volts), sum, 1e-18);
    }

    @Test
    void shouldBeTheCellsThemselvesWithoutAnyResistance() {
        CrossbarCircuit circuit = CrossbarCircuit.ideal(12, 5);
        double[] cells = cells(circuit, new Random(1));
        assertArrayEquals(cells, circuit.effective(cells));
    }

    @ParameterizedTest
    @CsvSource({"0, 10, 100, 50", "5, 0, 100, 50", "5, 10, 0, 50", "5, 10, 100, 0", "0, 10, 0, 50", "5, 0, 100, 0"})
    void shouldTakeAResistanceOfZeroAsTheLimitOfSmallOnes(double word, double bit, double driver, double sense) {
        double[] cells = cells(CrossbarCircuit.ideal(9, 7), new Random(2));
        double[] zero = new CrossbarCircuit(9, 7, word, bit, driver, sense).effective(cells);
        double tiny = 1e-9;
        double[] limit = new CrossbarCircuit(
                        9, 7, Math.max(word, tiny), Math.max(bit, tiny), Math.max(driver, tiny), Math.max(sense, tiny))
                .effective(cells);
        assertArrayEquals(limit, zero, 1e-13);
    }

    @Test
    void shouldRefuseWhatIsNoCrossbarOrNoConductance() {
        assertThrows(IllegalArgumentException.class, () -> new CrossbarCircuit(0, 3, 1, 1, 1, 1));
        assertThrows(IllegalArgumentException.class, () -> new CrossbarCircuit(3, 3, -1, 1, 1, 1));
        assertThrows(IllegalArgumentException.class, () -> new CrossbarCircuit(3, 3, 1, Double.NaN, 1, 1));
        CrossbarCircuit circuit = new CrossbarCircuit(2, 2, 1, 1, 1, 1);
        assertThrows(IllegalArgumentException.class, () -> circuit.effective(new double[3]));
        assertThrows(IllegalArgumentException.class, () -> circuit.effective(new double[] {1, 1, -1, 1}));
    }
}
