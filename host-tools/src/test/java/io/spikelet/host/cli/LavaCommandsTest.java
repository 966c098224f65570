package io.spikelet.host.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jhdf.HdfFile;
import io.jhdf.WritableHdfFile;
import io.jhdf.api.WritableGroup;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A network of integers through the verbs. */
class LavaCommandsTest {
    private static final String MODEL = "src/test/golden/lava-planes.net";
    private static final int STEPS = 20;

    @TempDir
    Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void shouldShowWhatIsInTheFile() {
        run(0, "import", MODEL);
        assertTrue(out.toString().contains("lava-planes.net: 7 blocks, 289 weights, integers"), out.toString());
        assertTrue(out.toString().contains("layer/1    conv     4x9x8              72"), out.toString());
        run(0, "inspect", MODEL, "--json");
        assertTrue(out.toString().contains("\"vDecay\" : [ 300 ]"), out.toString());
    }

    @Test
    void shouldMakeAnImageWithoutSamples() {
        Path image = folder.resolve("planes.img");
        run(0, "quantise", MODEL, "--steps", "20", "-o", image.toString());
        assertTrue(out.toString().contains("integers, taken as they are"), out.toString());
        assertTrue(out.toString().contains("encoder frames, 3 classes of 2 neurons"), out.toString());
        run(0, "inspect", image.toString());
        assertTrue(out.toString().contains("loihi, no time in seconds"), out.toString());
        assertTrue(Files.exists(image));
    }

    @Test
    void shouldMeasureTheImageAndTheFileAlike() {
        String data = samples();
        String image = folder.resolve("planes.img").toString();
        run(0, "quantise", MODEL, "--data", data, "--split", "test", "--steps", "20", "-o", image, "--json");
        String share = field("accuracy");
        run(0, "evaluate", image, "--data", data, "--json");
        assertEquals(share, field("accuracy"));
        String spikes = field("spikes_per_inference");
        assertTrue(Double.parseDouble(spikes) > 0, spikes);
        run(0, "evaluate", MODEL, "--data", data, "--steps", "20", "--json");
        assertEquals(share, field("accuracy"));
        assertEquals(spikes, field("spikes_per_inference"));
    }

    @Test
    void shouldSayWhatIntegersCannotFollow() {
        String image = folder.resolve("planes.img").toString();
        refused("--weights is for models of real numbers", "quantise", "--weights", "int4", "-o", image);
        refused("--profile is for models of real numbers", "quantise", "--profile", "norse", "-o", image);
        refused(
                "averaged into 3, which do not spread evenly over 2 classes",
                "quantise",
                "--classes",
                "2",
                "-o",
                image);
        refused("--classes must be 1 or more: 0", "quantise", "--classes", "0", "-o", image);
        refused("Missing required option: '--data=PATH'", "evaluate");
        refused(
                "--classes is 2 but",
                "quantise",
                "--classes",
                "2",
                "--data",
                samples(),
                "--split",
                "test",
                "-o",
                image);
        refused("--encoder is direct, frames or event-frames", "quantise", "--encoder", "events", "-o", image);
    }

    private void refused(String sentence, String verb, String... more) {
        String[] all = new String[4 + more.length];
        System.arraycopy(new String[] {verb, MODEL, "--steps", "20"}, 0, all, 0, 4);
        System.arraycopy(more, 0, all, 4, more.length);
        run(2, all);
        assertTrue(err.toString().contains(sentence), err.toString());
    }

    /** Spikes at random, of labels at random. */
    private String samples() {
        Random random = new Random(5);
        byte[][][][][] x = new byte[6][STEPS][2][9][8];
        for (byte[][][][] sample : x) {
            for (byte[][][] step : sample) {
                for (byte[][] plane : step) {
                    for (byte[] row : plane) {
                        for (int i = 0; i < row.length; i++) {
                            row[i] = (byte) (random.nextInt(4) == 0 ? 1 : 0);
                        }
                    }
                }
            }
        }
        Path file = folder.resolve("spikes.h5");
        try (WritableHdfFile hdf = HdfFile.write(file)) {
            hdf.putAttribute("name", "random spikes");
            hdf.putAttribute("classes", 3);
            hdf.putAttribute("full_scale", 1);
            WritableGroup test = hdf.putGroup("test");
            test.putDataset("x", x);
            test.putDataset("y", new byte[] {0, 1, 2, 0, 1, 2});
        }
        return file.toString();
    }

    private String field(String name) {
        return out.toString()
                .lines()
                .filter(line -> line.contains("\"" + name + "\""))
                .findFirst()
                .orElseThrow(() -> new AssertionError(out.toString()))
                .replaceAll("[^0-9.E-]", "");
    }

    private void run(int expected, String... arguments) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        int code = Spikelet.run(arguments, new PrintWriter(out, true), new PrintWriter(err, true));
        assertEquals(expected, code, err::toString);
    }
}
