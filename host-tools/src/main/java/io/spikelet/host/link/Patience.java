package io.spikelet.host.link;

/**
 * How long a client waits and how often it asks again.
 *
 * @param timeoutMillis for the answer to one try
 * @param tries at least 1
 * @param pauseMillis before a broken link is opened anew
 */
public record Patience(int timeoutMillis, int tries, int pauseMillis) {

    /** Four tries of 5 s: a slow board's largest inference fits in one, a radio's short gap in all. */
    public static final Patience USUAL = new Patience(5_000, 4, 500);

    public Patience {
        if (timeoutMillis < 1 || tries < 1 || pauseMillis < 0) {
            throw new IllegalArgumentException("timeoutMillis and tries must be 1 or more, pauseMillis 0 or more: "
                    + "timeoutMillis=" + timeoutMillis + " tries=" + tries + " pauseMillis=" + pauseMillis);
        }
    }

    Patience once() {
        return new Patience(timeoutMillis, 1, pauseMillis);
    }
}
