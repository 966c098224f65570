package io.spikelet.hal.meter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import org.junit.jupiter.api.Test;

/** What every meter keeps to, on a load that takes 2.5 W and never changes. */
public abstract class MeterContract {
    private static final int PATIENCE_MILLIS = 3000;
    private static final int SEEN = 8;

    protected MeterContract() {}

    /** A new meter, closed by the test, on a load of 2.5 W; it gives 24 samples within 3 s. */
    protected abstract Meter atTwoAndAHalfWatts() throws IOException;

    /** From here on the instrument of the last meter is gone: its cable is pulled, its file unreadable, its process dead. */
    protected abstract void cut() throws IOException;

    /** A meter whose recording ends says nothing when what recorded it is gone. */
    protected boolean failsWhenCut() {
        return true;
    }

    /** Reads until so many samples came, checking each block, and returns the time of the last. */
    private static long see(Meter meter, SampleBlock block, int samples) throws IOException {
        long last = -1;
        long lastEdge = -1;
        int seen = 0;
        for (int reads = 0; seen < samples; reads++) {
            assertTrue(reads < 1000, "after 1000 reads only " + seen + " samples");
            int count = meter.read(block, PATIENCE_MILLIS);
            assertEquals(block.size(), count);
            for (int i = 0; i < count; i++) {
                assertTrue(block.nanos(i) >= last, block.nanos(i) + " ns after " + last + " ns");
                last = block.nanos(i);
                double most = meter.traits().accuracy().gain() * 2.5
                        + meter.traits().accuracy().offsetWatts()
                        + meter.traits().accuracy().resolutionWatts();
                assertEquals(2.5, block.watts(i), most + 1e-9);
            }
            for (int i = 0; i < block.edgeCount(); i++) {
                assertTrue(block.edgeNanos(i) >= lastEdge);
                lastEdge = block.edgeNanos(i);
            }
            seen += count;
        }
        return last;
    }

    @Test
    void shouldMeasureTheLoadWithinItsAccuracyAtTimesThatNeverFall() throws IOException {
        try (Meter meter = atTwoAndAHalfWatts()) {
            meter.start();
            assertTrue(see(meter, new SampleBlock(64), SEEN) > 0);
        }
    }

    @Test
    void shouldFillNoMoreThanTheBlockHoldsAndClearItFirst() throws IOException {
        try (Meter meter = atTwoAndAHalfWatts()) {
            meter.start();
            SampleBlock small = new SampleBlock(2);
            small.add(Long.MAX_VALUE, 7, 7, 7);
            small.addLost(1_000_000);
            see(meter, small, SEEN);
            assertTrue(small.lost() < 1_000_000);
        }
    }

    @Test
    void shouldStartAnewAtTimeZeroAfterAStop() throws IOException {
        try (Meter meter = atTwoAndAHalfWatts()) {
            SampleBlock block = new SampleBlock(4);
            meter.start();
            long first =
                    see(meter, block, 3 * SEEN); // long enough that a busy system does not hide a clock that goes on
            meter.stop();
            meter.start();
            assertTrue(meter.read(block, PATIENCE_MILLIS) > 0);
            assertTrue(block.nanos(0) <= first, block.nanos(0) + " ns is no new clock after " + first + " ns");
        }
    }

    @Test
    void shouldGiveNothingBeforeItStartsNorAfterItStops() throws IOException {
        try (Meter meter = atTwoAndAHalfWatts()) {
            SampleBlock block = new SampleBlock(64);
            block.addPower(0, 1);
            assertEquals(0, meter.read(block, 0));
            assertEquals(0, block.size());
            meter.stop();
            meter.start();
            see(meter, block, SEEN);
            meter.stop();
            assertEquals(0, meter.read(block, 20));
            assertEquals(0, block.size());
        }
    }

    @Test
    void shouldRefuseASecondStartAndEveryStartAfterItsClose() throws IOException {
        Meter meter = atTwoAndAHalfWatts();
        meter.start();
        assertThrows(IllegalStateException.class, meter::start);
        meter.close();
        meter.close();
        assertThrows(IOException.class, meter::start);
    }

    @Test
    void shouldPromiseTheSameFromTheFirstCallOn() throws IOException {
        try (Meter meter = atTwoAndAHalfWatts()) {
            MeterTraits before = meter.traits();
            meter.start();
            see(meter, new SampleBlock(64), SEEN);
            assertEquals(before, meter.traits());
            assertFalse(before.source().isBlank());
        }
    }

    @Test
    void shouldSayInASentenceThatTheInstrumentIsGone() throws IOException {
        try (Meter meter = atTwoAndAHalfWatts()) {
            meter.start();
            SampleBlock block = new SampleBlock(64);
            see(meter, block, SEEN);
            cut();
            if (failsWhenCut()) {
                IOException gone = assertThrows(IOException.class, () -> readUntilItFails(meter, block));
                assertTrue(gone.getMessage().length() > 20, gone.getMessage());
            }
        }
    }

    private static void readUntilItFails(Meter meter, SampleBlock block) throws IOException {
        for (int reads = 0; reads < 1000; reads++) {
            meter.read(block, PATIENCE_MILLIS);
        }
    }
}
