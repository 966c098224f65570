package io.spikelet.bench.adapt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spikelet.adapt.AdaptationEvent;
import io.spikelet.adapt.AdaptationEvent.Kind;
import io.spikelet.adapt.AdaptationReport;
import io.spikelet.adapt.AdaptationService;
import io.spikelet.adapt.AdaptationSettings;
import io.spikelet.bench.demo.SensorShift;
import io.spikelet.engine.Classifier;
import io.spikelet.engine.Inference;
import io.spikelet.engine.Kernels;
import io.spikelet.fixedpoint.SeededRandom;
import io.spikelet.host.data.SampleSet;
import io.spikelet.host.graph.Profile;
import io.spikelet.host.nir.NirImporter;
import io.spikelet.host.quantise.QuantiseOptions;
import io.spikelet.host.quantise.Quantiser;
import io.spikelet.host.report.InferenceSettings;
import io.spikelet.model.Encoder;
import io.spikelet.model.Readout;
import io.spikelet.model.SpikingNetwork;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Streams that would ruin a model which learned them, on the bundled digits, and the drift of a remounted scanner. */
class AdaptationGuardTest {
    private static final int GUARD_SAMPLES = 200;
    private static final int MARGIN = 200;
    private static final SensorShift REMOUNTED = new SensorShift(15, 0.6);

    private static SampleSet calibration;
    private static SampleSet train;
    private static SampleSet test;
    private static SpikingNetwork network;

    private AdaptationService service;
    private final SeededRandom random = new SeededRandom(20_260_301);

    @BeforeAll
    static void readDigits() throws Exception {
        Path digits = Path.of("zoo/data/digits.h5");
        calibration = SampleSet.read(digits, "calibration");
        train = SampleSet.read(digits, "train");
        test = SampleSet.read(digits, "test");
        network = Quantiser.convert(
                NirImporter.read(Path.of("zoo/models/digits-conv.nir")),
                QuantiseOptions.of(
                                "digits-conv",
                                new InferenceSettings(
                                        Profile.SNNTORCH,
                                        Profile.DEFAULT_DT,
                                        4,
                                        Encoder.DIRECT,
                                        new Readout(calibration.classes(), 5)),
                                calibration.fullScale())
                        .withLearning(0x1p-8f, 1));
    }

    /** Half of the test samples guard, the other half judge: neither is ever learned. */
    @BeforeEach
    void guardWithTestSamples() throws Exception {
        service = AdaptationService.load(network, AdaptationSettings.DEFAULT.with("margin", MARGIN), Kernels.BEST);
        for (int i = 0; i < GUARD_SAMPLES; i++) {
            service.guard(test.samples(), test.offset(i), test.label(i));
        }
        service.guardChanged();
        for (int i = 0; i < train.count(); i++) {
            service.remember(train.samples(), train.offset(i), train.label(i));
        }
        service.beginEpoch();
    }

    private static double accuracy(SpikingNetwork model, SampleSet set, int from) throws Exception {
        Classifier classifier = Classifier.load(model);
        Inference answer = Inference.forNetwork(model);
        int right = 0;
        for (int i = from; i < set.count(); i++) {
            classifier.infer(set.samples(), set.offset(i), answer);
            right += answer.predicted() == set.label(i) ? 1 : 0;
        }
        return (double) right / (set.count() - from);
    }

    private void requireServedWithinMargin(String stream) throws Exception {
        AdaptationReport report = service.report();
        assertTrue(report.servedAccuracy() >= report.imageAccuracy() - MARGIN, report.toString());
        double image = accuracy(network, test, GUARD_SAMPLES);
        double served = accuracy(service.servedNetwork(), test, GUARD_SAMPLES);
        // The judges are other samples than the guard: two of them in a hundred are chance.
        assertTrue(served >= image - MARGIN / 10_000.0 - 0.02, stream + ": image " + image + ", served " + served);
    }

    private int below(int bound) {
        return (int) (random.next(31) * bound >>> 31);
    }

