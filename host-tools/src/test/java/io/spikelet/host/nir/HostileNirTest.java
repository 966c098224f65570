package io.spikelet.host.nir;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import com.sun.management.ThreadMXBean;
import io.spikelet.host.graph.ImportException;
import io.spikelet.host.graph.ModelFile;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Damaged and hostile files of each layout that is read: old and new HDF5 headers, in one piece, compressed, with enums.
 * Each is imported, or refused in one sentence, within bounds of memory and time.
 */
class HostileNirTest {
    /** Of each layout, by each of five kinds of damage. */
    private static final int FILES = 40;

    private static final long MOST_BYTES = 256L << 20;
    private static final Duration AGES = Duration.ofMinutes(2);
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    @TempDir
    Path folder;

    static List<String> layouts() {
        return List.of("plain", "gzip", "odd", "written", "exported");
    }

    private byte[] layout(String name) throws Exception {
        Path file = folder.resolve(name + ".nir");
        switch (name) {
            case "written" -> WrittenNir.convolution().writeTo(file);
            case "exported" -> NirExporter.write(NirImporter.read(Path.of("src/test/golden/nir/plain.nir")), file);
            default -> file = Path.of("src/test/golden/nir").resolve(name + ".nir");
        }
        return Files.readAllBytes(file);
    }

    @ParameterizedTest
    @MethodSource("layouts")
    void shouldSurviveFlippedBits(String name) throws Exception {
        byte[] whole = layout(name);
        Random random = new Random(1);
        for (int trial = 0; trial < FILES; trial++) {
            byte[] damaged = whole.clone();
            for (int flips = 1 + random.nextInt(12); flips > 0; flips--) {
                damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
            }
            survives(damaged, name + ", flips " + trial);
        }
    }

    /** Most of a small file is numbers and gaps; what is read as structure stands around its signatures and names. */
    @ParameterizedTest
    @MethodSource("layouts")
    void shouldSurviveDamagedStructure(String name) throws Exception {
        byte[] whole = layout(name);
        int[] structure = structure(whole);
        Random random = new Random(2);
        for (int trial = 0; trial < FILES; trial++) {
            byte[] damaged = whole.clone();
            for (int hits = 1 + random.nextInt(3); hits > 0; hits--) {
                int at = structure[random.nextInt(structure.length)];
                byte value = new byte[] {0, 1, 0x7f, -1, (byte) 0x80, (byte) random.nextInt()}[random.nextInt(6)];
                Arrays.fill(damaged, at, Math.min(damaged.length, at + 1 + random.nextInt(4)), value);
            }
            survives(damaged, name + ", structure " + trial);
        }
    }

    /** Bytes that are neither 0 nor far from one that is text: headers, messages, tables. */
    private static int[] structure(byte[] whole) {
        return IntStream.range(0, whole.length)
                .filter(i -> {
                    int from = Math.max(0, i - 64);
                    int zeros = 0;
                    for (int k = from; k < Math.min(whole.length, i + 64); k++) {
                        zeros += whole[k] == 0 ? 1 : 0;
                    }
                    return zeros > 24 && zeros < 120;
                })
                .toArray();
    }

    /** The head says how long a file is; here it agrees with what was cut. */
    @ParameterizedTest
    @MethodSource("layouts")
    void shouldSurviveTruncationThatTheHeadDoesNotShow(String name) throws Exception {
        byte[] whole = layout(name);
        Random random = new Random(3);
        for (int trial = 0; trial < FILES; trial++) {
            byte[] cut = Arrays.copyOf(whole, 64 + random.nextInt(whole.length - 64));
            int endOfFile = cut[8] < 2 ? 40 : 28;
            ByteBuffer.wrap(cut).order(ByteOrder.LITTLE_ENDIAN).putLong(endOfFile, cut.length);
            survives(cut, name + ", cut " + trial);
        }
    }

