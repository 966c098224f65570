package io.spikelet.model;

import java.util.List;

/**
 * How what may learn does so (docs/equations.md, L1–L17). Real numbers become integers once, when a board loads the image.
 *
 * @param kind the rule that gives the gradient
 * @param parts what of the layers changes
 * @param feedback how an error reaches the layers before the last
 * @param optimiser how a gradient becomes a step
 * @param momentum what of a step's gradients is left for the next one under {@link Optimiser#MOMENTUM}, 0..1 without 1
 * @param eligibilityDecay what of an eligibility is left, from time step to time step under {@link Kind#E_PROP}, from
 *     sample to sample under {@link Kind#REWARD}, 0..1 without 1
 * @param clip the largest absolute post factor, above 0 and at most {@link #MOST_CLIP}
 * @param layerRates (layers) what the learning rate is multiplied with in each, 0 or more; empty for 1 in all
 * @param thresholdRate the step of thresholds, in units of those that the image holds; 0 where they stay
 * @param thresholdFloor the least threshold, as a share of the one that the image holds, above 0 where thresholds learn
 * @param flipLevel the mean gradient against which a binary weight must stand to flip, above 0 under {@link Kind#FLIP}
 * @param flipDecay what of the mean gradient is left after a sample, above 0 and below 1 under {@link Kind#FLIP}
 * @param membraneClip where membranes are clipped under {@link Kind#CALIBRATION}, in thresholds of the image, above 0 and at
 *     most {@link #MOST_MEMBRANE_CLIP}; 0 otherwise
 * @param extrema (layers) (1, or output channels of a convolution) the Hoyer extrema that the image's thresholds were made
 *     for, in clips, above 0 and at most 1, under {@link Kind#CALIBRATION}; empty otherwise, or where nobody has measured yet
 */
