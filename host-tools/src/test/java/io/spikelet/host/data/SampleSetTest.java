package io.spikelet.host.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jhdf.HdfFile;
import io.jhdf.WritableHdfFile;
import io.jhdf.api.WritableGroup;
import io.spikelet.model.Shape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SampleSetTest {
    @TempDir
    Path folder;

    private Path file(Object x, Object y, Object classes) {
        Path file = folder.resolve("samples.h5");
        try (WritableHdfFile hdf = HdfFile.write(file)) {
            WritableGroup test = hdf.putGroup("test");
            test.putDataset("x", x);
            if (y != null) {
                test.putDataset("y", y);
            }
            hdf.putAttribute("name", "three samples");
            hdf.putAttribute("full_scale", 16);
            hdf.putAttribute("classes", classes);
        }
        return file;
    }

    private static void assertRefused(String sentence, Path file, String split) {
        SampleFileException refused = assertThrows(SampleFileException.class, () -> SampleSet.read(file, split));
        assertTrue(refused.getMessage().contains(sentence), refused.getMessage());
        assertTrue(refused.getMessage().startsWith(file.toString()), refused.getMessage());
    }

    @Test
    void shouldReadBackWhatWasWritten() throws Exception {
        int[][][] x = {{{0, 1}, {2, 3}}, {{4, 5}, {6, 7}}, {{8, 16}, {10, 255}}};
        SampleSet samples = SampleSet.read(file(x, new int[] {2, 0, 1}, 3), "test");

        assertEquals("three samples (test)", samples.name());
        assertEquals(3, samples.count());
        assertEquals(3, samples.classes());
        assertEquals(16, samples.fullScale());
        assertEquals(4, samples.sampleBytes());
        assertArrayEquals(new int[] {2, 2}, samples.sampleShape());
        assertEquals((byte) 255, samples.samples()[samples.offset(2) + 3]);
        assertEquals(2, samples.label(0));
        assertEquals(64, samples.digest().length());
    }

    @Test
    void shouldReadSamplesWithoutLabelsOnlyWhenAskedTo() throws Exception {
        Path file = file(new int[][] {{0, 1}, {2, 3}, {4, 16}}, null, 3);

        assertRefused("has no dataset 'y'", file, "test");
        SampleSet samples = SampleSet.readUnlabelled(file, "test");
        assertEquals(3, samples.count());
        assertArrayEquals(new byte[] {0, 1, 2, 3, 4, 16}, samples.samples());
    }

    @Test
    void shouldChangeTheDigestWithAnyLabel() {
        byte[] samples = new byte[4];
        SampleSet one = SampleSet.of("a", 2, 1, new int[] {2}, samples, new byte[] {0, 1});
        SampleSet other = SampleSet.of("a", 2, 1, new int[] {2}, samples, new byte[] {1, 1});

        assertTrue(!one.digest().equals(other.digest()));
    }

    @Test
    void shouldNameAFileThatIsMissing() {
        assertRefused("there is no such file; check the path", folder.resolve("nowhere.h5"), "test");
    }

    @Test
    void shouldNameAFileThatIsNoHdf5() throws IOException {
        Path file = Files.writeString(folder.resolve("text.h5"), "not HDF5 at all, whatever its name says");
        assertRefused("is not a readable HDF5 file", file, "test");
    }

    @Test
    void shouldNameAFileThatIsCutShort() throws IOException {
        byte[] whole = Files.readAllBytes(file(new int[3][4], new int[3], 3));
        Path file = Files.write(folder.resolve("cut.h5"), java.util.Arrays.copyOf(whole, whole.length / 2));
        assertRefused("is not a readable HDF5 file", file, "test");
    }

    @Test
    void shouldNameAPartThatIsMissing() {
        assertRefused("has no group 'train' but [test]", file(new int[3][4], new int[3], 3), "train");
    }

    @Test
    void shouldRefuseAsManyLabelsAsThereAreNoSamplesFor() {
        assertRefused("they must be (N, ...) and (N)", file(new int[3][4], new int[2], 3), "test");
    }

    @Test
    void shouldRefuseValuesThatAreNoBytes() {
        assertRefused("'test/x' holds 256 at index 1", file(new int[][] {{1, 256}}, new int[1], 3), "test");
        assertRefused("'test/x' holds -1 at index 0", file(new int[][] {{-1, 2}}, new int[1], 3), "test");
        assertRefused("'test/x' holds float values", file(new float[1][2], new int[1], 3), "test");
    }

    @Test
    void shouldRefuseALabelThatIsNoClass() {
        assertRefused("label must be 0..2: label 3 of sample 1", file(new int[2][2], new int[] {0, 3}, 3), "test");
    }

    @Test
    void shouldRefuseAttributesThatAreNoIntegers() {
        assertRefused("no integer attribute 'classes'", file(new int[1][2], new int[1], "ten"), "test");
    }

    @Test
    void shouldRefuseSamplesWhoseChannelsComeLast() {
        SampleSet last = SampleSet.of("made", 2, 255, new int[] {8, 8, 3}, new byte[192], new byte[1]);
        String message = assertThrows(IllegalArgumentException.class, () -> last.requireShape(new Shape(3, 8, 8), 1))
                .getMessage();
        assertTrue(message.contains("made has samples of 8x8x3 values, and the network takes 3x8x8"), message);
        String size = assertThrows(IllegalArgumentException.class, () -> last.requireShape(Shape.vector(12), 1))
                .getMessage();
        assertTrue(size.contains("8x8x3 values, and the network takes 12;"), size);
    }

    @Test
    void shouldTakeSamplesThatAreWrittenWithOtherExtentsInTheSameOrder() {
        SampleSet flat = SampleSet.of("made", 2, 255, new int[] {192}, new byte[192], new byte[1]);
        flat.requireShape(new Shape(3, 8, 8), 1);
        flat.requireShape(new Shape(3, 8, 4), 2);
        SampleSet plane = SampleSet.of("made", 2, 255, new int[] {8, 8}, new byte[64], new byte[1]);
        plane.requireShape(new Shape(1, 8, 8), 1);
        plane.requireShape(Shape.vector(64), 1);
    }
}
