package io.spikelet.host.graph;

import io.spikelet.model.Discretisation;
import io.spikelet.model.Operation.Comparison;
import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * How continuous-time nodes become steps. A graph does not carry this choice, and it decides accuracy, so it is made by
 * name and recorded in the model image (docs/equations.md, D1 to D5, D8).
 *
 * <p>What all profiles share: explicit Euler; the synaptic current is updated first and its new value drives the
 * membrane; a neuron that fires is reset within the same step, after the compare.
 */
public enum Profile {
    /** What snnTorch computes; recurrent branches give their bias already at t = 0. */
    SNNTORCH("snntorch", true, IfScaling.TIME_STEP, Reset.TO_VALUE),

    /** What norse computes; recurrent branches give 0 at t = 0, and IF neurons add their input as it is. */
    NORSE("norse", false, IfScaling.UNIT, Reset.TO_VALUE),

    /** As norse, but a spike takes the threshold off the membrane: soft reset, which no NIR file can say. */
    SUBTRACT("subtract", false, IfScaling.UNIT, Reset.SUBTRACT_THRESHOLD);

    /** The time step when none is chosen, in seconds; snnTorch assumes no other. */
    public static final double DEFAULT_DT = 1e-4;

    /** What an IF neuron adds to its membrane for an input x. */
    public enum IfScaling {
        /** {@code v += dt · r · x}. */
        TIME_STEP,
        /** {@code v += x}, whatever dt and r say. */
        UNIT
    }

    /** What a spike does to the membrane. */
    public enum Reset {
        /** {@code v ← v_reset}. */
        TO_VALUE,
        /** {@code v ← v − v_threshold}; v_reset is not read. */
        SUBTRACT_THRESHOLD
    }

    private final String profileName;
    private final boolean recurrentActiveAtStart;
    private final IfScaling ifScaling;
    private final Reset reset;

    Profile(String profileName, boolean recurrentActiveAtStart, IfScaling ifScaling, Reset reset) {
        this.profileName = profileName;
        this.recurrentActiveAtStart = recurrentActiveAtStart;
        this.ifScaling = ifScaling;
        this.reset = reset;
    }

    /**
     * Finds a profile.
     *
     * @throws IllegalArgumentException for an unknown name; the message lists the known ones
     */
    public static Profile named(String name) {
        for (Profile profile : values()) {
            if (profile.profileName.equals(name)) {
                return profile;
            }
        }
        String known = Arrays.stream(values()).map(Profile::profileName).collect(Collectors.joining(", "));
        throw new IllegalArgumentException("no discretisation profile is named '" + name + "'; choose one of " + known);
    }

    /** The name a person gives and an image records. */
    public String profileName() {
        return profileName;
    }

    /**
     * Whether a recurrent edge carries at t = 0 what its source gives for silent neurons, which is its bias; otherwise
     * it carries 0 there.
     */
    public boolean recurrentActiveAtStart() {
        return recurrentActiveAtStart;
    }

    public IfScaling ifScaling() {
        return ifScaling;
    }

    public Reset reset() {
        return reset;
    }

    /** Whether a membrane equal to the threshold fires. */
    public Comparison comparison() {
        return Comparison.STRICTLY_ABOVE;
    }

    /** The record that goes into a model image. */
    public Discretisation at(double dt) {
        return new Discretisation(profileName, dt);
    }
}
