package io.spikelet.host.nir;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spikelet.host.graph.ImportException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every bad file gets one sentence that names file, node and field. */
class NirImporterFaultTest {
    @TempDir
    Path folder;

    @Test
    void shouldRefuseAFileThatIsNotThere() {
        refused(folder.resolve("absent.nir"), "absent.nir: there is no such file; check the path");
    }

    @Test
    void shouldRefuseAFolder() {
        refused(folder, "is a folder; give a .nir file");
    }

    @Test
    void shouldRefuseAFileThatIsNotHdf5() throws IOException {
        Path file = Files.writeString(folder.resolve("notes.nir"), "a".repeat(5000));
        refused(file, "notes.nir: is not an HDF5 file");
        refused(Files.write(folder.resolve("empty.nir"), new byte[0]), "empty.nir: is not an HDF5 file");
    }

    @Test
    void shouldRefuseEveryTruncation() throws IOException {
        byte[] whole = Files.readAllBytes(WrittenNir.dense().writeTo(folder.resolve("whole.nir")));
        for (int length = 0; length < whole.length; length += 7) {
            Path file = Files.write(folder.resolve("cut.nir"), Arrays.copyOf(whole, length));
            String message = assertThrows(ImportException.class, () -> NirImporter.read(file))
                    .getMessage();
            assertTrue(message.startsWith("cut.nir: "), message);
        }
    }

