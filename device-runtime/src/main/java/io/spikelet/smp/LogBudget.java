package io.spikelet.smp;

import java.util.concurrent.TimeUnit;

/**
 * Lets a number of log lines a minute through and counts the others, so that a flood of bad requests fills no card.
 * One thread.
 */
public final class LogBudget {
    private static final long MINUTE_NANOS = TimeUnit.MINUTES.toNanos(1);

    private final int linesPerMinute;
    private boolean begun;
    private long minuteBegan;
    private int lines;
    private long withheld;

    /** @param linesPerMinute let through, 1 or more */
    public LogBudget(int linesPerMinute) {
        this.linesPerMinute = linesPerMinute;
    }

    /** Whether one more line may be written now. */
    public boolean allows(long nowNanos) {
        if (!begun || nowNanos - minuteBegan >= MINUTE_NANOS) {
            begun = true;
            minuteBegan = nowNanos;
            lines = 0;
        }
        if (lines == linesPerMinute) {
            withheld++;
            return false;
        }
        lines++;
        return true;
    }

    /** What ends a line that was let through: how many before it were not since this was last asked; empty for none. */
    public String withheld() {
        long count = withheld;
        withheld = 0;
        return count == 0 ? "" : "; " + count + " like it were not told";
    }
}
