package io.spikelet.hal.instrument;

import io.spikelet.hal.meter.Meter;
import io.spikelet.hal.meter.SampleBlock;
import java.io.IOException;

/**
 * The life of an instrument behind a line, the same for all: open, sampling, open again, closed; or gone, when its
 * line failed.
 */
abstract class InstrumentMeter implements Meter {
    final InstrumentLine line;
    private boolean sampling;
    private boolean gone;
    private boolean closed;

    InstrumentMeter(InstrumentLine line) {
        this.line = line;
    }

    /** Makes the instrument sample, its clock at 0. */
    abstract void begin() throws IOException;

    /** Adds samples of what was fetched, as long as the block has room. */
    abstract void decode(SampleBlock into) throws IOException;

    /** Gets more from the instrument, waiting at most so long; false when nothing came. */
    abstract boolean fetch(int waitMillis) throws IOException;

    /** Makes the instrument sample no more, and drops what it sent. */
    abstract void end() throws IOException;

    /** Gives the instrument back to whoever stands before it. */
    abstract void release() throws IOException;

    @Override
    public final void start() throws IOException {
        if (closed || gone) {
            throw new IOException(
                    "the meter at " + line.name() + " is " + (closed ? "closed" : "gone") + "; open it anew");
        }
        if (sampling) {
            throw new IllegalStateException("the meter at " + line.name() + " is started; stop it first");
        }
        begin();
        sampling = true;
    }

    @Override
    public final int read(SampleBlock into, int timeoutMillis) throws IOException {
        into.clear();
        if (!sampling) {
            return 0;
        }
        try {
            decode(into);
            long deadline = InstrumentLine.deadline(timeoutMillis);
            while (!into.isFull()) {
                int wait = into.size() + into.edgeCount() > 0 ? 0 : InstrumentLine.left(deadline);
                if (fetch(wait)) {
                    decode(into);
                } else if (wait == 0) {
                    break;
                }
            }
        } catch (IOException failed) {
            sampling = false;
            gone = true;
            throw failed;
        }
        return into.size();
    }

    @Override
    public final void stop() throws IOException {
        if (sampling) {
            sampling = false;
            end();
        }
    }

    @Override
    public final void close() throws IOException {
        if (closed) {
            return;
        }
        closed = true;
        try {
            stop();
            if (!gone) {
                release();
            }
        } finally {
            line.close();
        }
    }
}
