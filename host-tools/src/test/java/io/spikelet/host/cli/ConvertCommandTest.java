package io.spikelet.host.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spikelet.host.shared.ZooFolder;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConvertCommandTest {
    private static final String CLIP =
            ZooFolder.file("models/fashion-clip.onnx").toString();
    private static final String RELU = ZooFolder.file("models/fashion-ann.onnx").toString();

    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... arguments) {
        return Spikelet.run(arguments, new PrintWriter(out, true), new PrintWriter(err, true));
    }

    private String image() {
        return folder.resolve("spikes.img").toString();
    }

    @Test
    void shouldMakeAnImageOfTrainedCeilingsWithoutSamples() {
        assertEquals(0, run("convert", CLIP, "--thresholds", "clip", "--steps", "8", "-o", image()), err::toString);
        assertTrue(out.toString().contains("thresholds            clip"), out.toString());
        assertTrue(out.toString().contains("clip5"), out.toString());
        out.getBuffer().setLength(0);
        assertEquals(0, run("inspect", image()), err::toString);
        assertTrue(out.toString().contains("Pool2d loss-free 2x2"), out.toString());
        assertTrue(out.toString().contains("profile           subtract"), out.toString());
    }

    @Test
    void shouldSayWhereThresholdsCouldComeFrom() {
        assertEquals(2, run("convert", RELU, "--steps", "8", "-o", image()));
        assertTrue(err.toString().contains("give --data, or --data-free"), err.toString());
        err.getBuffer().setLength(0);
        assertEquals(2, run("convert", RELU, "--thresholds", "clip", "--steps", "8", "-o", image()));
        assertTrue(err.toString().contains("'relu1' is a ReLU without a ceiling"), err.toString());
        err.getBuffer().setLength(0);
        assertEquals(2, run("convert", RELU, "--data-free", "--thresholds", "search", "--steps", "8", "-o", image()));
        assertTrue(err.toString().contains("without data choose max or percentile"), err.toString());
        assertTrue(Files.notExists(Path.of(image())));
    }

    @Test
    void shouldAskForSamplesToAdjustThresholdsOn() {
        assertEquals(
                2, run("convert", CLIP, "--thresholds", "clip", "--adjust-thresholds", "--steps", "4", "-o", image()));
        assertTrue(err.toString().contains("--adjust-thresholds looks at what neurons do on samples"), err.toString());
        assertTrue(Files.notExists(Path.of(image())));
    }

    @Test
    void shouldMakeAnImageWhoseSpikesSetMembranesToZero() {
        assertEquals(
                0,
                run("convert", CLIP, "--thresholds", "clip", "--reset", "hard", "--steps", "4", "-o", image()),
                err::toString);
        out.getBuffer().setLength(0);
        assertEquals(0, run("inspect", image()), err::toString);
        assertTrue(out.toString().contains("profile           norse"), out.toString());
    }

    @Test
    void shouldLetNeuronsTakeSpikesBackAfterHalfOfTheSteps() {
        String[] converted = {
            "convert", CLIP, "--thresholds", "clip", "--steps", "8", "--spike-calibration", "-o", image()
        };
        assertEquals(0, run(converted), err::toString);
        assertTrue(
                out.toString().contains("5 a step, taken back after 4 steps beyond the mean interval"), out.toString());
        out.getBuffer().setLength(0);
        assertEquals(0, run("inspect", image()), err::toString);
        assertTrue(out.toString().contains("burst of 5, taken back after 4 steps"), out.toString());
        out.getBuffer().setLength(0);
        assertEquals(0, run("inspect", "--json", image()), err::toString);
        assertTrue(out.toString().replace(" ", "").contains("\"minimum\":-1"), out.toString());
        String other = folder.resolve("other.img").toString();
        assertEquals(
                0,
                run(
                        "convert",
                        CLIP,
                        "--thresholds",
                        "clip",
                        "--steps",
                        "8",
                        "--spike-calibration=2",
                        "--calibration-rule",
                        "published",
                        "--burst",
                        "3",
                        "-o",
                        other),
                err::toString);
        out.getBuffer().setLength(0);
        run("diff", image(), other);
        assertTrue(out.toString().contains("spikes taken back"), out.toString());
        assertTrue(out.toString().contains("after 2 steps, rule published"), out.toString());
        assertTrue(out.toString().contains("SIGNED -1 to 5"), out.toString());
    }

    @Test
    void shouldRefuseBurstsAndCalibrationsThatMeanNothing() {
        for (List<String> wrong : List.of(
                List.of("--spike-calibration=soon", "number of steps or half, not 'soon'"),
                List.of("--spike-calibration=0", "a calibration allows 1..4096 steps, not 0"),
                List.of("--burst=0", "1 to 255 spikes in one step, not 0"),
                List.of("--calibration-rule=published", "give both"))) {
            err.getBuffer().setLength(0);
            assertEquals(2, run("convert", CLIP, "--thresholds", "clip", "--steps", "4", "-o", image(), wrong.get(0)));
            assertTrue(err.toString().contains(wrong.get(1)), err.toString());
        }
        err.getBuffer().setLength(0);
        assertEquals(
                2,
                run("convert", CLIP, "--steps", "4", "-o", image(), "--spike-calibration=2", "--calibration-rule=own"));
        assertTrue(err.toString().contains("given or published, not 'own'"), err.toString());
        err.getBuffer().setLength(0);
        assertEquals(2, run("convert", CLIP, "--steps", "4", "-o", image(), "--spike-calibration=2", "--pool", "or"));
        assertTrue(err.toString().contains("take --pool loss-free"), err.toString());
    }

    @Test
    void shouldRefuseWordsThatItDoesNotKnow() {
        for (List<String> wrong : List.of(
                List.of("--thresholds", "median"),
                List.of("--pool", "mean"),
                List.of("--code", "phase"),
                List.of("--reset", "firm"),
                List.of("--thresholds", "percentile:many"))) {
            err.getBuffer().setLength(0);
            assertEquals(2, run("convert", CLIP, "--steps", "4", "-o", image(), wrong.get(0), wrong.get(1)));
            assertTrue(err.toString().contains(wrong.get(1)), err.toString());
        }
    }
}