public record LearningMethod(
        Kind kind,
        Parts parts,
        Feedback feedback,
        Optimiser optimiser,
        float momentum,
        float eligibilityDecay,
        float clip,
        List<Float> layerRates,
        float thresholdRate,
        float thresholdFloor,
        float flipLevel,
        float flipDecay,
        float membraneClip,
        List<List<Float>> extrema) {

    /** The largest absolute post factor that any rule allows. */
    public static final float MOST_CLIP = 4;

    /** How often as large as the image's a learned threshold may be. */
    public static final int MOST_THRESHOLD = 2;

    /** The highest clip of membranes, in thresholds. */
    public static final float MOST_MEMBRANE_CLIP = 16;

    /** OTTT, accumulated, that changes weights by plain steps with errors through the weights. */
    public static final LearningMethod OTTT = new LearningMethod(
            Kind.OTTT, Parts.WEIGHTS, Feedback.SPATIAL, Optimiser.SGD, 0, 0, MOST_CLIP, List.of(), 0, 0, 0, 0);

    /** The rule that gives the gradient. */
    public enum Kind {
        /** Online training through time, summed over a sample's steps. */
        OTTT,
        /** The same, applied after each time step. */
        OTTT_ONLINE,
        /** Eligibilities of each synapse, filtered, times a learning signal. */
        E_PROP,
        /** Eligibilities of the network's own answers, times the reward beyond the mean reward. */
        REWARD,
        /** Backpropagation through rectified sums of the same weights, with the error of counted spikes. */
        PROXY,
        /** OTTT whose mean gradient flips binary weights. */
        FLIP,
        /** No gradient and no label: thresholds follow the running Hoyer extrema of their membranes. */
        CALIBRATION
    }

    /** What of the layers that learn changes. */
    public enum Parts {
        /** Weights and biases. */
        WEIGHTS,
        /** The thresholds of the neurons that the layers drive. */
        THRESHOLDS,
        /** Both. */
        BOTH
    }

    /** How an error reaches the layers before the last. */
    public enum Feedback {
        /** Through the weights of the layers behind, within a time step. */
        SPATIAL,
        /** From the output to each layer, through fixed random weights that are computed and not stored. */
        RANDOM
    }

    /** How a gradient becomes a step. */
    public enum Optimiser {
        /** A step along it. */
        SGD,
        /** A step along what is left of all before. */
        MOMENTUM,
        /** A step along it over the root of its mean square, one for each output. */
        ADAPTIVE
    }

    public LearningMethod {
        layerRates = List.copyOf(layerRates);
        extrema = extrema.stream().map(List::copyOf).toList();
        Requirement.that(
                isShare(momentum) && isShare(eligibilityDecay) && isShare(flipDecay),
                "momentum, eligibility decay and flip decay are 0 or more and below 1");
        Requirement.that(clip > 0 && clip <= MOST_CLIP, "a clip is above 0 and at most " + MOST_CLIP);
        for (float rate : layerRates) {
            Requirement.that(rate >= 0 && Float.isFinite(rate), "the rate of a layer is 0 or more");
        }
        boolean calibrates = kind == Kind.CALIBRATION;
        Requirement.that(
                calibrates
                        ? membraneClip > 0 && membraneClip <= MOST_MEMBRANE_CLIP
                        : membraneClip == 0 && extrema.isEmpty(),
                "CALIBRATION has a membrane clip above 0 and at most " + MOST_MEMBRANE_CLIP
                        + ", other rules have none and no extrema");
        Requirement.that(
                !calibrates || parts == Parts.THRESHOLDS && optimiser == Optimiser.SGD && feedback == Feedback.SPATIAL,
                "CALIBRATION moves thresholds alone, without errors and by no optimiser");
        Requirement.that(
                extrema.stream().flatMap(List::stream).allMatch(extremum -> extremum > 0 && extremum <= 1),
                "an extremum is above 0 and at most 1");
        Requirement.that(
                !calibrates || thresholdRate == 0 && thresholdFloor > 0 && thresholdFloor <= 1,
                "CALIBRATION has a threshold floor above 0 and at most 1 and no threshold rate");
        boolean thresholds = parts != Parts.WEIGHTS;
        Requirement.that(
                thresholds
                        ? (calibrates || thresholdRate > 0)
                                && Float.isFinite(thresholdRate)
                                && thresholdFloor > 0
                                && thresholdFloor <= 1
                        : thresholdRate == 0 && thresholdFloor == 0,
                "thresholds that learn have a rate above 0 and a floor above 0 and at most 1, others have neither");
        boolean flips = kind == Kind.FLIP;
        Requirement.that(
                flips ? flipLevel > 0 && Float.isFinite(flipLevel) && flipDecay > 0 : flipLevel == 0 && flipDecay == 0,
                "weights that flip have a level and a decay above 0, others have neither");
        Requirement.that(
                !flips || parts == Parts.WEIGHTS && optimiser == Optimiser.SGD,
                "weights that flip do so alone and by no optimiser");
        Requirement.that(
                momentum == 0 || optimiser == Optimiser.MOMENTUM, "momentum is for the optimiser of that name");
        Requirement.that(
                eligibilityDecay == 0 || kind == Kind.E_PROP || kind == Kind.REWARD,
                "an eligibility decay is for E_PROP and REWARD");
        Requirement.that(kind != Kind.PROXY || parts == Parts.WEIGHTS, "PROXY learns weights alone");
        Requirement.that(
                kind != Kind.REWARD || optimiser == Optimiser.SGD,
                "a reward's eligibilities have no optimiser but SGD");
    }

    /**
     * Thresholds that follow the Hoyer extrema of their membranes.
     *
     * @param floor the least threshold, as a share of the image's
     * @param clip of membranes, in thresholds
     * @param extrema (layers) as they were measured; empty where they are yet to be
     */
    public static LearningMethod calibration(float floor, float clip, List<List<Float>> extrema) {
        return new LearningMethod(
                Kind.CALIBRATION,
                Parts.THRESHOLDS,
                Feedback.SPATIAL,
                Optimiser.SGD,
                0,
                0,
                MOST_CLIP,
                List.of(),
                0,
                floor,
                0,
                0,
                clip,
                extrema);
    }

    /** The same method with extrema of its layers. */
    public LearningMethod withExtrema(List<List<Float>> measured) {
        return new LearningMethod(
                kind,
                parts,
                feedback,
                optimiser,
                momentum,
                eligibilityDecay,
                clip,
                layerRates,
                thresholdRate,
                thresholdFloor,
                flipLevel,
                flipDecay,
                membraneClip,
                measured);
    }

    /** A rule that learns from errors. */
    public LearningMethod(
            Kind kind,
            Parts parts,
            Feedback feedback,
            Optimiser optimiser,
            float momentum,
            float eligibilityDecay,
            float clip,
            List<Float> layerRates,
            float thresholdRate,
            float thresholdFloor,
            float flipLevel,
            float flipDecay) {
        this(
                kind,
                parts,
                feedback,
                optimiser,
                momentum,
                eligibilityDecay,
                clip,
                layerRates,
                thresholdRate,
                thresholdFloor,
                flipLevel,
                flipDecay,
                0,
                List.of());
    }

    /** The same method at other rates of its layers. */
    LearningMethod withLayerRates(List<Float> rates) {
        return new LearningMethod(
                kind,
                parts,
                feedback,
                optimiser,
                momentum,
                eligibilityDecay,
                clip,
                rates,
                thresholdRate,
                thresholdFloor,
                flipLevel,
                flipDecay,
                membraneClip,
                extrema);
    }

    private static boolean isShare(float value) {
        return value >= 0 && value < 1;
    }

    public boolean learnsWeights() {
        return parts != Parts.THRESHOLDS;
    }

    public boolean learnsThresholds() {
        return parts != Parts.WEIGHTS;
    }

    /** What the learning rate is multiplied with in the k-th of the layers that learn. */
    public float layerRate(int k) {
        return layerRates.isEmpty() ? 1 : layerRates.get(k);
    }

    /** The same rule of another kind. */
    public LearningMethod withKind(Kind changed, float eligibility) {
        return new LearningMethod(
                changed,
                parts,
                feedback,
                optimiser,
                momentum,
                eligibility,
                clip,
                layerRates,
                thresholdRate,
                thresholdFloor,
                flipLevel,
                flipDecay,
                membraneClip,
                extrema);
    }

    /** The same rule with the error brought back otherwise. */
    public LearningMethod withFeedback(Feedback changed) {
        return new LearningMethod(
                kind,
                parts,
                changed,
                optimiser,
                momentum,
                eligibilityDecay,
                clip,
                layerRates,
                thresholdRate,
                thresholdFloor,
                flipLevel,
                flipDecay,
                membraneClip,
                extrema);
    }

    /** The same rule whose gradients become steps otherwise. */
    public LearningMethod withOptimiser(Optimiser changed, float share) {
        return new LearningMethod(
                kind,
                parts,
                feedback,
                changed,
                share,
                eligibilityDecay,
                clip,
                layerRates,
                thresholdRate,
                thresholdFloor,
                flipLevel,
                flipDecay,
                membraneClip,
                extrema);
    }

    /** The same rule that changes other parts. */
    public LearningMethod withThresholds(Parts changed, float rate, float floor) {
        return new LearningMethod(
                kind,
                changed,
                feedback,
                optimiser,
                momentum,
                eligibilityDecay,
                clip,
                layerRates,
                rate,
                floor,
                flipLevel,
                flipDecay,
                membraneClip,
                extrema);
    }

    /** The same rule with other bounds and shares of its step. */
    public LearningMethod withSteps(float largestFactor, List<Float> rates) {
        return new LearningMethod(
                kind,
                parts,
                feedback,
                optimiser,
                momentum,
                eligibilityDecay,
                largestFactor,
                rates,
                thresholdRate,
                thresholdFloor,
                flipLevel,
                flipDecay,
                membraneClip,
                extrema);
    }

    /** Flips of binary weights, errors through the weights. */
    public static LearningMethod flips(float level, float decay) {
        return new LearningMethod(
                Kind.FLIP,
                Parts.WEIGHTS,
                Feedback.SPATIAL,
                Optimiser.SGD,
                0,
                0,
                MOST_CLIP,
                List.of(),
                0,
                0,
                level,
                decay);
    }
}
