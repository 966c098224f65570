package io.spikelet.hal.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spikelet.hal.meter.MeterAccuracy;
import io.spikelet.hal.meter.MeterTraits;
import io.spikelet.hal.meter.SampleBlock;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.Test;

class SimMeterTest {
    private static final long SECOND = 1_000_000_000;
    private static final MeterAccuracy EXACT = new MeterAccuracy(0, 0, 0);

    private static MeterTraits traits(double rate, boolean means, MeterAccuracy accuracy, double ppm) {
        return new MeterTraits("sim", "a simulated meter", rate, means, accuracy, ppm, 1, Double.POSITIVE_INFINITY);
    }

    private record Seen(List<Long> nanos, List<Double> watts, List<Long> edges, long lost, long broken, long switches) {
        double mean() {
            return watts.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
        }
    }

    /** All that a virtual meter gives. */
    private static Seen seen(SimMeter meter) throws IOException {
        List<Long> nanos = new ArrayList<>();
        List<Double> watts = new ArrayList<>();
        List<Long> edges = new ArrayList<>();
        long lost = 0;
        long broken = 0;
        long switches = 0;
        SampleBlock block = new SampleBlock(50);
        meter.start();
        do {
            meter.read(block, 0);
            for (int i = 0; i < block.size(); i++) {
                nanos.add(block.nanos(i));
                watts.add(block.watts(i));
            }
            for (int i = 0; i < block.edgeCount(); i++) {
                edges.add(block.edgeNanos(i));
            }
            lost += block.lost();
            broken += block.broken();
            switches += block.rangeSwitches();
        } while (block.size() > 0 || block.edgeCount() > 0 || block.lost() > 0 || block.broken() > 0);
        meter.stop();
        return new Seen(nanos, watts, edges, lost, broken, switches);
    }

    @Test
    void shouldIntegrateEveryTraceAsItsSumOfFineSteps() {
        PowerTrace trace = PowerTrace.constant(1)
                .plus(PowerTrace.ripple(.3, 50))
                .plus(PowerTrace.spikes(2, 700_000, 100_000))
                .plus(PowerTrace.steps(new long[] {2_000_000, 5_000_000}, new double[] {.5, -.25}));
        double sum = 0;
        for (long nanos = 1_000_050; nanos < 9_000_000; nanos += 100) {
            sum += trace.watts(nanos) * 100e-9;
        }
        assertEquals(sum, trace.joules(1_000_000, 9_000_000), 1e-9);
    }

    @Test
    void shouldGiveMeansWhoseSumIsTheTrueEnergy() throws IOException {
        PowerTrace trace = PowerTrace.constant(1).plus(PowerTrace.spikes(5, 3_000_000, 40_000));
        Seen seen = seen(SimMeter.virtual(traits(1000, true, EXACT, 0), trace, SimMeterFaults.none(1), 5, List.of(), SECOND));
        assertEquals(1000, seen.watts().size());
        assertEquals(trace.joules(0, SECOND), seen.mean(), 1e-9);
    }

    @Test
    void shouldSwitchTheLoadBetweenPairsOfFallingEdges() throws IOException {
        List<PinEdge> edges = new ArrayList<>(PinEdge.lowPulse(SECOND / 4, 0));
        edges.addAll(PinEdge.lowPulse(SECOND / 2, 0));
        PowerTrace trace = PowerTrace.constant(1).plus(PowerTrace.switched(2, 0, PowerTrace.Switching.FALLING_EDGES));
        SimMeter meter = SimMeter.virtual(traits(1000, true, EXACT, 0), trace, SimMeterFaults.none(1), 5, edges, SECOND);
        assertEquals(1.5, seen(meter).mean(), 1e-9);
        assertEquals(List.of(SECOND / 4, SECOND / 4 + 1000, SECOND / 2, SECOND / 2 + 1000), seen(meter).edges());
        assertEquals(.75, meter.truth().joules(SECOND / 4, SECOND / 2), 1e-12);
    }

    @Test
    void shouldRepeatItselfBySeedAndErrWithinWhatItDeclares() throws IOException {
        MeterAccuracy accuracy = new MeterAccuracy(.01, .002, .001);
        SimMeterFaults faults = SimMeterFaults.none(3).withNoise(.01, 100_000).withLosses(.1, .05);
        PowerTrace trace = PowerTrace.constant(2);
        Seen seen = seen(SimMeter.virtual(traits(1000, false, accuracy, 50), trace, faults, 5, List.of(), SECOND + 500_000));
        assertEquals(
                seen, seen(SimMeter.virtual(traits(1000, false, accuracy, 50), trace, faults, 5, List.of(), SECOND + 500_000)));
        assertNotEquals(2, seen.mean(), 1e-6);
        assertEquals(2, seen.mean(), .02 + .002 + 4 * .01 / Math.sqrt(850));
        assertEquals(1000, seen.watts().size() + seen.lost() + seen.broken());
        assertEquals(100, seen.lost(), 40);
        assertEquals(50, seen.broken(), 30);
        for (double watts : seen.watts()) {
            assertEquals(0, Math.IEEEremainder(watts, .001), 1e-9);
        }
    }

