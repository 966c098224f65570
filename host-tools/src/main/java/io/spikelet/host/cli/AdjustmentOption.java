package io.spikelet.host.cli;

import io.spikelet.host.Progress;
import io.spikelet.host.convert.Conversion;
import io.spikelet.host.convert.ConversionException;
import io.spikelet.host.convert.ConvertOptions;
import io.spikelet.host.convert.ThresholdAdjustment;
import io.spikelet.host.data.SampleSet;
import io.spikelet.host.graph.Graph;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Whether and how thresholds are adjusted after a conversion. */
final class AdjustmentOption {
    @Option(
            names = "--adjust-thresholds",
            description = "Raise thresholds, hundredth by hundredth, of layers in which too many neurons fire whose"
                    + " activation is 0 (docs/quantisation.md, Q10); on the samples.")
    private boolean adjust;

    @Option(
            names = "--noisy-ratio",
            defaultValue = "0.1",
            paramLabel = "R",
            description = "The share of such neurons that is tolerated (default: ${DEFAULT-VALUE}).")
    private double ratio;

    AdjustmentOption() {}

    boolean isWanted() {
        return adjust;
    }

    ThresholdAdjustment.Outcome adjust(
            Graph ann, ConvertOptions options, Optional<SampleSet> samples, Conversion before, Progress progress)
            throws ConversionException {
        SampleSet calibration = samples.orElseThrow(() ->
                new IllegalArgumentException("--adjust-thresholds looks at what neurons do on samples: give --data"));
        return ThresholdAdjustment.of(ann, options, calibration, before, ratio, progress);
    }
}
