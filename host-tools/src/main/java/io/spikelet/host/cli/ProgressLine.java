package io.spikelet.host.cli;

import java.io.PrintWriter;

/**
 * Shows on standard error how far long work has come: on a terminal one line that renews itself, elsewhere a line for
 * each quarter. Nothing is shown before work has taken half a second, so short work stays quiet.
 */
public final class ProgressLine {
    private static final long QUIET_NANOS = 500_000_000L;
    private static final long RENEW_NANOS = 100_000_000L;
    private static final int PARTS_ELSEWHERE = 4;

    private final PrintWriter err;
    private final String what;
    private final boolean terminal;
    private final long started = System.nanoTime();
    private long shownAt;
    private int shownPart;
    private boolean shown;

    /** @param what such as {@code uploading} */
    public ProgressLine(PrintWriter err, String what) {
        this.err = err;
        this.what = what;
        terminal = System.console() != null && System.console().isTerminal();
    }

    /** Takes any counting of done and total. */
    public void at(long done, long total) {
        long now = System.nanoTime();
        if (now - started < QUIET_NANOS || total <= 0) {
            return;
        }
        if (terminal) {
            if (now - shownAt >= RENEW_NANOS || done >= total) {
                shownAt = now;
                shown = true;
                err.printf("\r%s %3d %%", what, 100 * done / total);
                err.flush();
            }
        } else {
            int part = (int) (PARTS_ELSEWHERE * done / total);
            if (part > shownPart) {
                shownPart = part;
                err.printf("%s %d %%%n", what, 100 * done / total);
                err.flush();
            }
        }
    }

    /** Ends the line, if one was begun. */
    public void done() {
        if (shown) {
            err.println();
            err.flush();
        }
    }
}
