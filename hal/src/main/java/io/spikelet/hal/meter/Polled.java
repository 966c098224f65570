package io.spikelet.hal.meter;

import io.spikelet.hal.EnergyMeter;
import io.spikelet.hal.board.PowerMeter;
import io.spikelet.hal.board.PowerReading;
import java.io.IOException;
import java.util.OptionalLong;

/** What a {@link PolledMeter} asks again and again: a meter of power, or the difference of a counter of energy. */
public abstract class Polled {
    private static final double MICROJOULES_A_NANOSECOND = 1e3;

    private Polled() {}

    /** A new run begins. */
    abstract void restart();

    /**
     * One reading.
     *
     * @param nanos when it is asked, of any clock that never falls
     * @return null when it only begins a difference
     * @throws IOException when there is no number now
     */
    abstract PowerReading ask(long nanos) throws IOException;

    /** Whether a reading is the mean since the one before. */
    abstract boolean means();

    /** What is measured, in words for a person. */
    abstract String source();

    /** Readings of a moment. */
    public static Polled power(PowerMeter meter) {
        return new Polled() {
            @Override
            void restart() {
                // each reading stands alone
            }

            @Override
            PowerReading ask(long nanos) throws IOException {
                return meter.reading();
            }

            @Override
            boolean means() {
                return false;
            }

            @Override
            String source() {
                return meter.source();
            }
        };
    }

    /**
     * Differences of a counter: a reading is the mean power since the one before. Where the counter fell and nobody says
     * at what it wraps, the reading is no number and the next difference begins anew.
     */
    public static Polled counter(EnergyMeter meter) {
        return new Polled() {
            private long before;
            private long beforeNanos;
            private long gaps;
            private boolean begun;

            @Override
            void restart() {
                begun = false;
            }

            @Override
            PowerReading ask(long nanos) throws IOException {
                OptionalLong now = meter.microjoules();
                if (now.isEmpty()) {
                    throw new IOException(meter.source() + " gives no number now; check that it is still there and readable");
                }
                boolean whole = begun && meter.gaps() == gaps;
                boolean fell = begun && !whole;
                double microjoules = now.getAsLong() - before;
                long elapsed = nanos - beforeNanos;
                begun = true;
                before = now.getAsLong();
                beforeNanos = nanos;
                gaps = meter.gaps();
                if (fell) {
                    throw new IOException(meter.source() + " began anew; what it counted meanwhile is not known");
                }
                return whole && elapsed > 0
                        ? PowerReading.ofPower(microjoules * MICROJOULES_A_NANOSECOND / elapsed)
                        : null;
            }

            @Override
            boolean means() {
                return true;
            }

            @Override
            String source() {
                return meter.source();
            }
        };
    }
}