    @Test
    void shouldThrowNothingButItsOwnExceptionForDamagedBytes() throws IOException {
        byte[] whole = Files.readAllBytes(WrittenNir.dense().writeTo(folder.resolve("whole.nir")));
        Random random = new Random(7);
        for (int trial = 0; trial < 300; trial++) {
            byte[] damaged = whole.clone();
            for (int k = 0; k < 3; k++) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
            }
            Path file = Files.write(folder.resolve("damaged.nir"), damaged);
            try {
                NirImporter.read(file);
            } catch (ImportException expected) {
                assertTrue(expected.getMessage().startsWith("damaged.nir: "), expected.getMessage());
            }
        }
    }

    @Test
    void shouldRefuseAnUnknownNode() {
        refused(
                WrittenNir.dense().node("fc", "Hopfield"),
                "bad.nir: node 'fc', field 'type' is 'Hopfield', which is not supported; build the model from Input,");
    }

    @Test
    void shouldRefuseNumbersThatAreNotFinite() {
        float[][] weight = new float[3][2];
        weight[1][1] = Float.NaN;
        refused(
                WrittenNir.dense().set("fc", "weight", weight),
                "bad.nir: node 'fc', field 'weight' holds NaN at index 3; every number must be finite");
        refused(
                WrittenNir.dense().set("fc", "bias", new double[] {0, 1e300, 0}),
                "bad.nir: node 'fc', field 'bias' holds Infinity at index 1");
    }

    @Test
    void shouldRefuseAMissingParameter() {
        refused(
                WrittenNir.dense().without("lif", "tau"),
                "bad.nir: node 'lif', field 'tau' is missing; export the model again");
    }

    @Test
    void shouldRefuseATimeConstantThatIsNotPositive() {
        refused(
                WrittenNir.dense().set("lif", "tau", new double[] {1, 0, 1}),
                "bad.nir: node 'lif', field 'tau' is 0.0 at index 1; a time constant must be above 0");
    }

    @Test
    void shouldRefuseShapesThatDoNotMeet() {
        refused(
                WrittenNir.dense().set("fc", "weight", new float[3][5]),
                "bad.nir: node 'fc', field 'weight': takes 5 inputs but 2 values reach it");
        refused(
                WrittenNir.dense().set("fc", "bias", new float[4]),
                "bad.nir: node 'fc', field 'bias': has shape [4]; it must be [3]");
        refused(
                WrittenNir.dense().set("lif", "r", WrittenNir.ones(4)),
                "bad.nir: node 'lif', field 'r': has shape [4] but 3 reaches the node");
        refused(
                WrittenNir.dense().set("output", "shape", new long[] {4}),
                "bad.nir: node 'output', field 'shape': declares 4 but 3 reaches it");
        refused(
                WrittenNir.convolution().set("conv", "input_shape", new long[] {7, 6}),
                "bad.nir: node 'conv', field 'input_shape': says [7, 6] but 2x6x6 reaches it");
        refused(
                WrittenNir.convolution().set("input", "shape", new long[] {3, 6, 6}),
                "bad.nir: node 'conv', field 'weight': takes 2 channels but 3x6x6 reaches it");
        refused(
                WrittenNir.convolution().set("flatten", "input_type", new long[] {4, 5, 4}),
                "bad.nir: node 'flatten', field 'input_type': says [4, 5, 4] but 4x4x4 reaches it");
    }

    @Test
    void shouldRefuseEdgesThatCannotBeRepaired() {
        refused(
                WrittenNir.dense().edge("lif", "nowhere"),
                "bad.nir: edge 'lif' -> 'nowhere' names the node 'nowhere', which does not exist");
        refused(
                WrittenNir.dense().withoutEdge("lif", "output").edge("lif", "x").edge("y", "output"),
                "bad.nir: edge 'lif' -> 'x' names the node 'x', which does not exist");
        refused(WrittenNir.dense().edge("fc", "lif"), "bad.nir: edge 'fc' -> 'lif' stands twice in the edge list");
        refused(WrittenNir.dense().withoutEdge("fc", "lif"), "bad.nir: node 'lif' has no edge into it; connect it");
        refused(
                WrittenNir.dense().node("alone", "Linear", "weight", new float[3][3]),
                "bad.nir: node 'alone' has no edge into it; connect it or remove it");
    }

    @Test
    void shouldKeepControlCharactersOfAFileOutOfItsMessage() {
        refused(
                WrittenNir.dense().edge("lif", "a\nb\u001b[2J"),
                "bad.nir: edge 'lif' -> 'a?b?[2J' names the node 'a?b?[2J', which does not exist");
    }

    @Test
    void shouldRefuseALoopThatPassesNoNeuron() {
        refused(
                WrittenNir.dense()
                        .node("loop", "Linear", "weight", new float[2][3])
                        .edge("lif", "loop")
                        .edge("loop", "fc"),
                "bad.nir: edge 'loop' -> 'fc' closes a loop into a node that is no neuron");
    }

    @Test
    void shouldRefuseAbsurdSizes() {
        refused(
                WrittenNir.dense().set("input", "shape", new long[] {1L << 40}),
                "bad.nir: node 'input', field 'shape' is 1.0995116E12; it must be a whole number of at most");
        refused(
                WrittenNir.convolution().set("conv", "padding", new long[] {4000, 4000}),
                "bad.nir: node 'conv', field 'weight': asks for 4x8004x8004 values; a layer holds 1 to 4194304");
        refused(
                WrittenNir.dense().set("input", "shape", new long[] {-2}),
                "bad.nir: node 'input', field 'shape': asks for -2x1x1 values");
    }

    @Test
    void shouldRefuseWhatIsNoNumber() {
        refused(
                WrittenNir.dense().set("fc", "bias", new String[] {"a", "b", "c"}),
                "bad.nir: node 'fc', field 'bias' is not numeric");
        refused(
                WrittenNir.convolution().set("conv", "padding", "full"),
                "bad.nir: node 'conv', field 'padding' is 'full'; give numbers, 'same' or 'valid'");
    }

    private void refused(WrittenNir content, String sentence) {
        refused(content.writeTo(folder.resolve("bad.nir")), sentence);
    }

    private static void refused(Path file, String sentence) {
        String message = assertThrows(ImportException.class, () -> NirImporter.read(file))
                .getMessage();
        assertTrue(message.contains(sentence), message);
        assertEquals(1, message.lines().count(), message);
    }
}