    @Test
    void shouldShowTrueTimesThroughAClockThatDrifts() throws IOException {
        List<PinEdge> edges = List.of(new PinEdge(9 * SECOND, 0, false));
        SimMeter meter = SimMeter.virtual(
                traits(10, false, EXACT, 100), PowerTrace.constant(1), SimMeterFaults.none(5), 5, edges, 10 * SECOND);
        long shown = seen(meter).edges().getFirst();
        assertNotEquals(9 * SECOND, shown);
        assertEquals(9 * SECOND, shown, 900_000);
        assertEquals(9 * SECOND, meter.trueNanos(shown), 2);
    }

    @Test
    void shouldShowAnEdgeAtTheEndOfTheStepThatItFellInto() throws IOException {
        List<PinEdge> edges = List.of(new PinEdge(1_000_001, 0, false), new PinEdge(3_000_000, 0, true));
        SimMeterFaults steps = SimMeterFaults.none(1).withEdgeStep(1_000_000);
        SimMeter meter =
                SimMeter.virtual(traits(1000, false, EXACT, 0), PowerTrace.constant(1), steps, 5, edges, SECOND);
        assertEquals(List.of(2_000_000L, 3_000_000L), seen(meter).edges());
    }

    @Test
    void shouldCountASwitchOfItsRangeAndLoseThatSample() throws IOException {
        PowerTrace trace = PowerTrace.steps(new long[] {0, SECOND / 2}, new double[] {.1, 3});
        Seen seen = seen(SimMeter.virtual(
                traits(100, false, EXACT, 0), trace, SimMeterFaults.none(1).withRange(1), 5, List.of(), SECOND));
        assertEquals(1, seen.switches());
        assertEquals(1, seen.lost());
        assertEquals(99, seen.watts().size());
    }

    @Test
    void shouldSaySoWhenItsCableIsPulled() throws IOException {
        SimMeterFaults pulled = SimMeterFaults.none(1).withDisconnect(SECOND / 2);
        SimMeter meter = SimMeter.virtual(traits(10, false, EXACT, 0), PowerTrace.constant(1), pulled, 5, List.of(), SECOND);
        meter.start();
        SampleBlock block = new SampleBlock(50);
        assertEquals(5, meter.read(block, 0));
        assertEquals(
                "the simulated meter was unplugged; plug it in and open it again",
                assertThrows(IOException.class, () -> meter.read(block, 0)).getMessage());
        assertThrows(IOException.class, () -> meter.read(block, 0));
    }

    /** Edges as another process would send them. */
    private static final class Told implements EdgeFeed {
        private final Queue<Long> falls = new ArrayDeque<>();
        private long nanos;

        @Override
        public boolean next() {
            boolean any = !falls.isEmpty();
            nanos = any ? falls.remove() : nanos;
            return any;
        }

        @Override
        public long nanos() {
            return nanos;
        }

        @Override
        public boolean isHigh() {
            return false;
        }

        @Override
        public void close() {
            falls.clear();
        }
    }

    @Test
    void shouldMeasureALiveLoadThatEdgesOfAnotherProcessSwitch() throws IOException {
        Told told = new Told();
        PowerTrace trace = PowerTrace.constant(1).plus(PowerTrace.switched(2, 0, PowerTrace.Switching.FALLING_EDGES));
        try (SimMeter meter = SimMeter.live(traits(1000, true, EXACT, 0), trace, SimMeterFaults.none(1), 5, told)) {
            told.falls.add(System.nanoTime()); // before the start: no edge of this run
            meter.start();
            told.falls.add(meter.originNanos() + 10_000_500);
            told.falls.add(meter.originNanos() + 30_000_500);
            SampleBlock block = new SampleBlock(200);
            double joules = 0;
            int edges = 0;
            long last = 0;
            while (last < 40_000_000) {
                meter.read(block, 1000);
                edges += block.edgeCount();
                for (int i = 0; i < block.size(); i++) {
                    joules += block.watts(i) * (block.nanos(i) - last) * 1e-9;
                    last = block.nanos(i);
                }
            }
            assertEquals(2, edges);
            assertEquals(0, meter.lateEdges());
            assertEquals(meter.truth().joules(0, last), joules, 1e-9);
            assertEquals(last * 1e-9 + .04, joules, 1e-9);
            assertTrue(System.nanoTime() - meter.originNanos() >= last + SimMeter.SETTLE_NANOS);
        }
    }
}
