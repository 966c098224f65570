package io.spikelet.host.graph;

import io.spikelet.model.Join;
import io.spikelet.model.Operation;
import io.spikelet.model.Operation.Comparison;
import io.spikelet.model.Parameter;
import io.spikelet.model.Shape;
import io.spikelet.model.SpikeCalibration;
import io.spikelet.model.WeightKind;
import java.util.Arrays;
import java.util.Optional;

/**
 * The nodes of a graph, with NIR's names and equations (docs/equations.md). Shapes are channels first and have no
 * batch dimension. Neuron parameters are scalars or carry the neuron's shape.
 */
public sealed interface Node {

    /** Whether the node integrates and fires: its outputs are spikes, and it keeps state between steps. */
    default boolean isNeuron() {
        return this instanceof If
                || this instanceof Lif
                || this instanceof CubaLif
                || this instanceof TwoBranch
                || this instanceof BurstIf;
    }

    /** Whether the node integrates and gives its membrane, which nothing resets. */
    default boolean integrates() {
        return this instanceof Integrator;
    }

    /** Whether every output is spikes: neurons, and thresholds, which keep nothing between steps. */
    default boolean fires() {
        return isNeuron() || this instanceof Threshold;
    }

    record Input(int[] shape) implements Node {}

    record Output(int[] shape) implements Node {}

    /** {@code weight · x + bias}; weight is (out, in), bias (out) or null. */
    record Affine(Tensor weight, Tensor bias) implements Node {}

    /**
     * A torch convolution; weight is (out, in/groups, kh, kw); bias is (out), null, or (out, height, width) of what it gives,
     * one a neuron, as a line in front of a convolution that pads leaves it; inputShape is {height, width} or
     * null when the file leaves it open; padding is {y, x}, already resolved from {@code same} and {@code valid}.
     */
    record Conv2d(Tensor weight, Tensor bias, int[] stride, int[] padding, int[] dilation, int groups, int[] inputShape)
            implements Node {
        /**
         * The layer of the same windows.
         *
         * @param codes (out, in/groups, kh, kw) of the kind
         * @param scale (out) the real size of a weight of 1
         */
        public Operation.Conv2d layer(WeightKind kind, byte[] codes, float[] scale) {
            int[] extents = weight.shape();
            return new Operation.Conv2d(
                    extents[0],
                    extents[1] * groups,
                    extents[2],
                    extents[3],
                    stride[0],
                    stride[1],
                    padding[0],
                    padding[1],
                    dilation[0],
                    dilation[1],
                    groups,
                    kind,
                    codes,
                    scale);
        }
    }

    /** The sum of each window of each channel; zeros outside. */
    record SumPool2d(int[] kernelSize, int[] stride, int[] padding) implements Pool2d {}

    /** The mean of each window of each channel; zeros outside, which count. */
    record AvgPool2d(int[] kernelSize, int[] stride, int[] padding) implements Pool2d {
        @Override
        public float factor() {
            return 1f / (kernelSize[0] * kernelSize[1]);
        }
    }

    /** The largest of each window of each channel; what lies outside does not count. */
    record MaxPool2d(int[] kernelSize, int[] stride, int[] padding) implements Pool2d {}

    /**
     * The maximum of sums over time instead of spikes (SpiCalib, arXiv 2207.02702): each window gives what its largest sum so
     * far exceeds all that it gave before (docs/equations.md, P4). What a maximum pool of a conventional network becomes.
     */
    record LossFreePool2d(int[] kernelSize, int[] stride, int[] padding) implements Pool2d {}

    /** {@code min(max(x, 0), ceiling)}: the activation of a conventional network; the ceiling may be infinite. */
    record Relu(float ceiling) implements Node {}

    /**
     * One spike in a window of steps, and what its time says (CAT, Lew et al., DAC 2022, arXiv 2208.04494): with t the first of
     * 0..window − 1 at which {@code x ≥ threshold · 2^(−t/4)}, {@code 2^(−t/4)}; 0 where there is none. Behind the input it
     * is how values become times (docs/equations.md, N5).
     *
     * @param threshold above 0
     * @param window 1..255
     */
    record FirstSpike(float threshold, int window) implements Node {
        /** What the spike of each step stands for. */
        public float[] values() {
            float[] values = new float[window];
            for (int t = 0; t < window; t++) {
                values[t] = (float) Math.pow(2, -t / (double) io.spikelet.model.LogKernel.TAU);
            }
            return values;
        }
    }

