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