    @Test
    void shouldServeNoWorseThanTheMarginAfterThirtyPercentWrongLabels() throws Exception {
        for (int n = 0; n < 640; n++) {
            int i = n % train.count();
            boolean isWrong = below(10) < 3;
            int label = isWrong ? (train.label(i) + 1 + below(9)) % 10 : train.label(i);
            service.learn(train.samples(), train.offset(i), label);
        }
        requireServedWithinMargin("30 % wrong labels");
        AdaptationReport report = service.report();
        assertTrue(report.rollbacks() + report.held() > 0, report.toString());
    }

    @Test
    void shouldServeNoWorseThanTheMarginAfterLabelsThatAreAllWrong() throws Exception {
        for (int n = 0; n < 320; n++) {
            int i = n % train.count();
            service.learn(train.samples(), train.offset(i), (train.label(i) + 1) % 10);
        }
        requireServedWithinMargin("all labels wrong");
        assertTrue(service.count(Kind.ROLLED_BACK) > 0);
    }

    @Test
    void shouldServeNoWorseThanTheMarginAfterAStreamOfOneClass() throws Exception {
        int taken = 0;
        for (int n = 0; taken < 320; n++) {
            int i = n % train.count();
            if (train.label(i) == 3) {
                service.learn(train.samples(), train.offset(i), 3);
                taken++;
            }
        }
        requireServedWithinMargin("one class");
        AdaptationEvent event = event(Kind.CLASS_IMBALANCE);
        assertEquals(3, event.value());
    }

    @Test
    void shouldServeNoWorseThanTheMarginWhenEverythingIsLabelledAsOneClass() throws Exception {
        for (int n = 0; n < 320; n++) {
            int i = n % train.count();
            service.learn(train.samples(), train.offset(i), 7);
        }
        requireServedWithinMargin("everything labelled 7");
        assertEquals(7, event(Kind.CLASS_IMBALANCE).value());
    }

    @Test
    void shouldServeNoWorseThanTheMarginAfterAStuckSensor() throws Exception {
        for (int n = 0; n < 320; n++) {
            service.learn(train.samples(), train.offset(5), n % 10);
        }
        requireServedWithinMargin("stuck sensor");
        assertEquals(4, event(Kind.REFUSED_STUCK_INPUT).value());
        assertEquals(317, service.report().refused());
    }

    private AdaptationEvent event(Kind kind) {
        return service.lastEvents(32).stream()
                .filter(event -> event.kind() == kind)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void shouldServeABetterModelAfterARemountedScannerIsTaught() throws Exception {
        SampleSet today = REMOUNTED.apply(train);
        SampleSet judged = REMOUNTED.apply(test);
        double before = accuracy(network, judged, GUARD_SAMPLES);
        for (int n = 0; n < 640; n++) {
            int i = n % train.count();
            service.learn(today.samples(), today.offset(i), today.label(i));
        }
        double after = accuracy(service.servedNetwork(), judged, GUARD_SAMPLES);
        requireServedWithinMargin("remounted scanner, on the old one's samples");
        assertTrue(service.count(Kind.PROMOTED) > 0);
        assertTrue(after > before + 0.03, "before " + before + ", after " + after);
    }

    @Test
    void shouldRaiseADriftAlarmWhenTheScannerIsRemountedAndNoneBefore() {
        for (int n = 0; n < 3 * calibration.count(); n++) {
            int i = n % calibration.count();
            answer(calibration, i);
        }
        assertEquals(0, service.count(Kind.DRIFT), () -> service.lastEvents(32).toString());
        SampleSet shifted = REMOUNTED.apply(calibration);
        int answers = 0;
        while (service.count(Kind.DRIFT) == 0 && answers < calibration.count()) {
            answer(shifted, answers++);
        }
        assertTrue(service.report().isDrifting());
        assertTrue(answers < 100, "answers until the alarm: " + answers);
    }

    @Test
    void shouldEndTheAlarmOnceTheScannerIsAsItWas() {
        SampleSet shifted = REMOUNTED.apply(calibration);
        for (int i = 0; i < 100; i++) {
            answer(shifted, i);
        }
        assertTrue(service.report().isDrifting());
        for (int n = 0; n < 400; n++) {
            answer(calibration, n % calibration.count());
        }
        assertFalse(service.report().isDrifting());
        assertEquals(1, service.count(Kind.DRIFT_ENDED));
    }

    private void answer(SampleSet set, int i) {
        service.infer(set.samples(), set.offset(i));
        service.observe(set.samples(), set.offset(i));
    }
}
