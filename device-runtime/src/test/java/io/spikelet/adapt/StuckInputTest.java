package io.spikelet.adapt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.Random;
import org.junit.jupiter.api.Test;

class StuckInputTest {
    private static final int BYTES = 64;

    private final Random random = new Random(3);
    private final StuckInput stuck = new StuckInput(BYTES);

    private byte[] any() {
        byte[] sample = new byte[BYTES];
        random.nextBytes(sample);
        return sample;
    }

    /** The same but for one value, which moves by a little. */
    private byte[] noisy(byte[] sample) {
        byte[] other = sample.clone();
        int at = random.nextInt(BYTES);
        other[at] = (byte) Math.clamp((other[at] & 0xff) + random.nextInt(7) - 3, 0, 255);
        return other;
    }

    private void show(byte[] sample) {
        stuck.see(sample, 0);
    }

    @Test
    void shouldNoticeASensorThatRepeatsItselfWithAndWithoutNoise() {
        for (int n = 0; n < 20; n++) {
            show(any());
            assertFalse(stuck.isStuck());
        }
        byte[] same = any();
        for (int n = 0; n < 50; n++) {
            show(n % 2 == 0 ? same : noisy(same));
        }
        assertTrue(stuck.isStuck());
        assertEquals(50, stuck.inARow());
        show(any());
        assertFalse(stuck.isStuck());
    }

    @Test
    void shouldNoticeEqualInputsFromTheFirstOn() {
        byte[] same = any();
        for (int n = 0; n < StuckInput.IN_A_ROW; n++) {
            show(same);
        }
        assertTrue(stuck.hasBegun());
    }

    /** Compared with what a run began with, not with the one before, so that slow change is change. */
    @Test
    void shouldNotTakeSlowChangeForASensorThatIsStuck() {
        for (int n = 0; n < 20; n++) {
            show(any());
        }
        byte[] sample = new byte[BYTES];
        int longest = 0;
        for (int n = 0; n < 60; n++) {
            for (int i = 0; i < BYTES; i++) {
                sample[i] = (byte) (n * 2);
            }
            show(sample);
            longest = Math.max(longest, stuck.inARow());
        }
        assertTrue(longest < StuckInput.IN_A_ROW, longest + " in a row");
    }

    @Test
    void shouldGoOnAfterACheckpoint() {
        byte[] same = any();
        show(any());
        show(any());
        show(same);
        show(noisy(same));
        ByteBuffer saved = ByteBuffer.allocate(stuck.savedBytes());
        stuck.save(saved);
        StuckInput other = new StuckInput(BYTES);
        other.restore(saved.flip());
        other.see(noisy(same), 0);
        other.see(noisy(same), 0);
        assertTrue(other.isStuck());
    }
}
