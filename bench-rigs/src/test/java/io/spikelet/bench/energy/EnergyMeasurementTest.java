package io.spikelet.bench.energy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spikelet.bench.energy.BudgetPart.Source;
import io.spikelet.bench.energy.Finding.Kind;
import io.spikelet.hal.meter.MeterAccuracy;
import io.spikelet.hal.meter.MeterTraits;
import io.spikelet.hal.meter.SampleBlock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class EnergyMeasurementTest {
    private static final EnergyRules RULES = EnergyRules.standard();

    /** Means each 10 ms: 1 W for 2 s, then windows of 10 s at these watts with 1 s at 1 W behind each. */
    private static PowerRecording windows(MeterAccuracy accuracy, double clockPpm, double... watts) {
        MeterTraits traits = new MeterTraits("made-up", "a test", 100, true, accuracy, clockPpm, 1, 1.2);
        PowerRecording recording = new PowerRecording(traits);
        SampleBlock block = new SampleBlock(201 + 1100 * watts.length);
        for (int i = 0; i <= 200 + 1100 * watts.length; i++) {
            int in = i - 201;
            double now = in >= 0 && in % 1100 < 1000 ? watts[in / 1100] : 1;
            block.add(i * 10_000_000L, 5, now / 5);
        }
        recording.add(block);
        return recording;
    }

    private static WindowCuts cuts(int count) {
        List<WindowCut> cuts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            cuts.add(new WindowCut((2 + 11 * i) * 1e9, (12 + 11 * i) * 1e9, 0));
        }
        return new WindowCuts(CutMethod.EDGES, cuts);
    }

    private static List<BoardWindow> boards(int count) {
        return Collections.nCopies(count, BoardWindow.untimed(1000));
    }

    private static Map<Source, BudgetPart> parts(EnergyResult result) {
        return result.budget().stream().collect(Collectors.toMap(BudgetPart::source, part -> part));
    }

    private static Finding only(EnergyResult result) {
        assertEquals(1, result.findings().size(), result.findings().toString());
        return result.findings().getFirst();
    }

    @Test
    void shouldStateTheMedianWithABudgetThatAHandCanCheck() {
        MeterAccuracy accuracy = new MeterAccuracy(.01, .003, 0);
        EnergyResult result = EnergyMeasurement.of(
                windows(accuracy, 50, 2, 2.01, 1.99, 2.002, 1.998), cuts(5), boards(5), Optional.empty(), RULES);
        Interval interval = result.microjoules().orElseThrow();
        assertEquals(20_000, interval.value(), 1e-6); // 2 W · 10 s / 1000
        Map<Source, BudgetPart> parts = parts(result);
        assertEquals(200 / Math.sqrt(3), parts.get(Source.GAIN).standard(), 1e-9);
        assertEquals(30 / Math.sqrt(3), parts.get(Source.OFFSET).standard(), 1e-9); // .003 W · 10 ms
        assertEquals(1 / Math.sqrt(3), parts.get(Source.CLOCK).standard(), 1e-9);
        // Deviation of 0, 100, -100, 20, -20 µJ, of the median of five.
        double scatter = Math.sqrt(20_800 / 4.0 / 5) * Math.sqrt(Math.PI / 2);
        assertEquals(
                scatter,
                Math.hypot(
                        parts.get(Source.SCATTER).standard(),
                        parts.get(Source.BORDERS).standard()),
                .5);
        assertEquals(4, parts.get(Source.SCATTER).degrees());
        assertEquals(1, result.budget().stream().mapToDouble(BudgetPart::share).sum(), 1e-12);
        assertEquals(Source.GAIN, result.budget().getFirst().source());
        assertTrue(interval.level() >= .95 && interval.level() <= .995);
        assertTrue(result.findings().isEmpty(), result.findings().toString());
    }

    @Test
    void shouldGiveAMeterOfOnePercentNoMoreThanTwoPercentOfWidth() {
        EnergyResult quiet = EnergyMeasurement.of(
                windows(new MeterAccuracy(.01, 0, 0), 0, 2, 2, 2, 2, 2), cuts(5), boards(5), Optional.empty(), RULES);
        assertEquals(.0199, quiet.microjoules().orElseThrow().relativeWidth(), 1e-4);
        assertEquals(.995, quiet.microjoules().orElseThrow().level(), 1e-3);
        EnergyResult exact = EnergyMeasurement.of(
                windows(new MeterAccuracy(.01, 0, 0), 0, 2, 2, 2, 2, 2),
                cuts(5),
                boards(5),
                Optional.empty(),
                RULES.levels(.95, .95));
        assertEquals(.019, exact.microjoules().orElseThrow().relativeWidth(), 1e-4);
    }

    @Test
    void shouldTellWhatTheInstrumentsOweFromWhatTheBoardDoes() {
        EnergyResult result = EnergyMeasurement.of(
                windows(new MeterAccuracy(.01, 0, 0), 0, 2, 2.04, 1.97, 2.02, 1.98),
                cuts(5),
                boards(5),
                Optional.empty(),
                RULES);
        double whole = result.microjoules().orElseThrow().relativeWidth();
        double instruments = result.instruments().orElseThrow().relativeWidth();
        assertTrue(whole > .04, "five windows that lie 3.5 % apart: " + whole);
        Map<IntervalPart.Group, Double> alone =
                result.parts().stream().collect(Collectors.toMap(IntervalPart::group, IntervalPart::relative));
        assertEquals(IntervalPart.Group.values().length, alone.size());
        assertEquals(.0199, alone.get(IntervalPart.Group.ACCURACY), 1e-4);
        assertEquals(0, alone.get(IntervalPart.Group.RESOLUTION));
        assertTrue(instruments >= alone.get(IntervalPart.Group.ACCURACY) && instruments < .025, "" + instruments);
        assertTrue(alone.get(IntervalPart.Group.RUN_TO_RUN) > .035, alone.toString());
    }

    @Test
    void shouldSubtractIdlePowerAndWithItTheOffset() {
        MeterAccuracy accuracy = new MeterAccuracy(.01, .1, 0);
        WindowCut idle = new WindowCut(.1e9, 1.9e9, 0);
        EnergyResult result =
                EnergyMeasurement.of(windows(accuracy, 0, 3, 3, 3, 3, 3), cuts(5), boards(5), Optional.of(idle), RULES);
        assertEquals(20_000, result.microjoules().orElseThrow().value(), 1e-6);
        assertEquals(1, result.idleWatts().orElseThrow().value(), 1e-12);
        assertFalse(parts(result).containsKey(Source.OFFSET));
        assertEquals(200 / Math.sqrt(3), parts(result).get(Source.GAIN).standard(), 1e-9);
        assertEquals(30_000e-6 * 1000, result.windows().getFirst().joules(), 1e-9);
    }

    @Test
    void shouldRefuseIdlePowerThatWasNotRecorded() {
        EnergyResult result = EnergyMeasurement.of(
                windows(new MeterAccuracy(.01, 0, 0), 0, 2, 2, 2, 2, 2),
                cuts(5),
                boards(5),
                Optional.of(new WindowCut(-2e9, 1e9, 0)),
                RULES);
        assertTrue(result.refused());
        assertEquals(
                "idle power is asked from -2.000 to 1.000 s, and the recording holds 0.000 to 57.000 s: start the"
                        + " meter before"
                        + " the board rests",
                only(result).sentence());
    }

    @Test
    void shouldTakeTheBoardsTimeWhereBordersAreBlurred() {
        List<WindowCut> blurred = cuts(5).windows().stream()
                .map(cut -> new WindowCut(cut.fromNanos(), cut.toNanos(), 1e7))
                .toList();
        EnergyResult result = EnergyMeasurement.of(
                windows(new MeterAccuracy(0, 0, 0), 0, 2, 2, 2, 2, 2),
                new WindowCuts(CutMethod.MARKS, blurred),
                Collections.nCopies(5, BoardWindow.timed(1000, 10.0005)),
                Optional.empty(),
                RULES);
        assertEquals(20_001, result.microjoules().orElseThrow().value(), 1e-6); // 2 W for the time that was told
        BudgetPart borders = parts(result).get(Source.BORDERS);
        // Both borders late by 10 ms, a step of 1 W, and means of 10 ms across each.
        assertEquals(Math.hypot(20, 5 / Math.sqrt(3) * Math.sqrt(Math.PI / 10)), borders.standard(), 1e-6);
        assertTrue(borders.common());
        assertEquals(1e7, result.borderNanos());
    }

    @Test
    void shouldBridgeAShortGapAndRefuseAWindowWithALongOne() {
        for (int lost : new int[] {3, 8}) {
            MeterTraits traits = new MeterTraits("made-up", "a test", 100, false, new MeterAccuracy(0, 0, 0), 0, 1, 10);
            PowerRecording recording = new PowerRecording(traits);
            SampleBlock block = new SampleBlock(1200);
            for (int i = 0; i < 1200; i++) {
                if (i <= 500 || i > 500 + lost) {
                    block.add(i * 10_000_000L, 5, (1.5 + i % 2) / 5);
                }
            }
            block.addLost(lost);
            recording.add(block);
            WindowCuts cut = new WindowCuts(CutMethod.EDGES, List.of(new WindowCut(1e9, 11e9, 0)));
            EnergyResult result =
                    EnergyMeasurement.of(recording, cut, boards(1), Optional.empty(), RULES.windows(1, 10));
            Finding gap = result.findings().getFirst();
            assertEquals(Kind.LOST_SAMPLES, gap.kind());
            assertEquals(lost == 8, gap.refuses());
            assertEquals(lost == 8, result.refused());
            if (lost == 3) {
                assertTrue(gap.sentence().startsWith("window 1 lacks samples for 40.0 ms"), gap.sentence());
                // One gap of 40 ms in which the power lay between 1.5 and 2.5 W.
                assertEquals(
                        .04 / Math.sqrt(12) * 1000,
                        parts(result).get(Source.GAPS).standard(),
                        1e-9);
            }
        }
    }

    @Test
    void shouldNotLetMoreWindowsLessenWhatIsTheSameInAll() {
        MeterAccuracy coarse = new MeterAccuracy(0, 0, .1);
        double[] many = new double[20];
        Arrays.fill(many, 2);
        EnergyResult few =
                EnergyMeasurement.of(windows(coarse, 0, 2, 2, 2, 2, 2), cuts(5), boards(5), Optional.empty(), RULES);
        EnergyResult more =
                EnergyMeasurement.of(windows(coarse, 0, many), cuts(20), boards(20), Optional.empty(), RULES);
        assertEquals(500 / Math.sqrt(3), parts(few).get(Source.RESOLUTION).standard(), 1e-9);
        assertEquals(500 / Math.sqrt(3), parts(more).get(Source.RESOLUTION).standard(), 1e-9);
        assertTrue(parts(more).get(Source.RESOLUTION).common());
    }

    @Test
    void shouldRefuseWindowsThatScatter() {
        EnergyResult result = EnergyMeasurement.of(
                windows(new MeterAccuracy(0, 0, 0), 0, 2, 2.2, 2, 2, 2), cuts(5), boards(5), Optional.empty(), RULES);
        assertTrue(result.refused());
        assertEquals(
                "windows lie from 20000 to 22000 µJ per inference, more than 5.00 % apart: stop other work on the"
                        + " board, warm it"
                        + " up, and measure again",
                only(result).sentence());
        assertEquals(5, result.windows().size());
        assertTrue(result.budget().isEmpty());
    }

    @Test
    void shouldRefuseTooFewOrShortWindowsAndSayWhich() {
        PowerRecording recording = windows(new MeterAccuracy(0, 0, 0), 0, 2, 2, 2, 2, 2);
        List<WindowCut> cuts = new ArrayList<>(cuts(5).windows());
        cuts.set(1, new WindowCut(13e9, 20e9, 0));
        cuts.set(4, new WindowCut(46e9, 99e9, 0));
        EnergyResult result = EnergyMeasurement.of(
                recording, new WindowCuts(CutMethod.EDGES, cuts), boards(5), Optional.empty(), RULES);
        assertTrue(result.refused());
        assertEquals(
                List.of(
                        "window 5 lies from 46.000 to 99.000 s, and the recording holds 0.000 to 57.000 s: start the"
                                + " meter before"
                                + " the board and stop it after",
                        "window 2 takes 7.000 s, and at least 10.00 s are needed: ask for more inferences a window",
                        "3 windows count, and 5 are needed"),
                result.findings().stream().map(Finding::sentence).toList());
    }

    @Test
    void shouldSayThatTheBoardIsThrottled() {
        List<BoardWindow> slower = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            slower.add(BoardWindow.untimed(1000 - 6 * i));
        }
        EnergyResult result = EnergyMeasurement.of(
                windows(new MeterAccuracy(0, 0, 0), 0, 2, 2, 2, 2, 2), cuts(5), slower, Optional.empty(), RULES);
        assertEquals(Kind.THROTTLING, only(result).kind());
        EnergyResult weaker = EnergyMeasurement.of(
                windows(new MeterAccuracy(0, 0, 0), 0, 2.06, 2.04, 2.02, 2.01, 2),
                cuts(5),
                boards(5),
                Optional.empty(),
                RULES);
        assertEquals(Kind.THROTTLING, only(weaker).kind());
        assertFalse(weaker.refused());
    }

    @Test
    void shouldSayWhatOneWindowCannotTell() {
        EnergyResult result = EnergyMeasurement.of(
                windows(new MeterAccuracy(.01, 0, 0), 0, 2),
                cuts(1),
                boards(1),
                Optional.empty(),
                RULES.windows(1, 10));
        assertEquals(Kind.SINGLE_WINDOW, only(result).kind());
        assertFalse(result.refused());
    }

    @Test
    void shouldRefuseALoadThatIsNoneAndACurrentBeyondTheRange() {
        PowerRecording recording = windows(new MeterAccuracy(0, 0, 0), 0, 1, 1, 1, 1, 1);
        WindowCut idle = new WindowCut(.1e9, 1.9e9, 0);
        EnergyResult none = EnergyMeasurement.of(recording, cuts(5), boards(5), Optional.of(idle), RULES);
        assertTrue(none.refused());
        assertTrue(none.findings().stream().anyMatch(finding -> finding.kind() == Kind.NO_NET_LOAD));
        EnergyResult beyond = EnergyMeasurement.of(
                windows(new MeterAccuracy(0, 0, 0), 0, 2, 6, 2, 2, 2), cuts(5), boards(5), Optional.empty(), RULES);
        assertEquals(Kind.OVER_RANGE, beyond.findings().getFirst().kind());
        assertEquals(2, beyond.findings().getFirst().window());
        assertTrue(beyond.refused());
    }

    @Test
    void shouldWidenTheIntervalByAClockThatIsOff() {
        List<BoardWindow> told = Collections.nCopies(5, BoardWindow.timed(1000, 9.9));
        EnergyResult result = EnergyMeasurement.of(
                windows(new MeterAccuracy(0, 0, 0), 50, 2, 2, 2, 2, 2), cuts(5), told, Optional.empty(), RULES);
        assertEquals(Kind.CLOCK_DRIFT, only(result).kind());
        assertEquals(
                (10 / 9.9 - 1) * 20_000 / Math.sqrt(3),
                parts(result).get(Source.CLOCK).standard(),
                1e-6);
    }

    @Test
    void shouldKnowWhichRatesAreInStepWithInferences() {
        assertEquals(1, Aliasing.of(.01, .01, 1000).share(), 1e-9);
        assertEquals(.5, Aliasing.of(.015, .01, 1000).share(), 1e-9);
        assertEquals(2, Aliasing.of(.015, .01, 1000).phases());
        // A hundred samples in each inference hide a hundredth at most; a rate 1 % beside wanders through ten times.
        assertEquals(.01, Aliasing.of(.0001, .01, 100_000).share(), 1e-9);
        assertEquals(0, Aliasing.of(1e-6, .01, 100_000).share(), 1e-6);
        assertEquals(.1, Aliasing.of(.0101, .01, 1000).share(), 1e-6);
    }
}
