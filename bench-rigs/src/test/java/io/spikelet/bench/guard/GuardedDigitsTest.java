package io.spikelet.bench.guard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spikelet.adapt.AdaptationEvent;
import io.spikelet.adapt.AdaptationEvent.Kind;
import io.spikelet.adapt.AdaptationService;
import io.spikelet.bench.guard.GuardedDigits.Outcome;
import io.spikelet.host.data.SampleSet;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Streams that would ruin a model which learned them, on the bundled digits, and the drift of a remounted scanner. */
class GuardedDigitsTest {
    private static final int SAMPLES = 320;

    /** The judging samples are others than those of the guard set: two of them in a hundred are chance. */
    private static final double SLACK = GuardedDigits.MARGIN / 10_000.0 + 0.02;

    private static GuardedDigits digits;

    @BeforeAll
    static void readDigits() throws Exception {
        digits = new GuardedDigits(Path.of("zoo"));
    }

    private static Outcome served(LabelStream stream) throws Exception {
        Outcome outcome = digits.run(stream, SAMPLES);
        assertTrue(outcome.isWithinMargin(), outcome.toString());
        assertTrue(outcome.served() >= outcome.image() - SLACK, outcome.toString());
        return outcome;
    }

    private static AdaptationEvent event(Outcome outcome, Kind kind) {
        return outcome.events().stream()
                .filter(event -> event.kind() == kind)
                .findFirst()
                .orElseThrow(() -> new AssertionError(outcome.toString()));
    }

    @Test
    void shouldServeNoWorseThanTheMarginAfterThirtyPercentWrongLabels() throws Exception {
        Outcome outcome = served(LabelStream.WRONG_LABELS);
        assertTrue(outcome.report().rollbacks() + outcome.report().held() > 0, outcome.toString());
    }

    @Test
    void shouldServeNoWorseThanTheMarginAfterLabelsThatAreAllWrong() throws Exception {
        Outcome outcome = served(LabelStream.ALL_WRONG);
        event(outcome, Kind.ROLLED_BACK);
        assertTrue(outcome.plain() < outcome.image() - 0.3, "the stream does no harm: " + outcome);
    }

    /** Nobody gave it a guard set, and the stream's is as wrong as the stream: the image denies it. */
    @Test
    void shouldServeTheImageWhenAllLabelsAreWrongAndThereIsNoHostsGuardSet() throws Exception {
        Outcome outcome = digits.run(LabelStream.ALL_WRONG, SAMPLES, false);
        assertEquals(outcome.image(), outcome.served());
        assertEquals(0, outcome.report().promotions());
        assertTrue(event(outcome, Kind.NO_GROUND).value() < 1000, outcome.toString());
        assertEquals(List.of(), outcome.broken());
    }

    @Test
    void shouldLearnARemountedScannerWithoutAHostsGuardSet() throws Exception {
        Outcome outcome = digits.run(LabelStream.REMOUNTED, 2 * SAMPLES, false);
        assertTrue(outcome.served() > outcome.image() + 0.03, outcome.toString());
    }

    @Test
    void shouldServeNoWorseThanTheMarginAfterAStreamOfOneClass() throws Exception {
        Outcome outcome = served(LabelStream.ONE_CLASS);
        assertEquals(3, event(outcome, Kind.CLASS_IMBALANCE).value());
    }

    @Test
    void shouldServeNoWorseThanTheMarginWhenEverythingIsLabelledAsOneClass() throws Exception {
        Outcome outcome = served(LabelStream.ONE_LABEL);
        assertEquals(3, event(outcome, Kind.CLASS_IMBALANCE).value());
        assertTrue(outcome.plain() < outcome.image() - 0.3, "the stream does no harm: " + outcome);
    }

    @Test
    void shouldServeNoWorseThanTheMarginAfterAStuckSensor() throws Exception {
        Outcome outcome = served(LabelStream.STUCK_SENSOR);
        assertEquals(4, event(outcome, Kind.REFUSED_STUCK_INPUT).value());
        assertEquals(SAMPLES - 3, outcome.report().refused());
    }

    @Test
    void shouldServeABetterModelAfterARemountedScannerIsTaught() throws Exception {
        Outcome outcome = digits.run(LabelStream.REMOUNTED, 2 * SAMPLES);
        assertTrue(outcome.isWithinMargin(), outcome.toString());
        assertTrue(outcome.report().promotions() > 0, outcome.toString());
        assertTrue(outcome.served() > outcome.image() + 0.03, outcome.toString());
    }

    @Test
    void shouldRaiseADriftAlarmWhenTheScannerIsRemountedNoneBeforeAndEndIt() throws Exception {
        AdaptationService service = digits.service();
        SampleSet usual = digits.calibration();
        for (int n = 0; n < 3 * usual.count(); n++) {
            answer(service, usual, n % usual.count());
        }
        assertEquals(0, service.count(Kind.DRIFT), () -> service.lastEvents(32).toString());
        SampleSet shifted = LabelStream.SHIFT.apply(usual);
        for (int i = 0; i < 50; i++) {
            answer(service, shifted, i);
        }
        assertTrue(service.report().isDrifting());
        assertEquals(1, service.count(Kind.DRIFT));
        for (int n = 0; n < 400; n++) {
            answer(service, usual, n % usual.count());
        }
        assertFalse(service.report().isDrifting());
        assertEquals(1, service.count(Kind.DRIFT_ENDED));
    }

    private static void answer(AdaptationService service, SampleSet set, int i) {
        service.infer(set.samples(), set.offset(i));
        service.observe(set.samples(), set.offset(i));
    }
}
