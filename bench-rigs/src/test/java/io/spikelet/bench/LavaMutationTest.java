package io.spikelet.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.spikelet.host.graph.ImportException;
import io.spikelet.host.graph.ModelFile;
import io.spikelet.host.lava.LavaImporter;
import io.spikelet.host.lava.LavaNet;
import io.spikelet.host.lava.LavaNetwork;
import io.spikelet.host.lava.LavaRun;
import io.spikelet.host.quantise.QuantiseException;
import io.spikelet.model.Encoder;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * A damaged or hostile {@code .net} gets one sentence, soon and in little memory. Stands here because this module sees
 * what a thread allocates.
 */
class LavaMutationTest {
    private static final Path FOLDER = Path.of("../host-tools/src/test/golden");
    private static final long MOST_BYTES = 256L << 20;

    @Test
    void shouldSurviveTwoHundredMutations() throws Exception {
        byte[][] files = {
            Files.readAllBytes(FOLDER.resolve("lava-dense.net")), Files.readAllBytes(FOLDER.resolve("lava-planes.net"))
        };
        int refused = 0;
        for (long seed = 0; seed < 200; seed++) {
            byte[] mutated = mutation(files[(int) (seed % files.length)], seed);
            refused += takes(mutated, seed) ? 0 : 1;
        }
        assertTrue(refused > 50, "of 200 mutations " + refused + " are refused");
    }

    /** Whether a file is taken; else it must get one sentence, whichever, soon and in little memory. */
    private static boolean takes(byte[] bytes, long seed) {
        return assertTimeoutPreemptively(
                Duration.ofSeconds(20),
                () -> {
                    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
                    long before = threads.getCurrentThreadAllocatedBytes();
                    boolean taken;
                    try {
                        LavaNet net = LavaImporter.read(new ModelFile("bad.net", bytes));
                        LavaNetwork.of(net, new LavaRun("bad", 20, Encoder.FRAMES, 0, 0));
                        taken = true;
                    } catch (ImportException refused) {
                        String message = refused.getMessage();
                        assertTrue(message.startsWith("bad.net: "), message);
                        assertEquals(1, message.lines().count(), message);
                        taken = false;
                    } catch (QuantiseException refused) {
                        assertEquals(1, refused.getMessage().lines().count(), refused.getMessage());
                        taken = false;
                    }
                    long allocated = threads.getCurrentThreadAllocatedBytes() - before;
                    assertTrue(allocated < MOST_BYTES, "seed " + seed + " allocates " + allocated + " bytes");
                    return taken;
                },
                "seed " + seed);
    }

    /** Flipped bits, a cut, words of zeros or ones, or a size of 64 bits that is absurd. */
    private static byte[] mutation(byte[] whole, long seed) {
        Random random = new Random(seed);
        byte[] mutated = whole.clone();
        switch ((int) (seed % 5)) {
            case 0 -> {
                for (int k = 0; k < 8; k++) {
                    mutated[random.nextInt(mutated.length)] ^= (byte) (1 << random.nextInt(8));
                }
            }
            case 1 -> mutated = Arrays.copyOf(mutated, random.nextInt(mutated.length));
            case 2 -> {
                int at = random.nextInt(mutated.length - 64);
                Arrays.fill(mutated, at, at + 1 + random.nextInt(64), (byte) (random.nextBoolean() ? 0 : -1));
            }
            case 3 -> {
                // Words that are small numbers are extents, sizes and counts.
                ByteBuffer words = ByteBuffer.wrap(mutated).order(ByteOrder.LITTLE_ENDIAN);
                long[] absurd = {Long.MAX_VALUE, -1, 1L << 40, 1L << 31, 1 << 24, (1 << 24) + 1, 0};
                for (int k = 0; k < 3; k++) {
                    int at = 8 * random.nextInt(mutated.length / 8);
                    for (int tries = 0; tries < 1000 && !isSmall(words.getLong(at)); tries++) {
                        at = 8 * random.nextInt(mutated.length / 8);
                    }
                    words.putLong(at, absurd[random.nextInt(absurd.length)]);
                }
            }
            default -> {
                // A piece of the file in another's place: wrong types and links that lead back.
                int length = 8 * (1 + random.nextInt(16));
                int from = 8 * random.nextInt((mutated.length - length) / 8);
                int to = 8 * random.nextInt((mutated.length - length) / 8);
                System.arraycopy(whole, from, mutated, to, length);
            }
        }
        return mutated;
    }

    private static boolean isSmall(long word) {
        return word > 0 && word < 1 << 16;
    }
}
