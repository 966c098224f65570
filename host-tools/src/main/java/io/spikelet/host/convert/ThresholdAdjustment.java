package io.spikelet.host.convert;

import io.spikelet.host.Progress;
import io.spikelet.host.data.SampleSet;
import io.spikelet.host.graph.Graph;
import io.spikelet.host.quantise.QuantiseException;
import io.spikelet.host.quantise.ScaleFolding;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Adaptive threshold adjustment (SNN2ANN, Tang et al., arXiv 2206.09449, section 3.4), here without training: batch by batch
 * of calibration samples, every layer with too many {@link NoisyNeurons} has its threshold raised by one step, and none is ever
 * lowered. A step is {@value #STEP} of the threshold that the layer began with, since thresholds here are in the conventional
 * network's own units while the paper's begin in 0..1. What a spike stands for rises with the threshold.
 */
public final class ThresholdAdjustment {
    static final double STEP = 0.01;

    private static final int BATCH = 32;
    private static final int MOST_SAMPLES = 256;

    /** Raises after which a threshold is five times what it was. */
    private static final int MOST_RAISES = 400;

    /**
     * One layer.
     *
     * @param activation its name in the conventional network
     * @param noisyBefore the share of neurons that fire where the activation is 0, over all samples that were looked at
     * @param thresholdBefore in the conventional network's units, as thresholdAfter
     * @param raises steps by which the threshold rose
     */
    public record Layer(
            String activation,
            double noisyBefore,
            double noisyAfter,
            float thresholdBefore,
            float thresholdAfter,
            int raises) {}

    /**
     * What came of it.
     *
     * @param samples that were looked at
     * @param ratio that no layer is above any more
     */
    public record Outcome(Conversion before, Conversion after, List<Layer> layers, int samples, double ratio) {
        public Outcome {
            layers = List.copyOf(layers);
        }
    }

    private final Graph ann;
    private final ConvertOptions options;
    private final SampleSet samples;
    private final double ratio;
    private final Progress progress;
    private final Conversion before;
    private final NoisyNeurons noisy;
    private final Map<String, Integer> raises = new LinkedHashMap<>();

    private ThresholdAdjustment(
            Graph ann, ConvertOptions options, SampleSet samples, Conversion before, double ratio, Progress progress) {
        this.ann = ann;
        this.options = options;
        this.samples = samples;
        this.before = before;
        this.ratio = ratio;
        this.progress = progress;
        noisy = NoisyNeurons.of(ann, Images.of(samples), MOST_SAMPLES, samples.fullScale(), Progress.SILENT);
        before.thresholds().keySet().forEach(activation -> raises.put(activation, 0));
    }

    /**
     * Adjusts.
     *
     * @param ann the conventional network, as it was converted
     * @param options by which it was converted; counted spikes
     * @param samples for calibration; at most {@value #MOST_SAMPLES} are taken, spread evenly, in batches of {@value #BATCH}
     * @param before what the conversion gave
     * @param ratio the share of noisy neurons that is tolerated, above 0 and below 1
     * @param progress told how many batches of those that must be quiet in a row are
     * @throws ConversionException when a layer stays above the ratio though its threshold rose to five times what it was
     * @throws IllegalArgumentException when spikes are not counted, or the ratio is out of range
     */
    public static Outcome of(
            Graph ann, ConvertOptions options, SampleSet samples, Conversion before, double ratio, Progress progress)
            throws ConversionException {
        if (options.code() != ConvertOptions.Code.RATE) {
            throw new IllegalArgumentException("thresholds are adjusted where spikes are counted; a neuron of one spike"
                    + " fires when its activation is above 0 and never else");
        }
        if (!(ratio > 0 && ratio < 1)) {
            throw new IllegalArgumentException("the noisy ratio must be above 0 and below 1: " + ratio);
        }
        try {
            return new ThresholdAdjustment(ScaleFolding.of(ann), options, samples, before, ratio, progress).adjusted();
        } catch (QuantiseException unfolded) {
            throw new ConversionException(ann.name() + ": " + unfolded.getMessage(), unfolded);
        }
    }

    private Outcome adjusted() throws ConversionException {
        Map<String, Double> first = noisy.ratios(before, 0, noisy.count());
        Conversion after = before;
        int batches = (noisy.count() + BATCH - 1) / BATCH;
        int quiet = 0;
        // As many quiet batches in a row as there are: then all samples together are quiet too.
        for (int batch = 0; quiet < batches; batch = (batch + 1) % batches) {
            Map<String, Double> ratios =
                    noisy.ratios(after, batch * BATCH, Math.min(noisy.count(), (batch + 1) * BATCH));
            boolean raised = false;
            for (Map.Entry<String, Double> layer : ratios.entrySet()) {
                if (layer.getValue() > ratio) {
                    raise(layer.getKey(), layer.getValue());
                    raised = true;
                }
            }
            quiet = raised ? 0 : quiet + 1;
            after = raised ? Converter.rated(ann, options, samples, thresholds(), before.rule() + ", adjusted") : after;
            progress.at(quiet, batches);
        }
        Map<String, Double> last = noisy.ratios(after, 0, noisy.count());
        List<Layer> layers = new ArrayList<>();
        for (Map.Entry<String, Integer> layer : raises.entrySet()) {
            String name = layer.getKey();
            layers.add(new Layer(
                    name,
                    first.get(name),
                    last.get(name),
                    before.thresholds().get(name),
                    after.thresholds().get(name),
                    layer.getValue()));
        }
        return new Outcome(before, after, layers, noisy.count(), ratio);
    }

    private void raise(String activation, double share) throws ConversionException {
        if (raises.merge(activation, 1, Integer::sum) > MOST_RAISES) {
            throw new ConversionException(String.format(
                    java.util.Locale.ROOT,
                    "node '%s' still fires for %.1f %% of its neurons where the activation is 0, though its threshold"
                            + " rose to %.0f times what it was; give more steps, or a higher noisy ratio than %s",
                    activation,
                    100 * share,
                    1 + STEP * MOST_RAISES,
                    ratio));
        }
    }

    private Map<String, Float> thresholds() {
        Map<String, Float> thresholds = new LinkedHashMap<>();
        before.thresholds()
                .forEach((name, threshold) ->
                        thresholds.put(name, (float) (threshold * (1 + STEP * raises.get(name)))));
        return thresholds;
    }
}
