package io.spikelet.adapt;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AdaptationServiceTest {
    private static final SpikingNetwork IMAGE = SmallNetworks.classifying(SmallStream.CLASSES, 1);
    private static final AdaptationSettings SETTINGS =
            AdaptationSettings.DEFAULT.with("replaybytes", 2000).with("guardbytes", 2000);

    private static AdaptationService service(AdaptationSettings settings) throws Exception {
        return AdaptationService.load(IMAGE, settings, Kernels.REFERENCE);
    }

    private static AdaptationService guarded(AdaptationSettings settings) throws Exception {
        AdaptationService service = service(settings);
        for (int n = 1000; n < 1060; n++) {
            service.guard(SmallStream.sample(n), 0, SmallStream.label(n));
        }
        service.guardChanged();
        return service;
    }

    private static void learn(AdaptationService service, int from, int to) {
        for (int n = from; n < to; n++) {
            service.learn(SmallStream.sample(n), 0, SmallStream.label(n));
        }
    }

    private static long answer(AdaptationService service, long n) {
        service.infer(SmallStream.sample(n), 0);
        return service.observe(SmallStream.sample(n), 0);
    }

    @Test
    void shouldServeTheImageUntilTheCandidateHasProvedItself() throws Exception {
        AdaptationService service = guarded(SETTINGS);
        byte[] image = NetworkCodec.encode(service.servedNetwork());
        learn(service, 0, 31);
        assertArrayEquals(image, NetworkCodec.encode(service.servedNetwork()));
        assertTrue(service.report().candidateSamples() > 31);
        learn(service, 31, 32);
        assertEquals(1, service.count(Kind.PROMOTED));
        assertArrayEquals(
                NetworkCodec.encode(service.candidateNetwork()), NetworkCodec.encode(service.servedNetwork()));
        assertTrue(service.report().servedAccuracy() > service.report().imageAccuracy());
    }

    @Test
    void shouldPromoteNothingWithoutAGuardSet() throws Exception {
        AdaptationService service = service(SETTINGS.with("guardshare", 0));
        learn(service, 0, 200);
        assertEquals(0, service.count(Kind.PROMOTED));
        assertEquals(1, service.count(Kind.NO_GUARD));
        assertEquals(0, service.report().servedSamples());
    }

    @Test
    void shouldTakeItsGuardSetFromAShareOfTheLabelsWhenNoneIsGiven() throws Exception {
        AdaptationService service = service(SETTINGS);
        learn(service, 0, 400);
        assertEquals(400 / 8, service.report().guardSamples());
        assertTrue(service.count(Kind.PROMOTED) > 0);
    }

    @Test
    void shouldTakeTheServedModelBackWhenAGuardSetComesThatItFails() throws Exception {
        AdaptationService service = guarded(SETTINGS.with("margin", 0));
        byte[] image = NetworkCodec.encode(service.servedNetwork());
        learn(service, 0, 200);
        assertTrue(service.report().servedAccuracy() > service.report().imageAccuracy());
        service.clearGuard();
        // What the image itself answers is a guard set on which nothing else is better.
        for (int n = 2000; n < 2060; n++) {
            byte[] sample = SmallStream.sample(n);
            service.guard(sample, 0, service(SETTINGS).infer(sample, 0).predicted());
        }
        service.guardChanged();
        assertEquals(1, service.count(Kind.SERVED_ROLLED_BACK));
        assertArrayEquals(image, NetworkCodec.encode(service.servedNetwork()));
        assertEquals(10_000, service.report().imageAccuracy());
    }

    @Test
    void shouldTakeBackACandidateThatChangedMoreThanItMay() throws Exception {
        AdaptationService service = guarded(SETTINGS.with("budget", 1));
        learn(service, 0, 64);
        assertEquals(0, service.count(Kind.PROMOTED));
        assertEquals(2, service.count(Kind.BUDGET_SPENT));
        assertEquals(0, service.report().candidateSamples());
    }

    @Test
    void shouldLearnALabelThatComesLaterOnceAndWhileTheInputIsKept() throws Exception {
        AdaptationService service = guarded(SETTINGS.with("recentbytes", 7 * 10).with("holdout", 0));
        long first = answer(service, 0);
        long second = answer(service, 1);
        assertTrue(service.label(first, SmallStream.label(0)));
        assertTrue(service.label(first, SmallStream.label(0)));
        assertEquals(1, service.taken());
        for (int n = 2; n < 12; n++) {
            answer(service, n);
        }
        assertFalse(service.label(second, SmallStream.label(1)));
        assertFalse(service.label(1_000_000, 0));
        AdaptationService atOnce = guarded(SETTINGS.with("recentbytes", 7 * 10).with("holdout", 0));
        learn(atOnce, 0, 1);
        assertArrayEquals(
                NetworkCodec.encode(atOnce.candidateNetwork()), NetworkCodec.encode(service.candidateNetwork()));
    }

    @Test
    void shouldLearnAnAnswerThatWasToldToBeRightAndCountAWrongOne() throws Exception {
        AdaptationService service = guarded(SETTINGS);
        assertTrue(service.reward(answer(service, 0), true));
        assertTrue(service.report().candidateSamples() > 0);
        long samples = service.report().candidateSamples();
        long number = answer(service, 1);
        assertTrue(service.reward(number, false));
        assertTrue(service.reward(number, false));
        assertEquals(samples, service.report().candidateSamples());
        assertEquals(1, service.report().rewardedRight());
        assertEquals(1, service.report().rewardedWrong());
        assertFalse(service.reward(77, true));
    }

    @Test
    void shouldLearnFromAWrongAnswerWhereTheRuleIsOfRewards() throws Exception {
        LearningMethod rewards = new LearningMethod(
                LearningMethod.Kind.REWARD,
                LearningMethod.Parts.WEIGHTS,
                LearningMethod.Feedback.SPATIAL,
                LearningMethod.Optimiser.SGD,
                0,
                0.5f,
                LearningMethod.MOST_CLIP,
                List.of(),
                0,
                0,
                0,
                0);
        SpikingNetwork image = IMAGE.withLearning(Optional.of(new LearningRule(List.of(1), 0x1p-4f, 1, 0, rewards)));
        AdaptationService service = AdaptationService.load(image, SETTINGS, Kernels.REFERENCE);
        byte[] before = NetworkCodec.encode(service.candidateNetwork());
        for (int n = 0; n < 20; n++) {
            service.reward(answer(service, n), n % 2 == 0);
        }
        assertEquals(10, service.report().rewardedWrong());
        assertEquals(20, service.taken());
        assertFalse(Arrays.equals(before, NetworkCodec.encode(service.candidateNetwork())));
        assertTrue(service.report().candidateSamples() >= 20, service.report().toString());
    }

    @Test
    void shouldLabelItselfOnlyWhereTheAnswerStandsOut() throws Exception {
        AdaptationService never = guarded(SETTINGS);
        AdaptationService seldom = guarded(SETTINGS.with("self", 512));
        AdaptationService often = guarded(SETTINGS.with("self", 1));
        for (int n = 0; n < 100; n++) {
            answer(never, n);
            answer(seldom, n);
            answer(often, n);
        }
        assertEquals(0, never.report().selfLabelled());
        assertTrue(seldom.report().selfLabelled() > 0);
        assertTrue(often.report().selfLabelled() > seldom.report().selfLabelled());
    }

    @Test
    void shouldRefuseAnInputThatComesAgainAndAgain() throws Exception {
        AdaptationService service = guarded(SETTINGS);
        for (int n = 0; n < 10; n++) {
            long number = answer(service, 5);
            assertEquals(n < 3, number >= 0, "input " + n);
        }
        assertEquals(1, service.count(Kind.REFUSED_STUCK_INPUT));
        assertEquals(7, service.report().refused());
        answer(service, 6);
        for (int n = 0; n < 4; n++) {
            answer(service, 5);
        }
        assertEquals(2, service.count(Kind.REFUSED_STUCK_INPUT));
    }

    @Test
    void shouldBeTheImageAgainWhenToldToForget() throws Exception {
        AdaptationService service = guarded(SETTINGS);
        byte[] image = NetworkCodec.encode(service.servedNetwork());
        learn(service, 0, 100);
        service.forget();
        assertEquals(0, service.taken());
        assertArrayEquals(image, NetworkCodec.encode(service.servedNetwork()));
        assertArrayEquals(image, NetworkCodec.encode(service.candidateNetwork()));
        assertEquals(60, service.report().guardSamples());
    }

    @Test
    void shouldLearnTheSameOnEveryKernel() throws Exception {
        AdaptationService plain = guarded(SETTINGS);
        AdaptationService best = AdaptationService.load(IMAGE, SETTINGS, Kernels.BEST);
        for (int n = 1000; n < 1060; n++) {
            best.guard(SmallStream.sample(n), 0, SmallStream.label(n));
        }
        best.guardChanged();
        learn(plain, 0, 150);
        learn(best, 0, 150);
        assertArrayEquals(NetworkCodec.encode(plain.servedNetwork()), NetworkCodec.encode(best.servedNetwork()));
        assertEquals(plain.lastEvents(32), best.lastEvents(32));
    }

    @Test
    void shouldReadSettingsByTheirWords() {
        AdaptationSettings settings = AdaptationSettings.parse("margin=300,interval=64,self=512");
        assertEquals(300, settings.guardMargin());
        assertEquals(64, settings.evaluationInterval());
        assertEquals(512, settings.selfLabelMargin());
        assertEquals(AdaptationSettings.DEFAULT.checkpointInterval(), settings.checkpointInterval());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "margin", "margin=", "margin=x", "margin=10001", "interval=0", "budget=0", "holdout=1", "x=1"
            })
    void shouldRefuseSettingsThatAreNone(String words) {
        assertThrows(IllegalArgumentException.class, () -> AdaptationSettings.parse(words));
    }
}