    /** A window that slides over each channel; all three are {y, x}. */
    sealed interface Pool2d extends Node {
        int[] kernelSize();

        int[] stride();

        int[] padding();

        /** Whether a window gives a largest value rather than a multiple of its sum. */
        default boolean isMaximum() {
            return this instanceof MaxPool2d || this instanceof LossFreePool2d;
        }

        /** The layer of the same windows; padding is smaller than the window. */
        default io.spikelet.model.Pool2d layer(io.spikelet.model.Pool2d.Kind kind) {
            return new io.spikelet.model.Pool2d(
                    kind, kernelSize()[0], kernelSize()[1], stride()[0], stride()[1], padding()[0], padding()[1]);
        }

        /** What the sum of a window is multiplied by. */
        default float factor() {
            return 1;
        }
    }

    /** Joins dimensions startDim..endDim (no batch dimension; endDim may be −1). */
    record Flatten(int startDim, int endDim) implements Node {}

    /** {@code x · scale}; a value for all, one a channel as (channels, 1, 1), or one each. */
    record Scale(Tensor scale) implements Node {}

    /** {@code x(t − delay)}, 0 before; seconds, a value for all, one a channel as (channels, 1, 1), or one each. */
    record Delay(Tensor delay) implements Node {
        /** From a whole number of steps a delay may differ by this share of a step. */
        private static final double TOLERANCE = 1e-3;

        /**
         * The delays in steps.
         *
         * @param dt seconds a step
         * @param size values that are delayed
         * @return (size)
         * @throws InvalidGraphException when one is no whole number of steps
         */
        public int[] steps(String name, double dt, int size) {
            float[] seconds = delay.spread(size);
            int[] steps = new int[size];
            for (int i = 0; i < steps.length; i++) {
                double exact = seconds[i] / dt;
                if (!(exact >= 0 && exact <= io.spikelet.model.Delay.MAX_STEPS)
                        || Math.abs(exact - Math.rint(exact)) > TOLERANCE) {
                    throw new InvalidGraphException("node '" + name + "', field 'delay': is " + seconds[i]
                            + " s, which is " + (float) exact + " steps of " + dt
                            + " s; delays are whole numbers of 0 to " + io.spikelet.model.Delay.MAX_STEPS
                            + " steps, so choose another dt or round them");
                }
                steps[i] = (int) Math.rint(exact);
            }
            return steps;
        }
    }

    /** {@code 1 where x > threshold, else 0}; a value for all, one a channel as (channels, 1, 1), or one a neuron. */
    record Threshold(Tensor threshold) implements Node {}

    /** Integrates like a neuron and gives its membrane. */
    sealed interface Integrator extends Node {
        /** The neuron that integrates alike and fires above a threshold; resets to 0. */
        Node withThreshold(Tensor threshold);
    }

    /** {@code v' = r·I}; gives v. */
    record I(Tensor r) implements Integrator {
        @Override
        public If withThreshold(Tensor threshold) {
            return new If(r, threshold, Tensor.scalar(0));
        }
    }

    /** {@code tau·v' = (leak − v) + r·I}; gives v. */
    record Li(Tensor tau, Tensor r, Tensor leak) implements Integrator {
        @Override
        public Lif withThreshold(Tensor threshold) {
            return new Lif(tau, r, leak, threshold, Tensor.scalar(0));
        }
    }

    /** {@code tauSyn·I' = −I + wIn·S; tauMem·v' = (leak − v) + r·I}; gives v. */
    record CubaLi(Tensor tauSyn, Tensor tauMem, Tensor r, Tensor leak, Tensor wIn) implements Integrator {
        @Override
        public CubaLif withThreshold(Tensor threshold) {
            return new CubaLif(tauSyn, tauMem, r, leak, wIn, threshold, Tensor.scalar(0));
        }
    }

    /** {@code v' = r·I; fires at v > threshold; v ← reset}. */
    record If(Tensor r, Tensor threshold, Tensor reset) implements Node {}

