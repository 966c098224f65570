package io.spikelet.host.lava;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spikelet.host.graph.ImportException;
import io.spikelet.host.graph.ModelFile;
import io.spikelet.host.quantise.QuantiseException;
import io.spikelet.model.Encoder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every bad {@code .net} gets one sentence that names file, layer and field, soon and in little memory. */
class LavaImporterFaultTest {
    @TempDir
    Path folder;

    @Test
    void shouldReadTheFilesThatTheTestsBelowAlter() throws Exception {
        assertEquals(
                1,
                LavaImporter.read(WrittenNet.dense().writeTo(folder.resolve("a.net")))
                        .blocks()
                        .size());
        assertEquals(
                5,
                LavaImporter.read(WrittenNet.planes().writeTo(folder.resolve("b.net")))
                        .blocks()
                        .size());
    }

    @Test
    void shouldRefuseEveryTruncation() throws IOException {
        byte[] whole = Files.readAllBytes(WrittenNet.dense().writeTo(folder.resolve("whole.net")));
        for (int length = 0; length < whole.length; length += 97) {
            byte[] cut = Arrays.copyOf(whole, length);
            String message = assertThrows(ImportException.class, () -> LavaImporter.read(new ModelFile("cut.net", cut)))
                    .getMessage();
            assertTrue(message.startsWith("cut.net: is "), message);
        }
    }

    @Test
    void shouldRefuseAFileOfAnotherKind() throws IOException {
        refused(
                Files.writeString(folder.resolve("notes.net"), "a".repeat(5000)),
                "notes.net: is not an HDF5 file; lava-dl .net files are, export the network with export_hdf5");
        refused(folder.resolve("absent.net"), "absent.net: there is no such file; check the path");
    }

    @Test
    void shouldRefuseUnknownBlocks() {
        refused(
                WrittenNet.dense().set("0/type", new String[] {"concat"}),
                "layer/0, field 'type' is 'concat', which cannot be the first block");
        refused(
                WrittenNet.planes().set("2/type", new String[] {"convT"}),
                "layer/2, field 'type' is 'convT', which is not supported; build the network from input, dense, conv,");
        refused(
                WrittenNet.dense().set("0/weight_rec", new float[2][2]),
                "layer/0, field 'weight_rec' is not known, and it could change the spikes; known are bias, delay,");
        refused(
                WrittenNet.planes().set("3/type", new String[] {"average"}),
                "layer/3, field 'type' is 'average' before other blocks; only the last may be");
        refused(
                WrittenNet.planes().set("0/neuron/type", "CUBA"),
                "layer/0, field 'neuron' makes spikes of real values, which the board does not");
    }

    @Test
    void shouldRefuseMissingLayersAndFields() {
        refused(WrittenNet.planes().without("2"), "layer, field '2' is missing or is not a group; is this a lava-dl");
        refused(WrittenNet.dense().without("0/weight"), "layer/0, field 'weight' is missing; export the model again");
        refused(WrittenNet.dense().without("0/neuron"), "layer/0, field 'neuron' is missing or is not a group");
        refused(WrittenNet.dense().without("0/neuron/vDecay"), "layer/0/neuron, field 'vDecay' is missing");
    }

    @Test
    void shouldRefuseNeuronsThatTheEngineDoesNotHave() {
        refused(
                WrittenNet.dense().set("0/neuron/type", "SDNN"),
                "layer/0/neuron, field 'type' is 'SDNN', which is not supported; train with CUBA neurons");
        refused(
                WrittenNet.dense().set("0/neuron/refDelay", 3L),
                "layer/0/neuron, field 'refDelay' is 3; neurons here have no refractory period, which is 1");
        refused(
                WrittenNet.dense().set("0/neuron/gradedSpike", "TRUE"),
                "layer/0/neuron, field 'gradedSpike' is true; train with spikes of 0 and 1");
        refused(
                WrittenNet.dense().set("0/neuron/wgtExp", 2L),
                "layer/0/neuron, field 'wgtExp' is 2; only 0 is supported, shift the weights instead");
        refused(
                WrittenNet.dense().set("0/neuron/sinDecay", 2L),
                "layer/0/neuron, field 'sinDecay' is not known, and it could change the spikes");
    }

