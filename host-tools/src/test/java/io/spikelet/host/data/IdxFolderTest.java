package io.spikelet.host.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two test images and 1200 training images of 2x3 pixels, written byte by byte. */
class IdxFolderTest {
    private static final int TRAINING = 1200;

    @TempDir
    Path folder;

    @BeforeEach
    void writeFourFiles() throws IOException {
        byte[] pixels = new byte[TRAINING * 6];
        byte[] labels = new byte[TRAINING];
        for (int i = 0; i < TRAINING; i++) {
            pixels[6 * i] = (byte) i;
            labels[i] = (byte) (i % 10);
        }
        write("train-images-idx3-ubyte.gz", gzip(idx(pixels, TRAINING, 2, 3)));
        write("train-labels-idx1-ubyte", idx(labels, TRAINING));
        write("t10k-images-idx3-ubyte", idx(new byte[] {0, 1, 2, 3, 4, 5, (byte) 255, 1, 1, 1, 1, 1}, 2, 2, 3));
        write("t10k-labels-idx1-ubyte.gz", gzip(idx(new byte[] {9, 0}, 2)));
    }

    @Test
    void shouldReadPlainAndPackedFilesOfOneFolder() throws Exception {
        SampleSet test = SampleSet.read(folder, "test");

        assertEquals(folder.getFileName() + " (test)", test.name());
        assertEquals(2, test.count());
        assertEquals(10, test.classes());
        assertEquals(255, test.fullScale());
        assertArrayEquals(new int[] {2, 3}, test.sampleShape());
        assertEquals(9, test.label(0));
        assertEquals((byte) 255, test.samples()[test.offset(1)]);
        byte[] one = new byte[7];
        test.read(0, one, 1);
        assertArrayEquals(new byte[] {0, 0, 1, 2, 3, 4, 5}, one);
    }

    @Test
    void shouldCalibrateOnTheFirstThousandTrainingImages() throws Exception {
        assertEquals(TRAINING, SampleSet.read(folder, "train").count());
        SampleSet calibration = SampleSet.read(folder, "calibration");
        assertEquals(1000, calibration.count());
        assertEquals((byte) 999, calibration.samples()[calibration.offset(999)]);
    }

    @Test
    void shouldReadTheSamplesThatASliceNames() throws Exception {
        SampleSet some = SampleSet.read(folder, "train:1100-1103");

        assertEquals(3, some.count());
        assertEquals((byte) 1100, some.samples()[0]);
        assertEquals(2, some.label(2));
        assertRefused("'test' holds 2 samples, so 1-3 names none or too many", folder, "test:1-3");
        assertRefused("so 1-1 names none", folder, "test:1-1");
    }

    @Test
    void shouldTakeTheFileOfImagesForItsFolder() throws Exception {
        assertEquals(
                2,
                SampleSet.read(folder.resolve("t10k-images-idx3-ubyte"), "test").count());
        assertRefused("does not hold the images of 'train'", folder.resolve("t10k-images-idx3-ubyte"), "train");
    }

    @Test
    void shouldReadImagesWithoutLabelsOnlyWhenAskedTo() throws Exception {
        Files.delete(folder.resolve("t10k-labels-idx1-ubyte.gz"));

        assertRefused("there is no such file, nor one with .gz", folder, "test");
        assertEquals(2, SampleSet.readUnlabelled(folder, "test").count());
    }

    @Test
    void shouldNameAPartThatIdxFilesDoNotHave() {
        assertRefused("have the parts train, calibration and test, not 'validation'", folder, "validation");
    }

    @Test
    void shouldRefuseAFileThatIsNotWhatItsNamePromises() throws IOException {
        Files.copy(folder.resolve("t10k-labels-idx1-ubyte.gz"), folder.resolve("t10k-images-idx3-ubyte.gz"));
        Files.delete(folder.resolve("t10k-images-idx3-ubyte"));
        assertRefused("begins with '00 00 08 01', an IDX file of images with '00 00 08 03'", folder, "test");
    }

