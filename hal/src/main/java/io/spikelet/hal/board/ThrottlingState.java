package io.spikelet.hal.board;

import java.util.ArrayList;
import java.util.List;

/**
 * The Raspberry Pi firmware's word for it, as {@code vcgencmd get_throttled} prints.
 *
 * <pre>
 * bit  0 under-voltage   1 frequency capped   2 throttled   3 soft temperature limit   now
 *     16                17                   18            19                          since the start
 * </pre>
 */
public record ThrottlingState(int bits) {
    private static final List<String> CAUSES =
            List.of("under-voltage", "frequency capped", "throttled", "soft temperature limit");
    private static final int SINCE_START_SHIFT = 16;
    private static final int MASK = 0xf;

    /** Whether anything holds the board back now. */
    public boolean isHeldBack() {
        return (bits & MASK) != 0;
    }

    /** Whether anything has since the board started, be it now or before. */
    public boolean wasHeldBack() {
        return isHeldBack() || (bits >> SINCE_START_SHIFT & MASK) != 0;
    }

    /** One sentence for a person. */
    public String sentence() {
        if (!wasHeldBack()) {
            return "never held back since the start";
        }
        List<String> now = causes(bits);
        List<String> before = causes(bits >> SINCE_START_SHIFT);
        return (now.isEmpty() ? "not held back now" : "held back now: " + String.join(", ", now))
                + (before.isEmpty() ? "" : "; since the start: " + String.join(", ", before));
    }

    private static List<String> causes(int bits) {
        List<String> causes = new ArrayList<>();
        for (int i = 0; i < CAUSES.size(); i++) {
            if ((bits >> i & 1) != 0) {
                causes.add(CAUSES.get(i));
            }
        }
        return causes;
    }
}
