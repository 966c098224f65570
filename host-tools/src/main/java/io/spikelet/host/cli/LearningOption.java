package io.spikelet.host.cli;

import io.spikelet.host.quantise.QuantiseOptions;
import io.spikelet.model.LearningMethod;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** What may learn on the board, and how ({@link LearningMethod}); nothing where no learning rate is given. */
final class LearningOption {
    @Option(
            names = "--learning-rate",
            paramLabel = "ETA",
            description = "Let the dense layers behind the last convolution learn on the board, with this step.")
    private Float rate;

    @Option(
            names = "--logit-gain",
            defaultValue = "1",
            paramLabel = "KAPPA",
            description = "Logits are this many times the spikes of a class (default: ${DEFAULT-VALUE}).")
    private float logitGain;

    @Option(
            names = "--learn",
            paramLabel = "NODE",
            description = "A dense or convolution node that learns, in place of those; may be given several times. all:"
                    + " every node with weights.")
    private List<String> nodes = List.of();

    @Option(
            names = "--rate-of",
            paramLabel = "NODE=FACTOR",
            description = "What the step of one node is multiplied with; may be given several times.")
    private List<String> rates = List.of();

    @Option(
            names = "--halving",
            defaultValue = "0",
            paramLabel = "N",
            description = "Samples after which the step is half, eta / (1 + n / N); 0 for never"
                    + " (default: ${DEFAULT-VALUE}).")
    private int halving;

    @Option(
            names = "--learning-kind",
            defaultValue = "ottt",
            paramLabel = "KIND",
            converter = KindConverter.class,
            description =
                    "ottt: traces, once a sample; ottt-online: after each step; e-prop: eligibilities of dense and"
                            + " recurrent layers; reward: learns from rewards; proxy: through rectified sums, dense"
                            + " chains; flip: binary weights; calibration: thresholds follow their membranes, without"
                            + " labels (default: ${DEFAULT-VALUE}).")
    private LearningMethod.Kind kind;

    @Option(
            names = "--learn-parts",
            defaultValue = "weights",
            paramLabel = "PARTS",
            description = "weights, thresholds or both (default: ${DEFAULT-VALUE}).")
    private LearningMethod.Parts parts;

    @Option(
            names = "--feedback",
            defaultValue = "spatial",
            paramLabel = "KIND",
            description =
                    "How errors reach earlier layers: spatial, through the weights behind, or random, through fixed"
                            + " weights from the output (default: ${DEFAULT-VALUE}).")
    private LearningMethod.Feedback feedback;

    @Option(
            names = "--optimiser",
            defaultValue = "sgd",
            paramLabel = "KIND",
            description = "sgd, momentum, or adaptive, which divides by the root of each output's mean square gradient"
                    + " (default: ${DEFAULT-VALUE}).")
    private LearningMethod.Optimiser optimiser;

    @Option(
            names = "--momentum",
            defaultValue = "0.9",
            paramLabel = "SHARE",
            description = "What of earlier gradients is left under --optimiser momentum (default: ${DEFAULT-VALUE}).")
    private float momentum;

    @Option(
            names = "--eligibility-decay",
            defaultValue = "0",
            paramLabel = "SHARE",
            description =
                    "What of an eligibility is left: from step to step under e-prop, best the leak of the readout;"
                            + " from sample to sample under reward (default: ${DEFAULT-VALUE}).")
    private float eligibilityDecay;

    @Option(
            names = "--clip",
            defaultValue = "4",
            paramLabel = "MOST",
            description = "The largest post factor of a neuron at a step, at most 4 (default: ${DEFAULT-VALUE}).")
    private float clip;

    @Option(
            names = "--threshold-rate",
            defaultValue = "0.01",
            paramLabel = "ETA",
            description = "The step of thresholds that learn, in thresholds (default: ${DEFAULT-VALUE}).")
    private float thresholdRate;

    @Option(
            names = "--threshold-floor",
            defaultValue = "0.25",
            paramLabel = "SHARE",
            description = "What a threshold keeps at least of the trained one (default: ${DEFAULT-VALUE}).")
    private float thresholdFloor;

