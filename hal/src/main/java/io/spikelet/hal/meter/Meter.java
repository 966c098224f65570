package io.spikelet.hal.meter;

import java.io.Closeable;
import java.io.IOException;

/**
 * An instrument that samples the power of a board. Its life: {@link #start}, {@link #read} until enough was seen, {@link
 * #stop}, perhaps start again, {@link #close}. One thread.
 *
 * <p>Nothing is made up: a sample that was lost, or that the instrument called no number, is counted in the block and
 * leaves a gap in the times of the samples around it.
 */
public interface Meter extends Closeable {
    /** What the instrument promises; the same from the first call on. */
    MeterTraits traits();

    /**
     * Begins to sample. The meter's clock starts anew at 0.
     *
     * @throws IllegalStateException when it samples already
     * @throws IOException when the instrument does not answer, or not as it should: what was sent, what came, what to do
     */
    void start() throws IOException;

    /**
     * Clears the block and fills it with what came since the last call, at most as much as it holds.
     *
     * @param timeoutMillis how long to wait for the first sample or edge
     * @return how many samples are in the block, which may hold edges or losses even without one; 0 when none came in time, when a recording is at its end, and when the
     *     meter does not sample
     * @throws IOException when the instrument is gone or its stream cannot be understood any more; stop, close and open anew
     */
    int read(SampleBlock into, int timeoutMillis) throws IOException;

    /** Ends sampling. What was not read is dropped. A meter that does not sample is left as it is. */
    void stop() throws IOException;

    /** Stops, and gives the line or node back; a second time does nothing. {@link #start} then fails. */
    @Override
    void close() throws IOException;
}
