package io.spikelet.host.graph;

import io.spikelet.model.Discretisation;
import io.spikelet.model.Operation.Comparison;
import java.util.List;
import java.util.stream.Collectors;

/**
 * How continuous-time nodes become steps. A graph does not carry this choice, and it decides accuracy, so it is made by
 * name and recorded in the model image (docs/equations.md, D1 to D5, D8, D13 to D16).
 *
 * <p>What all profiles share: the synaptic current is updated first and its new value drives the membrane; a neuron
 * fires by the membrane of the same step.
 *
 * @param profileName the name a person gives and an image records
 * @param recurrentActiveAtStart whether a recurrent edge carries at t = 0 what its source gives for silent neurons, which
 *     is its bias; otherwise it carries 0 there
 * @param ifScaling what an IF neuron adds to its membrane
 * @param decay what is left of a membrane or current after a step
 * @param reset what a spike does to the membrane
 * @param currentReset the same for neurons with a synaptic current
 * @param comparison whether a membrane equal to the threshold fires
 * @param isLate whether spikes leave a neuron one step after it fired
 * @param isMultiSpike whether a neuron fires as often in a step as thresholds fit into its membrane
 * @param hasFloor whether a membrane stops at {@code −threshold}
 */
public record Profile(
        String profileName,
        boolean recurrentActiveAtStart,
        IfScaling ifScaling,
        Decay decay,
        Reset reset,
        Reset currentReset,
        Comparison comparison,
        boolean isLate,
        boolean isMultiSpike,
        boolean hasFloor) {

    /** What norse computes; recurrent branches give 0 at t = 0, and IF neurons add their input as it is. */
    public static final Profile NORSE = CustomProfile.base("norse");

    /** What snnTorch computes; recurrent branches give their bias already at t = 0. */
    public static final Profile SNNTORCH = CustomProfile.of("snntorch", "start=bias,if=dt");

    /** As norse, but a spike takes the threshold off the membrane: soft reset, which no NIR file can say. */
    public static final Profile SUBTRACT = CustomProfile.of("subtract", "reset=subtract");

    /** snnTorch's soft reset: the threshold comes off in the next step, before its compare, and does not leak. */
    public static final Profile SNNTORCH_SUBTRACT =
            CustomProfile.of("snntorch-subtract", "start=bias,if=dt,reset=subtract-next");

    /**
     * What Spyx computes: it fires by the membrane that the step before left, so one step late. LIF neurons take the
     * threshold off as snnTorch does, CubaLIF neurons before the membrane leaks.
     */
    public static final Profile SPYX =
            CustomProfile.of("spyx", "reset=subtract-next,output=late").withCurrentReset(Reset.SUBTRACT_THRESHOLD);

    /** What Sinabs computes: several spikes a step, exact decay, and membranes that stop at minus the threshold. */
    public static final Profile SINABS =
            CustomProfile.of("sinabs", "decay=exact,reset=subtract,compare=at-least,spikes=many,floor=threshold");

    /** A graph as Loihi runs it: decays of 12 bits, spikes one step late. */
    public static final Profile LOIHI = CustomProfile.of("loihi", "decay=12bit,output=late");

    /** The time step when none is chosen, in seconds; snnTorch assumes no other. */
    public static final double DEFAULT_DT = 1e-4;

    /** A decay of all of it on Loihi. */
    private static final double DECAY_UNIT = 1 << 12;

    /** What an IF neuron adds to its membrane for an input x. */
    public enum IfScaling {
        /** {@code v += dt · r · x}. */
        TIME_STEP,
        /** {@code v += x}, whatever dt and r say. */
        UNIT
    }

    /** What is left after a step of {@code dt} with the time constant τ. */
    public enum Decay {
        /** Explicit Euler: {@code 1 − dt/τ}. */
        EULER,
        /** {@code e^(−dt/τ)}. */
        EXACT,
        /** {@code (4096 − d) / 4096}, d the whole number nearest to {@code 4096·dt/τ}. */
        TWELVE_BITS
    }

    /** What a spike does to the membrane. */
    public enum Reset {
        /** {@code v ← v_reset}. */
        TO_VALUE,
        /** {@code v ← v − v_threshold}; v_reset is not read. */
        SUBTRACT_THRESHOLD,
        /** The next step takes v_threshold off after the leak, before the compare; v_reset is not read. */
        SUBTRACT_IN_NEXT_STEP
    }

    /** The profiles that have a name of their own. */
    public static List<Profile> known() {
        return List.of(SNNTORCH, NORSE, SUBTRACT, SNNTORCH_SUBTRACT, SPYX, SINABS, LOIHI);
    }

    /**
     * Finds a profile, or makes one of {@code custom:key=word,…}.
     *
     * @throws IllegalArgumentException for an unknown name, key or word; the message lists the known ones
     */
    public static Profile named(String name) {
        if (name.startsWith(CustomProfile.PREFIX)) {
            return CustomProfile.parse(name);
        }
        for (Profile profile : known()) {
            if (profile.profileName.equals(name)) {
                return profile;
            }
        }
        String words = known().stream().map(Profile::profileName).collect(Collectors.joining(", "));
        throw new IllegalArgumentException("no discretisation profile is named '" + name + "'; choose one of " + words
                + " or " + CustomProfile.PREFIX + "KEY=WORD,...");
    }

    private Profile withCurrentReset(Reset changed) {
        return new Profile(
                profileName,
                recurrentActiveAtStart,
                ifScaling,
                decay,
                reset,
                changed,
                comparison,
                isLate,
                isMultiSpike,
                hasFloor);
    }

    /** What is left after one step. */
    public double decay(double dt, double tau) {
        return switch (decay) {
            case EULER -> 1 - dt / tau;
            case EXACT -> Math.exp(-dt / tau);
            case TWELVE_BITS -> 1 - Math.rint(DECAY_UNIT * dt / tau) / DECAY_UNIT;
        };
    }

    /** The record that goes into a model image. */
    public Discretisation at(double dt) {
        return new Discretisation(profileName, dt);
    }

    @Override
    public String toString() {
        return profileName;
    }
}