    /** Every whole number of eight or four bytes may be an extent, a length, an address or a count. */
    @ParameterizedTest
    @MethodSource("layouts")
    void shouldSurviveHostileNumbers(String name) throws Exception {
        byte[] whole = layout(name);
        Random random = new Random(4);
        long[] hostile = {10_000_000_000L, Long.MAX_VALUE, -1, Integer.MAX_VALUE, 1L << 31, 1 << 24, 0, whole.length, 1
        };
        for (int trial = 0; trial < FILES; trial++) {
            byte[] damaged = whole.clone();
            ByteBuffer numbers = ByteBuffer.wrap(damaged).order(ByteOrder.LITTLE_ENDIAN);
            for (int hits = 1 + random.nextInt(3); hits > 0; hits--) {
                int at = plausible(numbers, random);
                long value = hostile[random.nextInt(hostile.length)];
                if (random.nextBoolean()) {
                    numbers.putLong(at, value);
                } else {
                    numbers.putInt(at, (int) value);
                }
            }
            survives(damaged, name + ", numbers " + trial);
        }
    }

    /** Where a small number or an address of the file stands. */
    private static int plausible(ByteBuffer numbers, Random random) {
        while (true) {
            int at = random.nextInt(numbers.capacity() - 8);
            long value = numbers.getLong(at);
            if (value > 0 && value < numbers.capacity()) {
                return at;
            }
        }
    }

    @ParameterizedTest
    @MethodSource("layouts")
    void shouldSurviveWhatStandsInTheWrongPlace(String name) throws Exception {
        byte[] whole = layout(name);
        Random random = new Random(5);
        for (int trial = 0; trial < FILES; trial++) {
            byte[] damaged = whole.clone();
            int length = 8 << random.nextInt(8);
            int from = random.nextInt(damaged.length - length) & ~7;
            int to = random.nextInt(damaged.length - length) & ~7;
            System.arraycopy(whole, from, damaged, to, length);
            survives(damaged, name + ", moved " + trial);
        }
    }

    /** Each field of a good file in turn as something else. */
    @Test
    void shouldSurviveEveryFieldOfTheWrongType() throws Exception {
        Object[] wrong = {
            "text",
            new String[] {"a", "b"},
            1L,
            -1.5,
            new float[0][],
            new long[] {1, 2, 3, 4, 5, 6, 7, 8, 9},
            new float[2][3][4][5],
            new byte[] {1, 2},
            new int[] {Integer.MAX_VALUE},
            new long[] {Long.MIN_VALUE},
            new double[] {Double.NaN},
            new boolean[] {true, false},
            new short[][] {{1}}
        };
        List<String[]> fields = List.of(
                new String[] {"input", "shape"},
                new String[] {"conv", "weight", "bias", "stride", "padding", "dilation", "groups", "input_shape", "type"
                },
                new String[] {"if", "r", "v_threshold", "v_reset", "type"},
                new String[] {"flatten", "start_dim", "end_dim", "input_type"},
                new String[] {"output", "shape"});
        int refused = 0;
        for (String[] node : fields) {
            for (int f = 1; f < node.length; f++) {
                for (int w = 0; w < wrong.length; w++) {
                    Path file = folder.resolve("wrong.nir");
                    Files.deleteIfExists(file);
                    try {
                        WrittenNir.convolution().set(node[0], node[f], wrong[w]).writeTo(file);
                    } catch (RuntimeException notWritable) {
                        continue; // the test's own writer does not know the type
                    }
                    refused += survives(Files.readAllBytes(file), node[0] + "." + node[f] + " " + w) ? 0 : 1;
                }
            }
        }
        assertTrue(refused > 150, "nearly all are wrong: " + refused);
    }

    @Test
    void shouldRefuseTenGigabytesBeforeTheyAreRead() throws Exception {
        for (String name : List.of("plain", "gzip")) {
            byte[] declared = layout(name);
            ByteBuffer numbers = ByteBuffer.wrap(declared).order(ByteOrder.LITTLE_ENDIAN);
            int at = dimensions(numbers, 3, 2, 3, 3);
            numbers.putLong(at, 144_000_000); // x 2 x 3 x 3 x 4 bytes
            refused(
                    declared,
                    "node 'conv', field 'weight' has shape [144000000, 2, 3, 3], more than the 16777216 values");
        }
    }