    /** {@code tau·v' = (leak − v) + r·I; fires at v > threshold; v ← reset}. */
    record Lif(Tensor tau, Tensor r, Tensor leak, Tensor threshold, Tensor reset) implements Node {}

    /** {@code tauSyn·I' = −I + wIn·S; tauMem·v' = (leak − v) + r·I; fires at v > threshold; v ← reset}. */
    record CubaLif(Tensor tauSyn, Tensor tauMem, Tensor r, Tensor leak, Tensor wIn, Tensor threshold, Tensor reset)
            implements Node {}

    /**
     * The neuron whose leak and offset depend on whether it fired, with tables over time: what the published neurons have in
     * common (docs/layer-file.md). Its reset and comparison are its own, whatever the profile.
     *
     * <pre>
     * u ← (s ≠ 0 ? a1 · u + b1 : a0 · u + b0) + gain[t] · x + offset[t]        before t = 0 u is initial, s is 0
     * s ← u &gt; threshold[t], or ≥
     * </pre>
     *
     * @param a0 (1, channels or neurons), like b0, a1, b1 and initial, the membrane before the first step
     * @param gain (steps, parameter), like offset and threshold; the parameter is one value, one a channel or one a neuron,
     *     and one step stands for all
     * @param noise what stood for earlier steps while the weights were trained, or null; nothing is computed from it
     * @param attention what u is multiplied by first, from the second step on, or null
     */
    record TwoBranch(
            Tensor a0,
            Tensor b0,
            Tensor a1,
            Tensor b1,
            Tensor gain,
            Tensor offset,
            Tensor threshold,
            Comparison comparison,
            Tensor initial,
            TrainingNoise noise,
            Attention attention)
            implements Node {
        /** Membranes that begin at 0, trained without noise. */
        public TwoBranch(
                Tensor a0,
                Tensor b0,
                Tensor a1,
                Tensor b1,
                Tensor gain,
                Tensor offset,
                Tensor threshold,
                Comparison comparison) {
            this(a0, b0, a1, b1, gain, offset, threshold, comparison, Tensor.of(new float[1], 1), null, null);
        }

        /** Rows of the longest table: the most steps that can be run, or 1 where every step is alike. */
        public int steps() {
            return Math.max(
                    gain.shape()[0], Math.max(offset.shape()[0], threshold.shape()[0]));
        }

        /**
         * One step of a table.
         *
         * @return (neurons) a new array
         * @throws InvalidGraphException when the table ends before that step
         */
        public static float[] row(String name, Tensor table, int step, Shape shape) {
            int steps = table.shape()[0];
            if (steps > 1 && step >= steps) {
                throw new InvalidGraphException("node '" + name + "' has tables for " + steps
                        + " time steps and is run for more; run at most so many");
            }
            int length = table.size() / steps;
            int start = steps == 1 ? 0 : step * length;
            return Parameter.perNeuron(Arrays.copyOfRange(table.values(), start, start + length), shape);
        }
    }

    /**
     * {@code v += x; n = clamp(⌊v / threshold⌋, 0, burst); v −= n · threshold}; gives n, or takes spikes back by its
     * calibration (SpiCalib, arXiv 2207.02702; docs/equations.md, N6). What an activation becomes that may fire several times
     * a step, whatever the profile.
     *
     * @param threshold above 0; a value for all, one a channel as (channels, 1, 1), or one a neuron
     * @param burst the most spikes of a step, 1 or more
     * @param calibration empty where no spike is taken back
     */
    record BurstIf(Tensor threshold, int burst, Optional<SpikeCalibration> calibration) implements Node {}

    /**
     * Spikes of several sources, joined one by one (SEW-ResNet, arXiv 2102.04159); all have one shape.
     *
     * @param kind AND, or AND_NOT of two: {@code second · (1 − first)}; to add, lead several edges into one node
     */
    record SpikeJoin(Join.Kind kind) implements Node {
        public SpikeJoin {
            if (kind == Join.Kind.ADD) {
                throw new IllegalArgumentException("several edges into one node add up: kind=" + kind);
            }
        }
    }

    /**
     * The sum of its edges in real numbers: the stream that MS-ResNet's blocks add to (arXiv 2112.08954), which neurons
     * read and nothing resets.
     */
    record CurrentAdd() implements Node {}
}
