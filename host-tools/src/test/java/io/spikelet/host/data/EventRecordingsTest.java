package io.spikelet.host.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spikelet.engine.EventFraming;
import io.spikelet.model.Encoder;
import io.spikelet.model.Shape;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/** Twenty-three made-up recordings of two classes. */
class EventRecordingsTest {
    private static final EventFraming FRAMING =
            new EventFraming(new Encoder.EventFrames(Encoder.Window.TIME, 0), new Shape(2, 34, 34), 3, 15);

    @TempDir
    Path folder;

    private final WrittenRecordings written = WrittenRecordings.of(23);

    @Test
    void shouldGiveTheSameSamplesFromAFolderAndFromAnArchive() throws Exception {
        Path plain = written.toFolder(folder.resolve("plain"));
        Path zip = written.toZip(folder.resolve("packed.zip"), "inner/");
        assertTrue(EventRecordings.areMeantBy(plain));
        assertTrue(EventRecordings.areMeantBy(zip));
        assertFalse(EventRecordings.areMeantBy(Files.createDirectories(folder.resolve("empty"))));

        SampleSet set = samples(plain, "test", Optional.empty());
        assertEquals("plain (all recordings)", set.name());
        assertEquals(23, set.count());
        assertEquals(2, set.classes());
        assertEquals(1, set.fullScale());
        assertArrayEquals(new int[] {3, 2, 34, 34}, set.sampleShape());
        assertEquals(1, set.label(1));
        assertEquals(200, total(set.samples()) / set.count());
        assertEquals(set.digest(), samples(zip, "train", Optional.empty()).digest());
    }

    @Test
    void shouldHoldOutAFoldOfEveryClassAndTrainOnTheOthers() throws Exception {
        Path plain = written.toFolder(folder.resolve("plain"));
        int tested = 0;
        for (int held = 1; held <= 5; held++) {
            Optional<Fold> fold = Optional.of(new Fold(held, 5));
            SampleSet test = samples(plain, "test", fold);
            SampleSet train = samples(plain, "train", fold);
            assertEquals("plain (test of fold " + held + "/5)", test.name());
            assertEquals(23, test.count() + train.count());
            assertEquals(train.digest(), samples(plain, "calibration", fold).digest());
            long ones = total(test.labels());
            assertTrue(ones >= 2 && test.count() - ones >= 2, test.name());
            tested += test.count();
        }
        assertEquals(23, tested);
    }

    @Test
    void shouldCountTheRecordingsOfEachClassInOrderOfNumber() {
        boolean[] heldOut = new Fold(2, 3).heldOut(new byte[] {0, 1, 0, 0, 1, 0, 0, 1});
        assertArrayEquals(new boolean[] {false, false, true, false, true, false, true, false}, heldOut);
    }

    @Test
    void shouldReadTheRecordingsThatASliceNames() throws Exception {
        Path plain = written.toFolder(folder.resolve("plain"));
        assertEquals(2, samples(plain, "test:3-5", Optional.empty()).count());
        refused("'test' holds 23 samples, so 3-24 names", () -> samples(plain, "test:3-24", Optional.empty()));
        refused("not 'validation'", () -> samples(plain, "validation", Optional.empty()));
        refused("has no recording in test of fold 30/40", () -> samples(plain, "test", Optional.of(new Fold(30, 40))));
    }

    @Test
    void shouldRefuseWhatIsNoFold() {
        assertEquals(new Fold(3, 5), Fold.parse("3/5"));
        for (String text : new String[] {"", "3", "0/5", "6/5", "1/1", "1/1001", "-1/5", "a/b"}) {
            assertThrows(IllegalArgumentException.class, () -> Fold.parse(text), text);
        }
    }

    @Test
    void shouldRefuseAListThatDoesNotFit() throws Exception {
        refusedWith("list.txt: line 2 is '1 300'", list("#sample\n1 300"));
        refusedWith("list.txt: line 1 is '1 ???5", list("1 \u0001\u00e9\t5"));
        refusedWith("list.txt: line 2 names recording 1 again", list("1 3\n1 3"));
        refusedWith("list.txt: names no recording", list("#nothing\n\n"));
        refusedWith("list.txt: names recording 99, which is not there", list("1 3\n99 3"));
        refusedWith("holds no list of labels", written.without("list.txt"));
        refusedWith("holds 2 files ending in .txt", list("1 3").with("other.txt", new byte[0]));
    }

    @Test
    void shouldRefuseTwoRecordingsOfOneNumber() throws Exception {
        refusedWith("which have the same number", written.with("01.bs2", written.bytes("1.bs2")));
    }

    @Test
    void shouldNameTheRecordingThatIsDamaged() throws Exception {
        byte[] whole = written.bytes("2.bs2");
        Path cut = written.with("2.bs2", Arrays.copyOf(whole, 502)).toZip(folder.resolve("cut.zip"), "");
        SampleSet set = samples(cut, "test", Optional.empty());
        set.read(0, new byte[set.sampleBytes()], 0);
        UncheckedIOException damaged =
                assertThrows(UncheckedIOException.class, () -> set.read(1, new byte[set.sampleBytes()], 0));
        assertEquals(SampleFileException.class, damaged.getCause().getClass());
        assertTrue(
                damaged.getCause().getMessage().startsWith(cut + "!2.bs2: ends inside an event"), damaged::getMessage);
    }

    @Test
    void shouldRefuseAnArchiveThatIsMissingOrNotWhole() throws Exception {
        Path zip = written.toZip(folder.resolve("whole.zip"), "");
        byte[] whole = Files.readAllBytes(zip);
        Path cut = Files.write(folder.resolve("cut.zip"), Arrays.copyOf(whole, whole.length / 2));
        refused("cut.zip: is no whole zip archive", () -> EventRecordings.open(cut));
        refused("none.zip: there is no such file", () -> EventRecordings.open(folder.resolve("none.zip")));
        // Damaged in its middle, an archive opens and one recording cannot be unpacked.
        for (int at = 600; at < 1200; at += 7) {
            byte[] damaged = whole.clone();
            damaged[at] ^= 0x55;
            Path file = Files.write(folder.resolve("damaged.zip"), damaged);
            try {
                SampleSet set = samples(file, "test", Optional.empty());
                set.samples();
            } catch (SampleFileException expected) {
                assertTrue(expected.getMessage().startsWith(file.toString()), expected::getMessage);
            } catch (UncheckedIOException expected) {
                assertEquals(SampleFileException.class, expected.getCause().getClass());
            }
        }
    }

    private SampleSet samples(Path place, String split, Optional<Fold> fold) throws SampleFileException {
        return EventRecordings.open(place).samples(FRAMING, split, fold);
    }

    private WrittenRecordings list(String text) {
        return WrittenRecordings.of(3).with("list.txt", text.getBytes(java.nio.charset.StandardCharsets.ISO_8859_1));
    }

    private void refusedWith(String sentence, WrittenRecordings recordings) throws IOException {
        Path place = recordings.toFolder(Files.createTempDirectory(folder, "recordings"));
        refused(sentence, () -> EventRecordings.open(place));
    }

    private void refused(String sentence, Executable reading) {
        SampleFileException refused = assertThrows(SampleFileException.class, reading);
        assertTrue(refused.getMessage().contains(sentence), refused.getMessage());
        assertTrue(refused.getMessage().startsWith(folder.toString()), refused.getMessage());
    }

    private static long total(byte[] values) {
        long total = 0;
        for (byte value : values) {
            total += value & 0xff;
        }
        return total;
    }
}