    @Test
    void shouldRefuseNumbersThatTheChipDoesNotHave() {
        refused(
                WrittenNet.dense().set("0/neuron/vDecay", 4097L),
                "layer/0/neuron, field 'vDecay' is 4097.0 at index 0; it must be a whole number 0..4096");
        refused(
                WrittenNet.dense().set("0/neuron/iDecay", new float[] {0.5f, 1}),
                "layer/0/neuron, field 'iDecay' is 0.5 at index 0; it must be a whole number 0..4096");
        refused(
                WrittenNet.dense().set("0/neuron/vThMant", new long[] {1, 2, 3}),
                "layer/0/neuron, field 'vThMant' holds 3 values for 2 neurons; give one, one a channel or one a");
        refused(
                WrittenNet.dense().set("0/weight", new float[][] {{1, 2, 3}, {1, 2.5f, 3}}),
                "layer/0, field 'weight' holds 2.5 at index 4; weights must be whole numbers up to ±16256,");
        refused(
                WrittenNet.dense().set("0/weight", new float[][] {{1, 2, 3}, {1, Float.NaN, 3}}),
                "layer/0, field 'weight' holds NaN at index 4; every number must be finite");
        refused(
                WrittenNet.dense().set("0/bias", new float[] {0, 5000}),
                "layer/0, field 'bias' is 5000.0 at index 1; it must be a whole number -4096..4095");
        refused(
                WrittenNet.dense().set("0/delay", new float[] {0, 1024}),
                "layer/0, field 'delay' is 1024.0 at index 1; it must be a whole number 0..1023");
    }

    @Test
    void shouldRefuseExtentsThatDoNotMeet() {
        refused(
                WrittenNet.dense().set("0/shape", new long[] {3}),
                "layer/0, field 'shape' says 3 but the block makes 2");
        refused(
                WrittenNet.dense().set("0/shape", new long[] {1L << 23}),
                "layer/0, field 'shape' is [8388608]; give [n] or [channels, height, width], 1 to 4194304 values");
        refused(WrittenNet.dense().set("0/inFeatures", 4L), "layer/0, field 'inFeatures' is 4 but the weights have 3");
        refused(
                WrittenNet.planes().set("4/weight", new float[2][5]),
                "layer/4, field 'weight' takes 5 inputs but 4 reaches it");
        refused(
                WrittenNet.planes()
                        .without("3")
                        .without("4")
                        .set("3/type", new String[] {"dense"})
                        .set("3/shape", new long[] {2})
                        .set("3/weight", new float[2][4])
                        .neuron(3),
                "layer/3, field 'weight' takes 4 inputs but 1x2x2 reaches it; put a flatten block before it");
        refused(
                WrittenNet.planes().set("1/weight", new float[1][3][3][3]),
                "layer/1, field 'weight' takes 3 channels but 2x4x4 reaches it");
        refused(
                WrittenNet.planes().set("1/groups", 2L),
                "layer/1, field 'groups' is 2, which does not divide the 1 filters");
        refused(
                WrittenNet.planes().set("1/stride", new long[] {1, 0}),
                "layer/1, field 'stride' is 0; it must be 1..4096");
        refused(
                WrittenNet.planes().set("2/stride", new long[] {1, 1}),
                "layer/2, field 'stride' is [1, 1]; pools need windows side by side");
        refused(
                WrittenNet.planes().set("2/weight", new float[][][][] {{{{64, 64}, {64, 63}}}}),
                "layer/2, field 'weight' holds 64 and 63; a pool has one weight");
        refused(
                WrittenNet.planes()
                        .set("2/kernelSize", new long[] {3, 3})
                        .set("2/stride", new long[] {3, 3})
                        .set("2/weight", new float[1][1][3][3]),
                "layer/2, field 'kernelSize' is [3, 3], which does not divide 1x4x4 into windows");
    }

    @Test
    void shouldRefuseClassesThatDoNotFitTheOutputs() throws Exception {
        LavaNet net = LavaImporter.read(WrittenNet.dense().writeTo(folder.resolve("a.net")));
        String message = assertThrows(
                        QuantiseException.class, () -> LavaNetwork.of(net, new LavaRun("a", 10, Encoder.FRAMES, 3, 0)))
                .getMessage();
        assertEquals("a.net has 2 outputs, which do not spread evenly over 3 classes", message);
    }

    private void refused(WrittenNet content, String sentence) {
        refused(content.writeTo(folder.resolve("bad.net")), sentence);
    }

    private static void refused(Path file, String sentence) {
        String message = assertThrows(ImportException.class, () -> LavaImporter.read(file))
                .getMessage();
        assertTrue(message.contains(sentence), message);
        assertEquals(1, message.lines().count(), message);
    }
}
