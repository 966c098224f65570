package io.spikelet.bench.crossbar;

import io.spikelet.hal.coprocessor.SynapseLayer;
import io.spikelet.hal.crossbar.Crossbar;
import io.spikelet.hal.crossbar.CrossbarCircuit;
import io.spikelet.hal.crossbar.CrossbarPresets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** How exact the lines are and how long they take. */
final class CircuitTiming {
    private static final int SIDE = 128;
    private static final int STEPS = 2000;

    private CircuitTiming() {}

    /** Programming of one tile of 128 x 128 with lines; then a step of it beside one without lines, medians of interleaved rounds. */
    static String tile() {
        // One output takes two columns, and a column is the canary.
        int outputs = SIDE / 2 - 1;
        byte[] weights = new byte[SIDE * outputs];
        Random random = new Random(1);
        for (int cell = 0; cell < weights.length; cell++) {
            weights[cell] = (byte) (random.nextInt(255) - 127);
        }
        SynapseLayer layer = new SynapseLayer("tile", SIDE, outputs, weights, 1, Optional.empty());
        String lines = ",word=5,bit=10,driver=1000,sense=1000";
        Crossbar resisting = new Crossbar("resisting", CrossbarPresets.parse("ideal,least=5,most=50" + lines));
        Crossbar perfect = new Crossbar("perfect", CrossbarPresets.parse("ideal,least=5,most=50"));
        double[] programming = new double[5];
        for (int k = 0; k < programming.length; k++) {
            long begun = System.nanoTime();
            resisting.program(resisting.plan(layer));
            programming[k] = (System.nanoTime() - begun) / 1e9;
        }
        perfect.program(perfect.plan(layer));
        int[] input = random.ints(SIDE, 0, 2).toArray();
        double[][] micros = new double[2][21];
        for (int round = 0; round < micros[0].length; round++) {
            micros[0][round] = micros(resisting, input, outputs);
            micros[1][round] = micros(perfect, input, outputs);
        }
        return String.format(
                Locale.ROOT,
                "a tile of 128 x 128 with lines: programmed and solved in %.2f s (first %.2f); a step %.1f µs, without"
                        + " lines %.1f µs, ratio %.2f",
                median(programming.clone()),
                programming[0],
                median(micros[0]),
                median(micros[1]),
                median(micros[0]) / median(micros[1]));
    }

    private static double micros(Crossbar crossbar, int[] input, int outputs) {
        int[] sums = new int[outputs];
        long begun = System.nanoTime();
        for (int k = 0; k < STEPS; k++) {
            crossbar.step(input, sums);
        }
        return (System.nanoTime() - begun) / 1e3 / STEPS;
    }

    private static double median(double[] values) {
        Arrays.sort(values);
        return values[values.length / 2];
    }

    /**
     * Holds the solver against solved circuits.
     *
     * @param folder of folders with case.json, G.csv, V.csv and I_exact.csv
     * @return one sentence a case
     */
    static List<String> cases(Path folder) throws IOException {
        List<String> sentences = new ArrayList<>();
        try (Stream<Path> found = Files.list(folder)) {
            for (Path one : found.filter(path -> Files.exists(path.resolve("case.json")))
                    .sorted()
                    .toList()) {
                sentences.add(
                        String.format(Locale.ROOT, "%s: largest relative error %.1e", one.getFileName(), error(one)));
            }
        }
        if (sentences.isEmpty()) {
            throw new IOException(folder + " holds no folder with a case.json; give one of solved circuits");
        }
        return sentences;
    }

    private static double error(Path folder) throws IOException {
        String about = Files.readString(folder.resolve("case.json"));
        CrossbarCircuit circuit = new CrossbarCircuit(
                (int) number(about, "rows"),
                (int) number(about, "cols"),
                number(about, "r_word_line_segment_ohm"),
                number(about, "r_bit_line_segment_ohm"),
                number(about, "r_driver_ohm"),
                number(about, "r_sense_ohm"));
        double[] effective = circuit.effective(Arrays.stream(table(folder.resolve("G.csv")))
                .flatMapToDouble(Arrays::stream)
                .toArray());
        double[][] volts = table(folder.resolve("V.csv"));
        double[][] amperes = table(folder.resolve("I_exact.csv"));
        double worst = 0;
        for (int vector = 0; vector < volts.length; vector++) {
            double[] found = circuit.currents(effective, volts[vector]);
            for (int column = 0; column < found.length; column++) {
                double off = Math.abs(found[column] - amperes[vector][column]);
                // A column of a vector without volts carries nothing, exactly.
                worst = off == 0 ? worst : Math.max(worst, off / Math.abs(amperes[vector][column]));
            }
        }
        return worst;
    }

    private static double number(String json, String field) throws IOException {
        Matcher found = Pattern.compile("\"" + field + "\": ([-0-9.e]+)").matcher(json);
        if (!found.find()) {
            throw new IOException("case.json has no number " + field);
        }
        return Double.parseDouble(found.group(1));
    }

    private static double[][] table(Path file) throws IOException {
        return Files.readAllLines(file).stream()
                .map(line -> Arrays.stream(line.split(","))
                        .mapToDouble(Double::parseDouble)
                        .toArray())
                .toArray(double[][]::new);
    }
}