    @Test
    void shouldRefuseWhatNoFileOfItsSizeCanHold() throws Exception {
        byte[] declared = layout("plain");
        ByteBuffer numbers = ByteBuffer.wrap(declared).order(ByteOrder.LITTLE_ENDIAN);
        numbers.putLong(dimensions(numbers, 3, 2, 3, 3), 900_000);
        refused(
                declared,
                "node 'conv', field 'weight' declares 64800000 bytes, more than a file of " + declared.length);
        declared = layout("gzip");
        numbers = ByteBuffer.wrap(declared).order(ByteOrder.LITTLE_ENDIAN);
        numbers.putLong(dimensions(numbers, 3, 2, 3, 3), 900_000);
        refused(
                declared,
                "node 'conv', field 'weight' declares 64800000 bytes, more than a file of " + declared.length);
    }

    /** Chunks say their own extents, by which the reader makes its tables. */
    @Test
    void shouldRefuseChunksThatNoFileOfItsSizeCanHold() throws Exception {
        byte[] declared = layout("gzip");
        ByteBuffer numbers = ByteBuffer.wrap(declared).order(ByteOrder.LITTLE_ENDIAN);
        int found = 0;
        for (int at = 0; at + 20 <= declared.length; at++) {
            if (numbers.getInt(at) == 3
                    && numbers.getInt(at + 4) == 2
                    && numbers.getInt(at + 8) == 3
                    && numbers.getInt(at + 12) == 3
                    && numbers.getInt(at + 16) == 4) {
                numbers.putInt(at, 100_000_000);
                found++;
            }
        }
        assertEquals(1, found);
        refused(declared, "node 'conv', field 'weight' declares 216 bytes, more than a file of ");
    }

    @Test
    void shouldRefuseFiltersThatTrustLengthsInTheFile() throws Exception {
        byte[] packed = layout("odd");
        int name = new String(packed, StandardCharsets.ISO_8859_1).indexOf("lzf\0");
        ByteBuffer filter = ByteBuffer.wrap(packed).order(ByteOrder.LITTLE_ENDIAN);
        assertEquals(32000, filter.getShort(name - 8));
        filter.putShort(name - 8, (short) 32004);
        refused(packed, "node 'conv', field 'weight' is compressed by lz4; write it with gzip or lzf");
    }

    /** Where extents stand, each in eight bytes. */
    private static int dimensions(ByteBuffer numbers, long... extents) {
        for (int at = 0; at + 8 * extents.length <= numbers.capacity(); at++) {
            boolean all = true;
            for (int d = 0; d < extents.length && all; d++) {
                all = numbers.getLong(at + 8 * d) == extents[d];
            }
            if (all) {
                return at;
            }
        }
        return fail("no such extents");
    }

    private static void refused(byte[] bytes, String sentence) throws Exception {
        long before = THREADS.getTotalThreadAllocatedBytes();
        String message = assertThrows(ImportException.class, () -> NirImporter.read(new ModelFile("bad.nir", bytes)))
                .getMessage();
        assertTrue(message.startsWith("bad.nir: " + sentence), message);
        long allocated = THREADS.getTotalThreadAllocatedBytes() - before;
        assertTrue(allocated < 64 << 20, "refused before anything is made for it: " + allocated);
    }

    /** Whether it was imported. */
    private static boolean survives(byte[] bytes, String what) {
        return assertTimeoutPreemptively(
                AGES,
                () -> {
                    long before = THREADS.getTotalThreadAllocatedBytes();
                    boolean imported = imports(bytes, what);
                    long allocated = THREADS.getTotalThreadAllocatedBytes() - before;
                    assertTrue(allocated < MOST_BYTES, what + " allocates " + allocated);
                    return imported;
                },
                what);
    }

    private static boolean imports(byte[] bytes, String what) {
        try {
            NirImporter.read(new ModelFile("bad.nir", bytes));
            return true;
        } catch (ImportException refused) {
            String message = refused.getMessage();
            assertTrue(message.startsWith("bad.nir: "), what + ": " + message);
            assertEquals(1, message.lines().count(), what + ": " + message);
            return false;
        } catch (RuntimeException | Error raw) {
            return fail(what + " raises " + raw, raw);
        }
    }
}
