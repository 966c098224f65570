package io.spikelet.adapt;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spikelet.adapt.AdaptationEvent.Kind;
import io.spikelet.engine.Kernels;
import io.spikelet.model.LearningMethod;
import io.spikelet.model.LearningRule;
import io.spikelet.model.NetworkCodec;
import io.spikelet.model.SpikingNetwork;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A service whose image calibrates its thresholds learns from what it answers, without a label (equation L17). */
class UnlabelledCalibrationTest {
    private static final LearningMethod METHOD = LearningMethod.calibration(0.25f, 2, List.of(List.of(0.5f)));
    private static final SpikingNetwork IMAGE = SmallNetworks.classifying(SmallStream.CLASSES, 1)
            .withLearning(Optional.of(new LearningRule(List.of(1), 0x1p-4f, 1, 0, METHOD)));
    private static final AdaptationSettings SETTINGS =
            AdaptationSettings.DEFAULT.with("replaybytes", 2000).with("guardbytes", 2000);

    @Test
    void shouldCalibrateTheCandidateByAnswersAloneAndJudgeItLikeAnyOther() throws Exception {
        AdaptationService service = AdaptationService.load(IMAGE, SETTINGS, Kernels.REFERENCE);
        for (int n = 1000; n < 1060; n++) {
            // What the image itself answers: whoever moves thresholds so far that answers change is no better.
            byte[] sample = SmallStream.sample(n);
            service.guard(sample, 0, service.infer(sample, 0).predicted());
        }
        service.guardChanged();
        byte[] image = NetworkCodec.encode(service.servedNetwork());
        for (int n = 0; n < 31; n++) {
            service.infer(SmallStream.sample(n), 0);
            service.observe(SmallStream.sample(n), 0);
        }
        assertEquals(31, service.taken());
        assertEquals(31, service.report().candidateSamples());
        assertArrayEquals(image, NetworkCodec.encode(service.servedNetwork()));
        assertFalse(Arrays.equals(image, NetworkCodec.encode(service.candidateNetwork())));
        service.infer(SmallStream.sample(31), 0);
        service.observe(SmallStream.sample(31), 0);
        assertTrue(service.count(Kind.PROMOTED) + service.count(Kind.ROLLED_BACK) + service.count(Kind.HELD) == 1);
    }
}
