package io.spikelet.model;

import java.util.List;

/** What a layer computes from its inputs at one time step. Integers only. */
public sealed interface Operation {

    /** The network's input; its values are written by the encoder. Has no inbound edge. */
    record Input() implements Operation {}

    /**
     * {@code acc[o] = Σ_i weights[o·inputs + i] · in[i]} in int32, exact.
     *
     * @param outputs rows
     * @param inputs columns; the size of the source layer
     * @param weights (outputs, inputs) int8, −127..127
     * @param scale (outputs) the real value of one LSB of the row's weights; for reports, export and the
     *     learner's step sizes, never read by inference
     */
    record Dense(int outputs, int inputs, byte[] weights, float[] scale) implements Operation {
        public Dense {
            Operation.require(outputs > 0 && inputs > 0, "a dense layer has rows and columns");
            Operation.require(weights.length == (long) outputs * inputs, "weights must be outputs x inputs");
            Operation.require(scale.length == outputs, "scale must have one value a row");
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
     * @param weights (outChannels, inChannels / groups, kernelHeight, kernelWidth) int8, −127..127
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
            byte[] weights,
            float[] scale)
            implements Operation {
        public Conv2d {
            Operation.require(outChannels > 0 && inChannels > 0, "a convolution has channels on both sides");
            Operation.require(
                    groups > 0 && outChannels % groups == 0 && inChannels % groups == 0,
                    "groups must divide both channel counts");
            Operation.require(kernelHeight > 0 && kernelWidth > 0, "a kernel has rows and columns");
            Operation.require(strideY > 0 && strideX > 0, "strides are 1 or more");
            Operation.require(paddingY >= 0 && paddingX >= 0, "padding is 0 or more");
            Operation.require(dilationY > 0 && dilationX > 0, "dilation is 1 or more");
            // In double: the product of hostile extents can wrap a long round to the right length.
            Operation.require(
                    weights.length == (double) outChannels * (inChannels / groups) * kernelHeight * kernelWidth,
                    "weights must be outChannels x inChannels/groups x kernel");
            Operation.require(scale.length == outChannels, "scale must have one value a filter");
        }
    }

    /**
     * The sum over each window, zero padding.
     *
     * @param kernelHeight rows of the window
     * @param kernelWidth columns of the window
     * @param strideY vertical stride
     * @param strideX horizontal stride
     * @param paddingY zero rows added above and below
     * @param paddingX zero columns added left and right
     */
    record SumPool2d(int kernelHeight, int kernelWidth, int strideY, int strideX, int paddingY, int paddingX)
            implements Operation {
        public SumPool2d {
            Operation.require(kernelHeight > 0 && kernelWidth > 0, "a window has rows and columns");
            Operation.require(strideY > 0 && strideX > 0, "strides are 1 or more");
            Operation.require(paddingY >= 0 && paddingX >= 0, "padding is 0 or more");
        }
    }

    /**
     * The one neuron kernel (docs/equations.md, N1). With {@code x = Σ_k gain[k]·acc[k] + bias[k]} over the inbound
     * edges k:
     *
     * <pre>
     * current  ← trunc(synapticLeak · current) + x          only when synapticLeak is present; then x := current
     * membrane ← (fired ? trunc(a1 · membrane) + b1 : trunc(a0 · membrane) + b0) + x
     * fired    ← membrane &gt; threshold   (or ≥)
     * </pre>
     *
     * Every parameter array holds one value, one a channel, or one a neuron (see {@link Parameter}). Leaks are Q1.15
     * (32768 is 1.0) and their products are rounded toward zero, so that a membrane without input reaches 0. All else
     * is in membrane LSBs.
     *
     * @param comparison whether a membrane equal to the threshold fires
     * @param synapticLeak Q1.15, or an empty array when the layer has no synaptic current
     * @param a0 leak after a step without a spike, Q1.15
     * @param b0 offset after a step without a spike
     * @param a1 leak after a spike, Q1.15; 0 for a hard reset
     * @param b1 offset after a spike
     * @param threshold the value to exceed
     * @param drives one for each inbound edge
     * @param membraneUnit the real value of one membrane LSB, for reports, export and the learner; one value, one a
     *     channel or one a neuron; never read by inference
     * @param membraneMaximum the proved largest absolute value of membrane and current over the declared time steps
     */
    record Neuron(
            Comparison comparison,
            int[] synapticLeak,
            int[] a0,
            int[] b0,
            int[] a1,
            int[] b1,
            int[] threshold,
            List<Drive> drives,
            float[] membraneUnit,
            long membraneMaximum)
            implements Operation {
        public Neuron {
            drives = List.copyOf(drives);
        }

        /** The same neurons, driven otherwise. */
        public Neuron withDrives(List<Drive> changed) {
            return new Neuron(
                    comparison, synapticLeak, a0, b0, a1, b1, threshold, changed, membraneUnit, membraneMaximum);
        }

        /** The same neurons, declaring another bound. */
        public Neuron withMembraneMaximum(long declared) {
            return new Neuron(comparison, synapticLeak, a0, b0, a1, b1, threshold, drives, membraneUnit, declared);
        }

        public boolean hasSynapticCurrent() {
            return synapticLeak.length > 0;
        }
    }

    /**
     * How one inbound edge drives a neuron layer.
     *
     * @param gain membrane LSBs for one accumulator LSB; one value, one a channel or one a neuron
     * @param bias membrane LSBs added at every time step; one value, one a channel or one a neuron
     * @param biasAtStart whether the bias also acts at t = 0; false only for recurrent edges under profiles that
     *     leave them out there
     */
    record Drive(int[] gain, int[] bias, boolean biasAtStart) {}

    /** Whether a membrane equal to its threshold fires. Integers make ties common, so it is part of the model. */
    enum Comparison {
        STRICTLY_ABOVE,
        AT_OR_ABOVE
    }

    private static void require(boolean holds, String rule) {
        if (!holds) {
            throw new IllegalArgumentException(rule);
        }
    }
}