    @Option(
            names = "--membrane-clip",
            defaultValue = "2",
            paramLabel = "THRESHOLDS",
            description = "Where calibration clips membranes, in thresholds; of a Hoyer network 1 over its extremum"
                    + " (default: ${DEFAULT-VALUE}).")
    private float membraneClip;

    @Option(
            names = "--flip-level",
            defaultValue = "0.03125",
            paramLabel = "GAMMA",
            description = "The mean gradient against which a binary weight flips (default: ${DEFAULT-VALUE}).")
    private float flipLevel;

    @Option(
            names = "--flip-decay",
            defaultValue = "0.98",
            paramLabel = "SHARE",
            description = "What of the mean gradient is left after a sample (default: ${DEFAULT-VALUE}).")
    private float flipDecay;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec verb;

    LearningOption() {}

    /** Words with dashes, as everywhere on the command line. */
    static final class KindConverter implements ITypeConverter<LearningMethod.Kind> {
        @Override
        public LearningMethod.Kind convert(String word) {
            for (LearningMethod.Kind known : LearningMethod.Kind.values()) {
                if (known.name().equalsIgnoreCase(word.replace('-', '_'))) {
                    return known;
                }
            }
            throw new TypeConversionException(
                    "expected ottt, ottt-online, e-prop, reward, proxy, flip or calibration but was '" + word + "'");
        }
    }

    boolean isGiven() {
        return rate != null;
    }

    /** @throws IllegalArgumentException when options contradict each other */
    Optional<QuantiseOptions.Learning> learning() {
        if (rate == null) {
            for (String option : List.of("--learn", "--learning-kind", "--learn-parts", "--rate-of", "--optimiser")) {
                if (verb.commandLine().getParseResult().hasMatchedOption(option)) {
                    throw new IllegalArgumentException(option + " says how to learn, which needs --learning-rate");
                }
            }
            return Optional.empty();
        }
        boolean all = nodes.contains("all");
        if (all && nodes.size() > 1) {
            throw new IllegalArgumentException("--learn all stands for every node; leave the others out");
        }
        return Optional.of(new QuantiseOptions.Learning(
                rate, logitGain, halving, all ? List.of() : nodes, all, factors(), method()));
    }

    private LearningMethod method() {
        if (kind == LearningMethod.Kind.CALIBRATION) {
            for (String option : List.of("--learn-parts", "--feedback", "--optimiser", "--threshold-rate")) {
                if (verb.commandLine().getParseResult().hasMatchedOption(option)) {
                    throw new IllegalArgumentException(option + " is for rules that learn from errors, which"
                            + " --learning-kind calibration does not");
                }
            }
            return LearningMethod.calibration(thresholdFloor, membraneClip, List.of());
        }
        boolean flips = kind == LearningMethod.Kind.FLIP;
        boolean decays = kind == LearningMethod.Kind.E_PROP || kind == LearningMethod.Kind.REWARD;
        boolean thresholds = parts != LearningMethod.Parts.WEIGHTS;
        if (eligibilityDecay != 0 && !decays) {
            throw new IllegalArgumentException("--eligibility-decay is for --learning-kind e-prop and reward");
        }
        return new LearningMethod(
                kind,
                parts,
                feedback,
                optimiser,
                optimiser == LearningMethod.Optimiser.MOMENTUM ? momentum : 0,
                eligibilityDecay,
                clip,
                List.of(),
                thresholds ? thresholdRate : 0,
                thresholds ? thresholdFloor : 0,
                flips ? flipLevel : 0,
                flips ? flipDecay : 0);
    }

    private Map<String, Float> factors() {
        Map<String, Float> factors = new LinkedHashMap<>();
        for (String given : rates) {
            int sign = given.lastIndexOf('=');
            try {
                factors.put(given.substring(0, Math.max(0, sign)), Float.parseFloat(given.substring(sign + 1)));
            } catch (NumberFormatException e) {
                throw new IllegalArgumentException("--rate-of is NODE=FACTOR: --rate-of=" + given, e);
            }
        }
        return factors;
    }
}
