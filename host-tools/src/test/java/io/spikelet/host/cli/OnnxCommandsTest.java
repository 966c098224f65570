package io.spikelet.host.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spikelet.host.shared.ZooFolder;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** ONNX files from the command line, on the bundled digits; the quantised file is by bench-rigs/golden/onnx_quantised.py. */
class OnnxCommandsTest {
    private static final String DIGITS = "src/test/golden/onnx-quantised/digits.onnx";

    @TempDir
    Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void shouldShowTheGraphOfAnOnnxFile() {
        assertEquals(0, run("import", "src/test/golden/onnx/torch-residual.onnx"), err::toString);
        assertTrue(out.toString().contains("  /depthwise/Conv, /Relu\n"), out.toString());
        out.getBuffer().setLength(0);
        assertEquals(0, run("inspect", "--json", "src/test/golden/onnx/tf-conv.onnx"), err::toString);
        assertTrue(out.toString().replace(" ", "").contains("\"kind\":\"MaxPool2d\""), out.toString());
    }

    @Test
    void shouldTakeTheIntegersOfAQuantisedFileAsTheyAre() {
        String data = ZooFolder.file("data/digits.h5").toString();
        String image = folder.resolve("digits.img").toString();
        assertEquals(0, run("quantise", DIGITS, "--data", data, "--steps", "1", "-o", image), err::toString);
        assertTrue(
                out.toString().contains("weights taken as they are: all 968 integers of digits.onnx"), out.toString());
        assertTrue(out.toString().contains("bursts"), out.toString());
        out.getBuffer().setLength(0);

        assertEquals(0, run("evaluate", image, "--data", data, "--float", DIGITS), err::toString);
        assertTrue(out.toString().contains("points; the same class for 499 of 500 samples"), out.toString());
    }

    @Test
    void shouldEvaluateAConventionalNetworkInOneStep() {
        String data = ZooFolder.file("data/digits.h5").toString();
        assertEquals(0, run("evaluate", DIGITS, "--data", data, "--steps", "1"), err::toString);
        assertTrue(out.toString().contains("98.40 % (492 of 500"), out.toString());
    }

    @Test
    void shouldRefuseToRoundIntegersAgain() {
        String data = ZooFolder.file("data/digits.h5").toString();
        String image = folder.resolve("digits.img").toString();
        assertEquals(2, run("quantise", DIGITS, "--data", data, "--steps", "1", "--weights", "int4", "-o", image));
        assertTrue(
                err.toString().contains("digits.onnx holds integers, which are taken as they are; leave --weights,"),
                err.toString());
    }

    private int run(String... arguments) {
        return Spikelet.run(arguments, new PrintWriter(out, true), new PrintWriter(err, true));
    }
}
