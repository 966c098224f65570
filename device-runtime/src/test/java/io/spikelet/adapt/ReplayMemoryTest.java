package io.spikelet.adapt;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spikelet.fixedpoint.SeededRandom;
import io.spikelet.model.MalformedDataException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReplayMemoryTest {
    private static final int CLASSES = 3;
    private static final int QUARTER = ReplayMemory.WHOLE / 4;

    private static ReplayMemory memory(int inputMaximum, int bytes, long seed) {
        return ReplayMemory.of(SmallNetworks.classifying(CLASSES, inputMaximum), bytes, QUARTER, seed);
    }

    private static byte[] sample(int value) {
        byte[] sample = new byte[SmallNetworks.INPUTS];
        for (int i = 0; i < sample.length; i++) {
            sample[i] = (byte) (value >> i & 1);
        }
        return sample;
    }

    /** Offers a number of samples of each class. */
    private static void fill(ReplayMemory memory, int each) {
        for (int n = 0; n < each; n++) {
            for (int c = 0; c < CLASSES; c++) {
                memory.add(sample(n), 0, c);
            }
        }
    }

    private static int[] epochsOf(ReplayMemory memory, int label) {
        int[] count = new int[ReplayMemory.LAST_EPOCH + 1];
        for (int p = label * memory.placesPerClass(); p < (label + 1) * memory.placesPerClass(); p++) {
            count[memory.epoch(p)]++;
        }
        return count;
    }

    private static byte[] saved(ReplayMemory memory) {
        ByteBuffer into = ByteBuffer.allocate(memory.savedBytes());
        memory.save(into);
        return into.array();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 255})
    void shouldGiveASampleBackAsItCame(int inputMaximum) {
        ReplayMemory memory = memory(inputMaximum, 2000, 1);
        Random random = new Random(7);
        byte[] sample = new byte[SmallNetworks.INPUTS];
        byte[] back = new byte[SmallNetworks.INPUTS + 2];
        for (int n = 0; n < 5; n++) {
            for (int i = 0; i < sample.length; i++) {
                sample[i] = (byte) random.nextInt(inputMaximum + 1);
            }
            memory.add(sample, 0, 1);
            memory.sample(memory.placesPerClass() + n, back, 2);
            assertArrayEquals(sample, Arrays.copyOfRange(back, 2, back.length));
        }
        assertEquals(5, memory.size(1));
        assertEquals(0, memory.size(0));
    }

    @Test
    void shouldHoldEightTimesAsManySamplesWhereTheyAreSpikes() {
        int bytes = 100_000;
        // 24 inputs: 3 bytes and an epoch, or 24 and an epoch.
        assertEquals((bytes - 60) / (CLASSES * 4), memory(1, bytes, 1).placesPerClass());
        assertEquals((bytes - 60) / (CLASSES * 25), memory(255, bytes, 1).placesPerClass());
        assertTrue(memory(1, bytes, 1).savedBytes() <= bytes);
        assertTrue(memory(1, bytes, 1).savedBytes() > bytes - CLASSES * 4);
    }

    @Test
    void shouldRefuseFewerBytesThanOneSampleOfEachClassNeeds() {
        int least = (int) ReplayMemory.bytesFor(SmallNetworks.classifying(CLASSES, 255), 1);
        assertEquals(1, memory(255, least, 1).placesPerClass());
        assertThrows(IllegalArgumentException.class, () -> memory(255, least - 1, 1));
    }

    @Test
    void shouldKeepEachSampleOfAnEpochWithTheSameChance() {
        int offered = 40;
        int[] kept = new int[offered];
        int rounds = 2000;
        int places = 0;
        SeededRandom seeds = new SeededRandom(99);
        for (int round = 0; round < rounds; round++) {
            ReplayMemory memory = memory(1, 60 + CLASSES * 4 * 10, seeds.next(60));
            places = memory.placesPerClass();
            byte[] back = new byte[SmallNetworks.INPUTS];
            for (int n = 0; n < offered; n++) {
                memory.add(sample(n), 0, 0);
            }
            for (int p = 0; p < places; p++) {
                memory.sample(p, back, 0);
                int n = 0;
                for (int i = 0; i < 6; i++) {
                    n |= back[i] << i;
                }
                kept[n]++;
            }
        }
        assertEquals(10, places);
        int expected = rounds * places / offered;
        // Binomial with p = 1/4: five standard deviations of 2000 rounds are 97.
        for (int n = 0; n < offered; n++) {
            assertTrue(Math.abs(kept[n] - expected) < 97, "sample " + n + " was kept " + kept[n] + " times");
        }
    }

    @Test
    void shouldShareAClassAmongTheEpochsAndNeverDisplaceTheTrainedDay() {
        ReplayMemory memory = memory(1, 60 + CLASSES * 4 * 16, 5);
        fill(memory, 100);
        assertEquals(16, epochsOf(memory, 2)[0]);
        memory.beginEpoch();
        fill(memory, 100);
        assertEquals(8, epochsOf(memory, 2)[0]);
        assertEquals(8, epochsOf(memory, 2)[1]);
        for (int day = 2; day <= 300; day++) {
            memory.beginEpoch();
            fill(memory, 20);
            assertTrue(epochsOf(memory, 0)[0] >= 4, "a quarter of 16 places is protected");
        }
        assertEquals(4, epochsOf(memory, 0)[0]);
        assertEquals(ReplayMemory.LAST_EPOCH, memory.epoch());
    }

    @Test
    void shouldNotLetOneClassTakeTheOthersPlaces() {
        ReplayMemory memory = memory(1, 60 + CLASSES * 4 * 16, 5);
        fill(memory, 16);
        memory.beginEpoch();
        for (int n = 0; n < 1000; n++) {
            memory.add(sample(n), 0, 1);
        }
        assertEquals(16, memory.size(0));
        assertEquals(16, memory.size(1));
        assertEquals(16, epochsOf(memory, 2)[0]);
    }

    @Test
    void shouldDrawEveryClassEquallyOftenWhateverItHolds() {
        ReplayMemory memory = memory(1, 60 + CLASSES * 4 * 16, 5);
        assertEquals(0, memory.draw(new SeededRandom(1), new int[4]));
        for (int n = 0; n < 16; n++) {
            memory.add(sample(n), 0, 0);
        }
        memory.add(sample(3), 0, 2);
        int[] places = new int[64];
        assertEquals(64, memory.draw(new SeededRandom(1), places));
        int[] drawn = new int[CLASSES];
        Set<Integer> different = new HashSet<>();
        for (int place : places) {
            drawn[memory.label(place)]++;
            different.add(place);
        }
        assertArrayEquals(new int[] {32, 0, 32}, drawn);
        assertTrue(different.size() > 10, "places drawn: " + different);
    }

    @Test
    void shouldGoOnAfterARestoreExactlyAsIfItHadNeverStopped() throws Exception {
        ReplayMemory through = memory(1, 700, 5);
        fill(through, 60);
        ReplayMemory restored = memory(1, 700, 1234);
        ByteBuffer from = ByteBuffer.allocate(through.savedBytes() + 3).position(3);
        through.save(from);
        restored.restore(from.flip().position(3));
        assertEquals(through.savedBytes() + 3, from.position());
        for (ReplayMemory memory : new ReplayMemory[] {through, restored}) {
            memory.beginEpoch();
            fill(memory, 60);
        }
        assertArrayEquals(saved(through), saved(restored));
    }

    @Test
    void shouldRefuseEveryDamagedByteAndChangeNothing() {
        ReplayMemory memory = memory(1, 300, 5);
        fill(memory, 9);
        byte[] good = saved(memory);
        ReplayMemory other = memory(1, 300, 6);
        fill(other, 3);
        byte[] before = saved(other);
        for (int i = 0; i < good.length; i++) {
            byte[] bad = good.clone();
            bad[i] ^= 0x10;
            assertThrows(MalformedDataException.class, () -> other.restore(ByteBuffer.wrap(bad)));
        }
        assertThrows(
                MalformedDataException.class,
                () -> other.restore(ByteBuffer.wrap(Arrays.copyOf(good, good.length - 1))));
        assertThrows(MalformedDataException.class, () -> memory(1, 400, 1).restore(ByteBuffer.wrap(good)));
        assertArrayEquals(before, saved(other));
        assertNotEquals(0, other.size());
    }

    @Test
    void shouldRefuseALabelThatTheNetworkDoesNotHave() {
        ReplayMemory memory = memory(1, 300, 5);
        assertThrows(IllegalArgumentException.class, () -> memory.add(sample(1), 0, CLASSES));
        assertThrows(IllegalArgumentException.class, () -> memory.add(sample(1), 0, -1));
    }
}
