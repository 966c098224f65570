package io.spikelet.host.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spikelet.model.Operation.Comparison;
import org.junit.jupiter.api.Test;

class ProfileTest {
    @Test
    void shouldFindEveryProfileByItsName() {
        for (Profile profile : Profile.known()) {
            assertSame(profile, Profile.named(profile.profileName()));
            assertEquals(profile.profileName(), profile.at(1e-3).profile());
        }
    }

    @Test
    void shouldMakeACustomProfileOfItsWords() {
        Profile profile =
                Profile.named("custom:output=late,reset=subtract-next,start=bias,if=dt,compare=at-least,spikes=many");
        assertTrue(profile.recurrentActiveAtStart() && profile.isLate() && profile.isMultiSpike());
        assertFalse(profile.hasFloor());
        assertEquals(Profile.IfScaling.TIME_STEP, profile.ifScaling());
        assertEquals(Profile.Reset.SUBTRACT_IN_NEXT_STEP, profile.reset());
        assertEquals(Profile.Reset.SUBTRACT_IN_NEXT_STEP, profile.currentReset());
        assertEquals(Comparison.AT_OR_ABOVE, profile.comparison());
        assertEquals(Profile.Decay.EULER, profile.decay());
    }

    @Test
    void shouldRecordACustomProfileSoThatItIsFoundAgain() {
        Profile profile = Profile.named("custom:floor=threshold,decay=12bit,if=unit");
        assertEquals("custom:decay=12bit,floor=threshold", profile.profileName());
        assertEquals(profile, Profile.named(profile.profileName()));
        assertEquals("custom:", Profile.named("custom:start=silent").profileName());
    }

    @Test
    void shouldSayWhatACustomProfileMaySay() {
        refused("custom:reset=soft", "a custom profile says reset=value|subtract|subtract-next, not 'reset=soft'");
        refused("custom:reset", "a custom profile says reset=value|subtract|subtract-next, not 'reset'");
        refused(
                "custom:late",
                "a custom profile has no 'late'; it is written custom:start=silent|bias,if=unit|dt,"
                        + "decay=euler|exact|12bit,reset=value|subtract|subtract-next,compare=above|at-least,"
                        + "output=now|late,spikes=one|many,floor=none|threshold");
        refused("custom:if=dt,if=unit", "a custom profile says 'if' twice");
        refused(
                "nengo",
                "no discretisation profile is named 'nengo'; choose one of snntorch, norse, subtract,"
                        + " snntorch-subtract, spyx, sinabs, loihi or custom:KEY=WORD,...");
    }

    @Test
    void shouldDecayByEulerExactlyOrInTwelveBits() {
        assertEquals(0.96, Profile.NORSE.decay(1e-4, 2.5e-3), 1e-15);
        assertEquals(Math.exp(-0.04), Profile.SINABS.decay(1e-4, 2.5e-3), 1e-15);
        assertEquals(3932.0 / 4096, Profile.LOIHI.decay(1e-4, 2.5e-3), 1e-15);
    }

    private static void refused(String name, String sentence) {
        assertEquals(
                sentence,
                assertThrows(IllegalArgumentException.class, () -> Profile.named(name))
                        .getMessage());
    }
}
