package io.spikelet.host.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spikelet.host.nir.WrittenNir;
import io.spikelet.host.shared.ZooFolder;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On the bundled digits, in float and as an image. */
class EvaluateCommandTest {
    @TempDir
    Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void shouldSetTheIntegersBesideTheFloatModelTheyCameFrom() {
        String model = ZooFolder.file("models/digits-conv.nir").toString();
        String data = ZooFolder.file("data/digits.h5").toString();
        String image = folder.resolve("digits.img").toString();
        assertEquals(
                0, run("quantise", model, "--data", data, "--steps", "4", "--limit", "20", "-o", image), err::toString);
        assertTrue(out.toString().contains("Same class"), out.toString());
        out.getBuffer().setLength(0);

        assertEquals(
                0,
                run("evaluate", image, "--data", data, "--float", model, "--threads", "2", "--limit", "100"),
                err::toString);
        String text = out.toString();
        assertTrue(text.contains("(test), the first 100 of 500\n"), text);
        assertTrue(text.contains("arithmetic            integer, as on the board\n"), text);
        assertTrue(text.contains("arithmetic            float reference\n"), text);
        assertTrue(text.contains("ms per inference, median, here, 2 at once"), text);
        assertTrue(text.contains(" points; the same class for "), text);
    }

    @Test
    void shouldRoundByTheSamplesWhereAskedTo() throws Exception {
        String model = ZooFolder.file("models/digits-conv.nir").toString();
        String data = ZooFolder.file("data/digits.h5").toString();
        Path nearest = folder.resolve("nearest.img");
        Path adaptive = folder.resolve("adaptive.img");
        for (Path image : new Path[] {nearest, adaptive}) {
            String name = image.getFileName().toString().replace(".img", "");
            assertEquals(
                    0,
                    run(
                            "quantise",
                            model,
                            "--data",
                            data,
                            "--steps",
                            "4",
                            "--limit",
                            "20",
                            "--weights",
                            "int4",
                            "--rounding",
                            name,
                            "--name",
                            "digits",
                            "-o",
                            image.toString()),
                    err::toString);
        }
        assertFalse(Arrays.equals(Files.readAllBytes(nearest), Files.readAllBytes(adaptive)));
    }

    @Test
    void shouldRefuseAFloatModelThatTheImageWasNotMadeFrom() {
        String model = ZooFolder.file("models/digits-conv.nir").toString();
        String data = ZooFolder.file("data/digits.h5").toString();
        String image = folder.resolve("digits.img").toString();
        assertEquals(
                0, run("quantise", model, "--data", data, "--steps", "4", "--limit", "2", "-o", image), err::toString);
        Path other = WrittenNir.dense().writeTo(folder.resolve("other.nir"));
        assertRefused(
                "other.nir is not the file that " + image + " was made from",
                "evaluate",
                image,
                "--data",
                data,
                "--float",
                other.toString());
    }

    @Test
    void shouldGiveAGraphsAccuracyAsJson() {
        String model = ZooFolder.file("models/digits-conv.nir").toString();
        String data = ZooFolder.file("data/digits.h5").toString();
        assertEquals(0, run("evaluate", model, "--data", data, "--steps", "4", "--json"), err::toString);
        String text = out.toString();
        assertTrue(text.contains("\"arithmetic\" : \"float\""), text);
        assertTrue(text.contains("\"samples\" : 500"), text);
        assertTrue(text.contains("\"correct\" : 493"), text);
        assertTrue(text.contains("\"median_microseconds\" : "), text);
    }

    @Test
    void shouldWriteAPageAndCountLayerByLayer() throws Exception {
        String model = ZooFolder.file("models/digits-conv.nir").toString();
        String data = ZooFolder.file("data/digits.h5").toString();
        String image = folder.resolve("digits.img").toString();
        Path report = folder.resolve("report.html");
        assertEquals(
                0,
                run(
                        "quantise",
                        model,
                        "--data",
                        data,
                        "--steps",
                        "2",
                        "--limit",
                        "10",
                        "--advise",
                        "--html",
                        report.toString(),
                        "-o",
                        image),
                err::toString);
        assertTrue(out.toString().contains("Advice, each layer alone"), out.toString());
        assertTrue(out.toString().contains(report + ": the report as a page\n"), out.toString());
        assertTrue(Files.readString(report).contains("<h2>Advice</h2>"));
        out.getBuffer().setLength(0);

        Path page = folder.resolve("page.html");
        assertEquals(
                0,
                run(
                        "evaluate",
                        image,
                        "--data",
                        data,
                        "--float",
                        model,
                        "--limit",
                        "10",
                        "--json",
                        "--html",
                        page + ""),
                err::toString);
        assertTrue(out.toString().contains("\"effectiveAcsPerSample\" : "), out.toString());
        assertTrue(out.toString().contains("\"membraneNoiseOwn\" : "), out.toString());
        assertTrue(Files.readString(page).contains("<h2>The first spike that differs</h2>"));
        out.getBuffer().setLength(0);

        assertEquals(0, run("evaluate", image, "--data", data, "--limit", "10", "--layers"), err::toString);
        assertTrue(out.toString().contains("Bytes by kind"), out.toString());
        assertFalse(out.toString().contains("First spike that differs"), out.toString());
    }

