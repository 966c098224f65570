package io.spikelet.host.cli;

import io.spikelet.host.convert.BurstNeurons;
import io.spikelet.model.SpikeCalibration;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Option;

/** How many spikes a step converted neurons may give, and whether they take some back. */
final class BurstOption {
    private static final String HALF = "half";

    @Option(
            names = "--burst",
            paramLabel = "N",
            description = "Spikes that a neuron may give in one step, 1 to 255 (default: one; 5 with"
                    + " --spike-calibration).")
    private Integer burst;

    @Option(
            names = "--spike-calibration",
            arity = "0..1",
            fallbackValue = HALF,
            paramLabel = "STEPS",
            description =
                    "Let neurons take spikes back that have been silent for STEPS longer than their mean interval;"
                            + " half, or no value, is half of T. Write --spike-calibration=STEPS.")
    private String calibration;

    @Option(
            names = "--calibration-rule",
            paramLabel = "RULE",
            description =
                    "What is counted, so that no neuron takes back more than it gave: given, its spikes, or published,"
                            + " as the paper's code does, also those held back (default: given).")
    private String rule;

    BurstOption() {}

    /** Empty where neurons fire once a step. */
    Optional<BurstNeurons> of(int steps) {
        if (calibration == null) {
            if (rule != null) {
                throw new IllegalArgumentException("--calibration-rule says how --spike-calibration counts; give both");
            }
            return Optional.ofNullable(burst).map(BurstNeurons::new);
        }
        SpikeCalibration chosen = new SpikeCalibration(allowance(steps), rule());
        return Optional.of(new BurstNeurons(burst == null ? BurstNeurons.PUBLISHED_MOST : burst, Optional.of(chosen)));
    }

    private int allowance(int steps) {
        if (calibration.equals(HALF)) {
            return BurstNeurons.half(steps);
        }
        try {
            return Integer.parseInt(calibration);
        } catch (NumberFormatException notANumber) {
            throw new IllegalArgumentException(
                    "--spike-calibration takes a number of steps or half, not '" + calibration + "'", notANumber);
        }
    }

    private SpikeCalibration.Rule rule() {
        if (rule == null) {
            return SpikeCalibration.Rule.GIVEN;
        }
        for (SpikeCalibration.Rule known : SpikeCalibration.Rule.values()) {
            if (rule.equals(known.name().toLowerCase(Locale.ROOT))) {
                return known;
            }
        }
        throw new IllegalArgumentException("--calibration-rule is given or published, not '" + rule + "'");
    }
}
