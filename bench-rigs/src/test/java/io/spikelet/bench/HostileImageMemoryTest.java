package io.spikelet.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.spikelet.host.graph.Profile;
import io.spikelet.host.nir.NirImporter;
import io.spikelet.host.quantise.QuantiseOptions;
import io.spikelet.host.quantise.Quantiser;
import io.spikelet.host.report.InferenceSettings;
import io.spikelet.model.Encoder;
import io.spikelet.model.MalformedDataException;
import io.spikelet.model.NetworkCheck;
import io.spikelet.model.NetworkCodec;
import io.spikelet.model.Readout;
import io.spikelet.model.SpikingNetwork;
import io.spikelet.model.container.ModelImage;
import io.spikelet.model.container.Version;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Damaged networks in whole images: the hash holds, so all that stands between them and the engine are decoder and check.
 * Each is taken or refused in one sentence, within bounds of memory and time.
 */
class HostileImageMemoryTest {
    private static final int IMAGES = 200;
    private static final long MOST_BYTES = 256L << 20;
    private static final Duration AGES = Duration.ofMinutes(2);
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    /** Changes some bytes, or gives others. */
    private interface Damage {
        byte[] of(byte[] payload, Random random);
    }

    @Test
    void shouldSurviveFlippedBits() throws Exception {
        survive((payload, random) -> {
            for (int flips = 1 + random.nextInt(8); flips > 0; flips--) {
                payload[random.nextInt(payload.length)] ^= (byte) (1 << random.nextInt(8));
            }
            return payload;
        });
    }

    @Test
    void shouldSurviveTruncation() throws Exception {
        survive((payload, random) -> Arrays.copyOf(payload, 1 + random.nextInt(payload.length - 1)));
    }

    /** A number of Protocol Buffers ends in a byte below 128; with the highest bit set it swallows what follows. */
    @Test
    void shouldSurviveHostileNumbers() throws Exception {
        byte[] huge = {-1, -1, -1, -1, 7};
        survive((payload, random) -> {
            // What is no weight stands in the first and last bytes and between layers.
            for (int hits = 1 + random.nextInt(3); hits > 0; hits--) {
                int reach = random.nextBoolean() ? 400 : payload.length;
                int at = random.nextInt(reach - huge.length);
                System.arraycopy(
                        huge, 0, payload, random.nextBoolean() ? at : payload.length - reach + at, huge.length);
            }
            return payload;
        });
    }

    @Test
    void shouldSurviveWhatStandsInTheWrongPlace() throws Exception {
        survive((payload, random) -> {
            int length = 1 << random.nextInt(10);
            int from = random.nextInt(payload.length - length);
            System.arraycopy(payload.clone(), from, payload, random.nextInt(payload.length - length), length);
            return payload;
        });
    }

    private static void survive(Damage damage) throws Exception {
        InferenceSettings settings =
                new InferenceSettings(Profile.SNNTORCH, Profile.DEFAULT_DT, 4, Encoder.DIRECT, new Readout(10, 5));
        byte[] whole = NetworkCodec.encode(Quantiser.convert(
                NirImporter.read(Path.of("zoo/models/digits-conv.nir")),
                QuantiseOptions.of("digits", settings, 16).withLearning(1 / 128f, 1)));
        Random random = new Random(9);
        for (int trial = 0; trial < IMAGES; trial++) {
            byte[] damaged = damage.of(whole.clone(), random);
            byte[] image = ModelImage.unsigned(damaged, new Version(1, 0, 0, 0)).bytes();
            String what = "image " + trial;
            assertTimeoutPreemptively(AGES, () -> load(image, what), what);
        }
    }

    private static void load(byte[] image, String what) {
        long before = THREADS.getCurrentThreadAllocatedBytes();
        try {
            SpikingNetwork network = NetworkCodec.decode(ModelImage.parse(image).payload());
            NetworkCheck.verify(network);
        } catch (MalformedDataException refused) {
            assertEquals(1, refused.getMessage().lines().count(), refused.getMessage());
        }
        long allocated = THREADS.getCurrentThreadAllocatedBytes() - before;
        assertTrue(allocated < MOST_BYTES, what + " allocates " + allocated);
    }
}