    @Test
    void shouldPlanKindsOfWeightsForABudget() throws Exception {
        String model = ZooFolder.file("models/digits-conv.nir").toString();
        String data = ZooFolder.file("data/digits.h5").toString();
        String image = folder.resolve("digits.img").toString();
        int budget = 20_000;
        assertEquals(
                0,
                run(
                        "quantise",
                        model,
                        "--data",
                        data,
                        "--steps",
                        "2",
                        "--limit",
                        "10",
                        "--byte-budget",
                        budget + "",
                        "--plan-by",
                        "weights",
                        "--weights-of",
                        "readout=int4",
                        "--self-tests",
                        "0",
                        "-o",
                        image),
                err::toString);
        assertTrue(out.toString().contains("Plan for 20,000 bytes of payload, by the error of weights"), out::toString);
        // 72 bytes of header, digest and their like stand around the payload.
        assertTrue(Files.size(Path.of(image)) <= budget + 72, "bytes: " + Files.size(Path.of(image)));
    }

    @Test
    void shouldSayWhatIsWrongWithItsOptions() {
        String model = ZooFolder.file("models/digits-conv.nir").toString();
        String data = ZooFolder.file("data/digits.h5").toString();
        assertRefused("--threads must be 1 to 256: 0", "evaluate", model, "--data", data, "--threads", "0");
        assertRefused("a graph needs --steps T", "evaluate", model, "--data", data);
        assertRefused("--float goes with an image", "evaluate", model, "--data", data, "--float", model);
        assertRefused(
                "--weights is auto, int8, int4, ternary, binary or log2, not 'int5'",
                "quantise",
                model,
                "--data",
                data,
                "--steps",
                "4",
                "--weights",
                "int5",
                "-o",
                folder + "/x.img");
        List<String> quantise = List.of("quantise", model, "--data", data, "--steps", "4", "-o", folder + "/x.img");
        assertRefused("--weights-of is NODE=KIND", more(quantise, "--weights-of", "conv1"));
        assertRefused("or log2, not 'conv1=int5'", more(quantise, "--weights-of", "conv1=int5"));
        assertRefused(
                "--weights-of names 'a' twice", more(quantise, "--weights-of", "a=int4", "--weights-of", "a=int8"));
        assertRefused("there is no node 'a'", more(quantise, "--limit", "2", "--weights-of", "a=int4"));
        assertRefused("--plan-by says how --byte-budget", more(quantise, "--plan-by", "loss"));
        assertRefused("--plan-by is loss or weights", more(quantise, "--byte-budget", "9", "--plan-by", "luck"));
        assertRefused("--byte-budget must be 1 or more: 0", more(quantise, "--byte-budget", "0"));
        assertRefused("--energy-model is 45nm, 45nm-float, loihi", more(quantise, "--energy-model", "gpu"));
        assertRefused("there is no such folder", more(quantise, "--html", folder + "/nowhere/x.html"));
        assertRefused(
                "--layers counts what integers do", "evaluate", model, "--data", data, "--steps", "4", "--layers");
        assertRefused(
                "choose one of snntorch, norse, subtract",
                "evaluate",
                model,
                "--data",
                data,
                "--steps",
                "4",
                "--profile",
                "soft");
        assertRefused(
                "nor one with .gz behind its name", "evaluate", model, "--data", folder.toString(), "--steps", "4");
    }

    private static String[] more(List<String> arguments, String... others) {
        List<String> all = new ArrayList<>(arguments);
        all.addAll(List.of(others));
        return all.toArray(String[]::new);
    }

    private void assertRefused(String sentence, String... arguments) {
        err.getBuffer().setLength(0);
        assertEquals(2, run(arguments), err::toString);
        assertTrue(err.toString().contains(sentence), err.toString());
    }

    private int run(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        return Spikelet.run(all.toArray(String[]::new), new PrintWriter(out, true), new PrintWriter(err, true));
    }
}
