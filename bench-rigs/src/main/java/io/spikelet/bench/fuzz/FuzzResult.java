package io.spikelet.bench.fuzz;

/**
 * What came of hostile bytes on one link.
 *
 * @param link its name
 * @param bytes sent
 * @param frames sent: pieces of a stream, datagrams or messages
 * @param answers that hostile frames got, most of them refusals
 * @param echoes honest requests in between that were answered
 * @param lostEchoes honest requests that were not answered at once; a later one was
 * @param backMicros from the last hostile byte to an honest answer
 * @param residentBefore bytes of memory that the board's process held before, 0 when it does not tell
 * @param residentAfter likewise after
 * @param millis in all
 */
public record FuzzResult(
        String link,
        long bytes,
        long frames,
        long answers,
        long echoes,
        long lostEchoes,
        long backMicros,
        long residentBefore,
        long residentAfter,
        long millis) {}