    @Test
    void shouldRefuseAFileThatIsCutShortOrTooLong() throws IOException {
        byte[] whole = idx(new byte[12], 2, 2, 3);
        write("t10k-images-idx3-ubyte", Arrays.copyOf(whole, whole.length - 1));
        assertRefused("holds only 11 values where its header [2, 2, 3] says 12", folder, "test");
        write("t10k-images-idx3-ubyte", Arrays.copyOf(whole, whole.length + 1));
        assertRefused("holds more than 12 values", folder, "test");
        write("t10k-images-idx3-ubyte", Arrays.copyOf(whole, 10));
        assertRefused("ends within its header", folder, "test");
        write("t10k-images-idx3-ubyte", new byte[0]);
        assertRefused("begins with ''", folder, "test");
    }

    @Test
    void shouldRefuseDamagedGzip() throws IOException {
        byte[] whole = Files.readAllBytes(folder.resolve("train-images-idx3-ubyte.gz"));
        write("train-images-idx3-ubyte.gz", Arrays.copyOf(whole, whole.length / 2));
        assertRefused("is damaged gzip", folder, "train");
        whole[whole.length / 2] ^= 0x55;
        write("train-images-idx3-ubyte.gz", whole);
        assertRefused("train-images-idx3-ubyte.gz", folder, "train");
    }

    @Test
    void shouldRefuseExtentsThatNoMemoryCouldHold() throws IOException {
        write("t10k-images-idx3-ubyte", idx(new byte[12], Integer.MAX_VALUE, Integer.MAX_VALUE, 3));
        assertRefused("it must hold 1 to 67108864 values", folder, "test");
        write("t10k-images-idx3-ubyte", idx(new byte[12], -2, 2, 3));
        assertRefused("has extents [-2, 2, 3]", folder, "test");
    }

    @Test
    void shouldRefuseAsManyLabelsAsThereAreNoImagesFor() throws IOException {
        write("t10k-labels-idx1-ubyte.gz", gzip(idx(new byte[3], 3)));
        assertRefused("holds 3 labels for the 2 images of t10k-images-idx3-ubyte", folder, "test");
    }

    @Test
    void shouldRefuseALabelThatIsNoClass() throws IOException {
        write("t10k-labels-idx1-ubyte.gz", gzip(idx(new byte[] {1, 10}, 2)));
        assertRefused("label must be 0..9: label 10 of sample 1", folder, "test");
    }

    @Test
    void shouldGiveTheSameDigestWhetherSamplesAreInMemoryOrDecoded() throws Exception {
        SampleSet test = SampleSet.read(folder, "test");
        SampleSet decoded = SampleSet.decoded("decoded", 10, 255, new int[] {2, 3}, test.labels(), test::read);

        assertEquals(test.digest(), decoded.digest());
        assertArrayEquals(test.samples(), decoded.samples());
        assertArrayEquals(Arrays.copyOf(test.samples(), 6), decoded.first(1).samples());
    }

    private void assertRefused(String sentence, Path path, String split) {
        SampleFileException refused = assertThrows(SampleFileException.class, () -> SampleSet.read(path, split));
        assertTrue(refused.getMessage().contains(sentence), refused.getMessage());
        assertTrue(refused.getMessage().startsWith(folder.toString()), refused.getMessage());
    }

    private void write(String name, byte[] bytes) throws IOException {
        Files.write(folder.resolve(name), bytes);
    }

    private static byte[] idx(byte[] values, int... extents) {
        ByteBuffer file = ByteBuffer.allocate(4 + 4 * extents.length + values.length);
        file.put(new byte[] {0, 0, 8, (byte) extents.length});
        for (int extent : extents) {
            file.putInt(extent);
        }
        return file.put(values).array();
    }

    private static byte[] gzip(byte[] bytes) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(bytes);
        }
        return packed.toByteArray();
    }
}
