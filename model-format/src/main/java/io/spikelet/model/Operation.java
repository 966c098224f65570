package io.spikelet.model;

import java.util.List;
import java.util.Optional;

/** What a layer computes from its inputs at one time step. Integers only. */
public sealed interface Operation
        permits Operation.Input,
                Operation.Dense,
                Operation.Conv2d,
                Operation.Neuron,
                Pool2d,
                VotePool,
                Join,
                CurrentAdd,
                Delay,
                AttentionGate,
                FirstSpike {

    /** The network's input; its values are written by the encoder. Has no inbound edge. */
    record Input() implements Operation {}

    /**
     * {@code acc[o] = Σ_i weights[o·inputs + i] · in[i]} in int32, exact.
     *
     * @param outputs rows
     * @param inputs columns; the size of the source layer
     * @param kind what the weights may be
     * @param weights (outputs, inputs) codes of that kind; for all but {@link WeightKind#LOG2} the integers themselves
     * @param scale (outputs) the real value of one LSB of the row's weights; for reports, export and the
     *     learner's step sizes, never read by inference
     */
    record Dense(int outputs, int inputs, WeightKind kind, byte[] weights, float[] scale) implements Operation {
        /** Weights in int8. */
        public Dense(int outputs, int inputs, byte[] weights, float[] scale) {
            this(outputs, inputs, WeightKind.INT8, weights, scale);
        }

        public Dense {
            Requirement.that(outputs > 0 && inputs > 0, "a dense layer has rows and columns");
            Requirement.that(weights.length == (long) outputs * inputs, "weights must be outputs x inputs");
            Requirement.that(scale.length == outputs, "scale must have one value a row");
        }
    }

    /**
     * A 2-D convolution as torch defines it (cross-correlation, zero padding), {@code acc} in int32, exact.
     *
     * @param outChannels filters
     * @param inChannels channels of the source layer
     * @param kernelHeight rows of the kernel
     * @param kernelWidth columns of the kernel
     * @param strideY vertical stride
     * @param strideX horizontal stride
     * @param paddingY zero rows added above and below
     * @param paddingX zero columns added left and right
     * @param dilationY vertical spacing of kernel rows
     * @param dilationX horizontal spacing of kernel columns
     * @param groups divides both channel counts
     * @param kind what the weights may be
     * @param weights (outChannels, inChannels / groups, kernelHeight, kernelWidth) codes of that kind
     * @param scale (outChannels) the real value of one LSB of the filter's weights
     */
    record Conv2d(
            int outChannels,
            int inChannels,
            int kernelHeight,
            int kernelWidth,
            int strideY,
            int strideX,
            int paddingY,
            int paddingX,
            int dilationY,
            int dilationX,
            int groups,
            WeightKind kind,
            byte[] weights,
            float[] scale)
            implements Operation {
        /** Weights in int8. */
        public Conv2d(
                int outChannels,
                int inChannels,
                int kernelHeight,
                int kernelWidth,
                int strideY,
                int strideX,
                int paddingY,
                int paddingX,
                int dilationY,
                int dilationX,
                int groups,
                byte[] weights,
                float[] scale) {
            this(
                    outChannels,
                    inChannels,
                    kernelHeight,
                    kernelWidth,
                    strideY,
                    strideX,
                    paddingY,
                    paddingX,
                    dilationY,
                    dilationX,
                    groups,
                    WeightKind.INT8,
                    weights,
                    scale);
        }

        public Conv2d {
            Requirement.that(outChannels > 0 && inChannels > 0, "a convolution has channels on both sides");
            Requirement.that(
                    groups > 0 && outChannels % groups == 0 && inChannels % groups == 0,
                    "groups must divide both channel counts");
            Requirement.that(kernelHeight > 0 && kernelWidth > 0, "a kernel has rows and columns");
            Requirement.that(strideY > 0 && strideX > 0, "strides are 1 or more");
            Requirement.that(paddingY >= 0 && paddingX >= 0, "padding is 0 or more");
            Requirement.that(dilationY > 0 && dilationX > 0, "dilation is 1 or more");
            // In double: the product of hostile extents can wrap a long round to the right length.
            Requirement.that(
                    weights.length == (double) outChannels * (inChannels / groups) * kernelHeight * kernelWidth,
                    "weights must be outChannels x inChannels/groups x kernel");
            Requirement.that(scale.length == outChannels, "scale must have one value a filter");
        }
    }

    /**
     * The one neuron kernel (docs/equations.md, N1). With {@code x = Σ_k gain[k]·in_k + bias[k]} over the driving edges
     * k and n what the neuron gave at the step before:
     *
     * <pre>
     * current  ← trunc(synapticLeak · current) + x          only when synapticLeak is present; then x := current
     * membrane ← gate · membrane                            only when gated, from step 1 on, Q0.15, half up
     * membrane ← (n ≠ 0 ? trunc(a1 · membrane) + n · b1 : trunc(a0 · membrane) + b0) + x
     * membrane ← max(membrane, floor)                       only when floor is present
     * n        ← membrane &gt; threshold   (or ≥)                          SPIKE
     * n        ← the largest of 0..burst with membrane &gt; n · threshold   BURST (or ≥; 0 where none)
     * n        ← membrane                                               POTENTIAL: never fires; a0, b0 throughout
     * </pre>
     *
     * Every parameter array holds one value, one a channel, or one a neuron (see {@link Parameter}). Leaks are Q1.15
     * (32768 is 1.0) and their products are rounded toward zero, so that a membrane without input reaches 0. All else
     * is in membrane LSBs. A neuron with a0 = a1 = 0 keeps nothing: it is stateless.
     *
     * @param output what the layer gives
     * @param burst the most spikes of one step under BURST, 1 or more; 1 otherwise
     * @param gated whether the last inbound edge, of Q0.15 factors 0..32768, is a gate on the membrane and not a drive
     * @param comparison whether a membrane equal to the threshold fires
     * @param synapticLeak Q1.15, or an empty array when the layer has no synaptic current
     * @param a0 leak after a step without a spike, Q1.15
     * @param b0 offset after a step without a spike
     * @param a1 leak after a spike, Q1.15; 0 for a hard reset
     * @param b1 offset after a spike, once for each spike of a burst
     * @param thresholdSteps rows of the threshold's table: 1, or at least T for one a step
     * @param threshold (thresholdSteps, parameter) the value to exceed; above 0 under BURST, not read under POTENTIAL
     * @param drives one for each driving edge
     * @param membraneUnit the real value of one membrane LSB, for reports, export and the learner; one value, one a
     *     channel or one a neuron; never read by inference
     * @param membraneMaximum the proved largest absolute value of membrane and current over the declared time steps
     * @param floor the least that a membrane may be, 0 or less, or an empty array when there is none
     * @param calibration when neurons take spikes back, which only bursts may; resets go by n before that
     */
    record Neuron(
            Output output,
            int burst,
            boolean gated,
            Comparison comparison,
            int[] synapticLeak,
            int[] a0,
            int[] b0,
            int[] a1,
            int[] b1,
            int thresholdSteps,
            int[] threshold,
            List<Drive> drives,
            float[] membraneUnit,
            long membraneMaximum,
            int[] floor,
            Optional<SpikeCalibration> calibration)
            implements Operation {

        /** What a neuron layer gives. */
        public enum Output {
            /** 0 or 1. */
            SPIKE,
            /** Several spikes at once. */
            BURST,
            /** The membrane itself, for a readout. */
            POTENTIAL
        }

        public Neuron {
            drives = List.copyOf(drives);
            Requirement.that(burst >= 1 && (output == Output.BURST || burst == 1), "burst is 1 but under BURST");
            Requirement.that(thresholdSteps >= 1, "a threshold table has rows");
            Requirement.that(output == Output.BURST || calibration.isEmpty(), "only bursts are calibrated");
        }

        /** Spikes that nobody takes back. */
        public Neuron(
                Output output,
                int burst,
                boolean gated,
                Comparison comparison,
                int[] synapticLeak,
                int[] a0,
                int[] b0,
                int[] a1,
                int[] b1,
                int thresholdSteps,
                int[] threshold,
                List<Drive> drives,
                float[] membraneUnit,
                long membraneMaximum,
                int[] floor) {
            this(
                    output,
                    burst,
                    gated,
                    comparison,
                    synapticLeak,
                    a0,
                    b0,
                    a1,
                    b1,
                    thresholdSteps,
                    threshold,
                    drives,
                    membraneUnit,
                    membraneMaximum,
                    floor,
                    Optional.empty());
        }

        /** Membranes without a floor. */
        public Neuron(
                Output output,
                int burst,
                boolean gated,
                Comparison comparison,
                int[] synapticLeak,
                int[] a0,
                int[] b0,
                int[] a1,
                int[] b1,
                int thresholdSteps,
                int[] threshold,
                List<Drive> drives,
                float[] membraneUnit,
                long membraneMaximum) {
            this(
                    output,
                    burst,
                    gated,
                    comparison,
                    synapticLeak,
                    a0,
                    b0,
                    a1,
                    b1,
                    thresholdSteps,
                    threshold,
                    drives,
                    membraneUnit,
                    membraneMaximum,
                    new int[0]);
        }

        /** Single spikes, one threshold for all steps. */
        public Neuron(
                Comparison comparison,
                int[] synapticLeak,
                int[] a0,
                int[] b0,
                int[] a1,
                int[] b1,
                int[] threshold,
                List<Drive> drives,
                float[] membraneUnit,
                long membraneMaximum) {
            this(
                    Output.SPIKE,
                    1,
                    false,
                    comparison,
                    synapticLeak,
                    a0,
                    b0,
                    a1,
                    b1,
                    1,
                    threshold,
                    drives,
                    membraneUnit,
                    membraneMaximum);
        }

        /** The same neurons, driven otherwise. */
        public Neuron withDrives(List<Drive> changed) {
            return with(output, burst, gated, thresholdSteps, threshold, changed, membraneMaximum, floor);
        }

        /** The same neurons, declaring another bound. */
        public Neuron withMembraneMaximum(long declared) {
            return with(output, burst, gated, thresholdSteps, threshold, drives, declared, floor);
        }

        /** The same neurons, giving something else; what they give then stays. */
        public Neuron withOutput(Output changed, int spikes) {
            return with(
                    changed,
                    spikes,
                    gated,
                    thresholdSteps,
                    threshold,
                    drives,
                    membraneMaximum,
                    floor,
                    Optional.empty());
        }

        /** The same neurons of bursts, taking spikes back. */
        public Neuron withCalibration(SpikeCalibration chosen) {
            return with(
                    output,
                    burst,
                    gated,
                    thresholdSteps,
                    threshold,
                    drives,
                    membraneMaximum,
                    floor,
                    Optional.of(chosen));
        }

        /** The same neurons with another table of thresholds. */
        public Neuron withThreshold(int steps, int[] changed) {
            return with(output, burst, gated, steps, changed, drives, membraneMaximum, floor);
        }

        /**
         * The same neurons with thresholds that hold throughout, and offsets that go with them.
         *
         * @param changed one value, one a channel or one a neuron
         * @param spent b1, likewise
         */
        public Neuron withThreshold(int[] changed, int[] spent) {
            return new Neuron(
                    output,
                    burst,
                    gated,
                    comparison,
                    synapticLeak,
                    a0,
                    b0,
                    a1,
                    spent,
                    1,
                    changed,
                    drives,
                    membraneUnit,
                    membraneMaximum,
                    floor,
                    calibration);
        }

        /** The same neurons, the last edge being a gate. */
        public Neuron withGate() {
            return with(output, burst, true, thresholdSteps, threshold, drives, membraneMaximum, floor);
        }

        /** The same neurons whose membranes stop at a floor. */
        public Neuron withFloor(int[] least) {
            return with(output, burst, gated, thresholdSteps, threshold, drives, membraneMaximum, least);
        }

        private Neuron with(
                Output gives,
                int spikes,
                boolean gate,
                int steps,
                int[] table,
                List<Drive> driven,
                long declared,
                int[] least) {
            return with(gives, spikes, gate, steps, table, driven, declared, least, calibration);
        }

        private Neuron with(
                Output gives,
                int spikes,
                boolean gate,
                int steps,
                int[] table,
                List<Drive> driven,
                long declared,
                int[] least,
                Optional<SpikeCalibration> takesBack) {
            return new Neuron(
                    gives,
                    spikes,
                    gate,
                    comparison,
                    synapticLeak,
                    a0,
                    b0,
                    a1,
                    b1,
                    steps,
                    table,
                    driven,
                    membraneUnit,
                    declared,
                    least,
                    takesBack);
        }

        public boolean hasFloor() {
            return floor.length > 0;
        }

        public boolean hasSynapticCurrent() {
            return synapticLeak.length > 0;
        }
    }

    /**
     * How one inbound edge drives a layer.
     *
     * @param steps rows of the tables: 1, or at least T for one a step
     * @param gain (steps, parameter) LSBs of the driven layer for one LSB of the edge; the parameter is one value, one a
     *     channel or one a neuron
     * @param bias (steps, parameter) LSBs of the driven layer added at the step
     * @param biasAtStart whether the bias also acts at t = 0; false only for recurrent edges under profiles that
     *     leave them out there
     */
    record Drive(int steps, int[] gain, int[] bias, boolean biasAtStart) {
        public Drive {
            Requirement.that(steps >= 1, "a drive's tables have rows");
        }

        /** The same gain and bias at every step. */
        public Drive(int[] gain, int[] bias, boolean biasAtStart) {
            this(1, gain, bias, biasAtStart);
        }
    }

    /** Whether a membrane equal to its threshold fires. Integers make ties common, so it is part of the model. */
    enum Comparison {
        STRICTLY_ABOVE,
        AT_OR_ABOVE
    }
}
