package io.spikelet.model;

import io.spikelet.fixedpoint.Q15;
import java.util.Optional;

/**
 * The largest membrane or synaptic current of a neuron layer: from 0, all drives pull one way at every step, each as
 * hard as that step's tables allow, and of both branches the worse is taken. A gate is at most 1 and changes nothing.
 * Takes as long as the layer's own work in one inference.
 */
final class MembraneBounds {
    private final Operation.Neuron neuron;
    private final DriveBounds drives;

    /** Whether a learner may move the thresholds, and the offset behind a spike with them. */
    private final boolean thresholdLearns;

    private final Optional<LearningRule> learning;
    private final int timeSteps;
    private final long[] drive;
    private final long[] current;
    private final long[] membrane;

    private MembraneBounds(EdgeRanges ranges, int index) {
        Layer layer = ranges.network().layers().get(index);
        if (!(layer.operation() instanceof Operation.Neuron named)) {
            throw new IllegalArgumentException("layer " + layer.name() + " has no membrane");
        }
        neuron = named;
        timeSteps = ranges.network().timeSteps();
        learning = ranges.network().learning();
        thresholdLearns = learnsThreshold(ranges, layer);
        drives = new DriveBounds(
                ranges,
                layer,
                neuron.drives(),
                neuron.synapticLeak().length,
                neuron.a0().length,
                neuron.a1().length,
                neuron.b0().length,
                neuron.b1().length,
                DriveBounds.row(neuron.threshold(), neuron.thresholdSteps()),
                learnedUnits(ranges, layer));
        drive = new long[drives.groups()];
        current = new long[drives.groups()];
        membrane = new long[drives.groups()];
    }

    /** Values of the membrane's unit where the layer's drives may be learned, whose bound is measured in it. */
    private int learnedUnits(EdgeRanges ranges, Layer layer) {
        boolean learns =
                layer.inputs().stream().anyMatch(inbound -> ranges.network().learns(inbound.source()));
        return learns ? neuron.membraneUnit().length : 0;
    }

    private static boolean learnsThreshold(EdgeRanges ranges, Layer layer) {
        return ranges.network().learning().map(LearningRule::method).stream().anyMatch(LearningMethod::learnsThresholds)
                && layer.inputs().stream().anyMatch(inbound -> ranges.network().learns(inbound.source()));
    }

    /** @return membrane LSBs; the end of {@code long} once 32 bits are left */
    static long maximum(EdgeRanges ranges, int index) {
        return new MembraneBounds(ranges, index).grow();
    }

    private long grow() {
        int[] ones = neuron.thresholdSteps() == 1
                ? learning.map(rule -> rule.biasOnes(neuron)).orElseGet(() -> LearningRule.ones(neuron))
                : new int[0];
        long worst = 0;
        boolean moves = true;
        for (int t = 0; t < timeSteps && moves; t++) {
            if (t == 0 || drives.changes()) {
                drives.maxima(t, ones, drive);
            }
            moves = drives.changes();
            for (int g = 0; g < drive.length; g++) {
                moves |= step(g);
                worst = Math.max(worst, Math.max(membrane[g], current[g]));
            }
            if (worst > Integer.MAX_VALUE) {
                return SaturatingLong.UNBOUNDED;
            }
        }
        return worst;
    }

    /** Whether anything changed. */
    private boolean step(int g) {
        long membraneBefore = membrane[g];
        long currentBefore = current[g];
        current[g] = neuron.hasSynapticCurrent()
                ? SaturatingLong.sum(leaked(drives.at(neuron.synapticLeak(), g), currentBefore), drive[g])
                : drive[g];
        membrane[g] = SaturatingLong.sum(leaked(leak(g), membraneBefore) + offset(g), current[g]);
        return membrane[g] != membraneBefore || current[g] != currentBefore;
    }

    private boolean fires() {
        return neuron.output() != Operation.Neuron.Output.POTENTIAL;
    }

    private int leak(int g) {
        int silent = drives.at(neuron.a0(), g);
        return fires() ? Math.max(silent, drives.at(neuron.a1(), g)) : silent;
    }

    private long offset(int g) {
        long silent = Math.abs((long) drives.at(neuron.b0(), g));
        return fires() ? Math.max(silent, neuron.burst() * spent(g)) : silent;
    }

    /**
     * The offset behind a spike. Where thresholds learn, a soft reset takes no more off than a share of the membrane that
     * fired ({@link LearningCheck}), so that it never pulls beyond what was there, whatever the threshold.
     */
    private long spent(int g) {
        boolean moves = thresholdLearns && drives.at(neuron.a1(), g) != 0;
        return moves ? Math.abs((long) drives.at(neuron.b0(), g)) + 2 : Math.abs((long) drives.at(neuron.b1(), g));
    }

    /** Both factors are below 2^31 here. */
    private static long leaked(int factor, long value) {
        return factor * value >> Q15.BITS;
    }
}
