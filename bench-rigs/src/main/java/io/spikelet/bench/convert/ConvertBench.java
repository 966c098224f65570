package io.spikelet.bench.convert;

import io.spikelet.host.Progress;
import io.spikelet.host.convert.BurstNeurons;
import io.spikelet.host.convert.Conversion;
import io.spikelet.host.convert.ConvertOptions;
import io.spikelet.host.convert.MaximumPool;
import io.spikelet.host.convert.RateFidelity;
import io.spikelet.host.convert.ThresholdAdjustment;
import io.spikelet.host.convert.ThresholdRule;
import io.spikelet.host.graph.Graph;
import io.spikelet.host.report.Evaluation;
import io.spikelet.model.SpikingNetwork;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** The measurements, each with its control; rows as they come, claims at the end. */
final class ConvertBench {
    /** Samples on which pool sums are compared window by window. */
    private static final int POOL_SAMPLES = 20;

    /** The share of neurons firing without an activation that is tolerated, as in the paper. */
    private static final double NOISY = 0.1;
    /** Samples on which spikes are compared with activations, neuron by neuron. */
    private static final int FIDELITY_SAMPLES = 500;

    private final Trial trial;
    private final Graph relu;
    private final List<Integer> steps;
    private final double percentile;
    private final Function<String, Progress> progress;
    private final List<Row> rows = new ArrayList<>();
    private Row twin;
    private final List<Claim> claims = new ArrayList<>();

    /**
     * @param relu the network of plain ReLUs, which is every control
     * @param steps rising; promises are judged at the last
     * @param percentile of activations, for thresholds with and without data, 50..100
     * @param progress made for each piece of work from what it is
     */
    ConvertBench(Trial trial, Graph relu, List<Integer> steps, double percentile, Function<String, Progress> progress) {
        this.trial = trial;
        this.relu = relu;
        this.steps = steps;
        this.percentile = percentile;
        this.progress = progress;
    }

    List<Row> rows() {
        return rows;
    }

    List<Claim> claims() {
        return claims;
    }

    /** Trained ceilings against the largest activation of the twin that has none. */
    void ceilings(Graph clipped) throws Exception {
        Row ann = conventional("with trained ceilings", clipped);
        Row twin = twin();
        Row ours = null;
        Row control = null;
        for (int t : steps) {
            ours = spiking("trained ceilings", clipped, ConvertOptions.rate(t, new ThresholdRule.Ceiling()));
            control = spiking("largest activation (twin)", relu, ConvertOptions.rate(t, new ThresholdRule.Largest()));
        }
        claim("trained ceilings: at most 1 point below the network", ann.points() - ours.points(), 1);
        claims.add(new Claim(
                "control: the largest activation of the twin does worse",
                text("%.2f against %.2f %%, its own network %.2f %%", control.points(), ours.points(), twin.points()),
                control.points() < ours.points()));
    }

    /** Window sums of loss-free pools and, as a control, of pools that keep a plain maximum. */
    void pools() throws Exception {
        ConvertOptions options = ConvertOptions.rate(steps.getLast(), rule());
        PoolSums exact = sums(relu, options);
        PoolSums or = sums(relu, options.withPool(MaximumPool.OR));
        claims.add(new Claim(
                "loss-free pools: every window's sum is its largest input's",
                text("%d of %d windows differ", exact.differing(), exact.windows()),
                exact.differing() == 0 && exact.windows() > 0));
        claims.add(new Claim(
                "control: plain maxima of spikes give other sums",
                text("%d of %d windows differ", or.differing(), or.windows()),
                or.differing() > 0));
    }

    /** Spikes that are taken back and, as a control, bursts that stay; on the network with ceilings where there is one. */
    void calibration(Graph ann, ThresholdRule thresholds) throws Exception {
        int t = steps.getLast();
        ConvertOptions options = ConvertOptions.rate(t, thresholds);
        BurstNeurons chosen = BurstNeurons.calibrated(t);
        RateFidelity stay =
                faithful("bursts that stay", ann, options.withBursts(new BurstNeurons(BurstNeurons.PUBLISHED_MOST)));
        RateFidelity back = faithful("bursts taken back after T/2", ann, options.withBursts(chosen));
        claims.add(new Claim(
                "spikes taken back: fewer neurons fire whose activation is 0",
                text("%.3f against %.3f %%", 100 * back.silentThatFired(), 100 * stay.silentThatFired()),
                back.silentThatFired() < stay.silentThatFired()));
        claims.add(new Claim(
                "spikes taken back: a smaller output error",
                text("%.4g against %.4g mean squared", back.outputError(), stay.outputError()),
                back.outputError() < stay.outputError()));
    }

    private RateFidelity faithful(String name, Graph ann, ConvertOptions options) throws Exception {
        Conversion conversion = trial.converted(ann, options, progress.apply("looking at activations"));
        Row row = trial.spiking(name, conversion, progress.apply(name));
        RateFidelity fidelity =
                trial.fidelity(ann, conversion, FIDELITY_SAMPLES, progress.apply(name + ", beside activations"));
        rows.add(row.with(fidelity));
        return fidelity;
    }

    /** Thresholds from images that the network makes up against thresholds from samples. */
    void withoutData() throws Exception {
        ConvertOptions options = ConvertOptions.rate(steps.getLast(), rule());
        Row with = spiking(text("percentile %s of samples", percentile), relu, options);
        Row without = spiking(text("percentile %s, without data", percentile), relu, options.withoutData());
        claim("without data: at most 2 points below thresholds from samples", with.points() - without.points(), 2);
    }

    /** One spike a neuron and logarithmic weights; as a control the same of a network that was not trained for it. */
    void firstSpike(Graph trained, int window) throws Exception {
        ConvertOptions options = ConvertOptions.firstSpike(window, new ThresholdRule.Ceiling());
        Conversion conversion = trial.converted(trained, options, progress.apply("converting"));
        Evaluation floating = Evaluation.ofFloat(
                conversion.graph(),
                conversion.settings(),
                trial.test(),
                trial.threads(),
                progress.apply("single spikes in float"));
        Row reference = new Row("single spikes, float", 1, floating.accuracy(), Double.NaN);
        rows.add(reference);
        SpikingNetwork network = trial.integers(conversion);
        Row ours = trial.spiking("single spikes, 5-bit weights", conversion, progress.apply("single spikes"));
        rows.add(ours);
        Row ann = twin();
        Row control = spiking("single spikes, not trained for it", relu, ConvertOptions.firstSpike(window, rule()));
        claim("single spikes: at most 1.5 points below the ReLU twin", ann.points() - ours.points(), 1.5);
        claim("single spikes: at most 1.5 points below their float network", reference.points() - ours.points(), 1.5);
        int most = SpikeCounts.mostOfAnyNeuron(network, trial.test(), POOL_SAMPLES);
        claims.add(new Claim("single spikes: no neuron fires twice", text("%d spikes at most", most), most == 1));
        claims.add(new Claim(
                "control: a network that was not trained for it loses more",
                text("%.2f against %.2f points", ann.points() - control.points(), ann.points() - ours.points()),
                control.points() < ours.points()));
    }

    /**
     * Thresholds so low that many neurons fire whose activation is 0, before and after they are raised.
     *
     * @param few time steps, in which what comes first decides most
     * @param low the percentile that thresholds begin with
     */
    void adjusted(int few, double low) throws Exception {
        ConvertOptions options = ConvertOptions.rate(few, new ThresholdRule.Percentile(low / 100));
        Conversion before = trial.converted(relu, options, progress.apply("looking at activations"));
        ThresholdAdjustment.Outcome outcome = ThresholdAdjustment.of(
                relu, options, trial.calibration(), before, NOISY, progress.apply("adjusting thresholds"));
        String name = text("percentile %s", low);
        Row first = trial.spiking(name, before, progress.apply(name));
        Row last = trial.spiking(name + ", adjusted", outcome.after(), progress.apply(name + ", adjusted"));
        rows.add(first);
        rows.add(last);
        StringBuilder found = new StringBuilder();
        boolean all = true;
        int began = 0;
        for (ThresholdAdjustment.Layer layer : outcome.layers()) {
            if (layer.noisyBefore() > NOISY) {
                began++;
                all &= layer.noisyAfter() < NOISY;
            }
            found.append(text(
                    "%s%s %.1f to %.1f %% (threshold +%d %%)",
                    found.isEmpty() ? "" : ", ",
                    layer.activation(),
                    100 * layer.noisyBefore(),
                    100 * layer.noisyAfter(),
                    layer.raises()));
        }
        claims.add(new Claim(
                "adjusted thresholds: layers of more than 10 % noisy neurons have fewer",
                found.toString(), all && began > 0));
        claims.add(new Claim(
                "adjusted thresholds: no accuracy lost",
                text("%.2f before, %.2f %% after", first.points(), last.points()),
                last.points() >= first.points()));
    }

    ThresholdRule rule() {
        return new ThresholdRule.Percentile(percentile / 100);
    }

    private PoolSums sums(Graph ann, ConvertOptions options) throws Exception {
        Conversion conversion = trial.converted(ann, options, progress.apply("looking at activations"));
        return PoolSums.of(trial.integers(conversion), trial.test(), POOL_SAMPLES);
    }

    /** The network without ceilings, which several measurements look back to; run once. */
    private Row twin() {
        if (twin == null) {
            twin = conventional("ReLU twin", relu);
        }
        return twin;
    }

    private Row conventional(String name, Graph ann) {
        Row row = trial.conventional(name, ann, progress.apply(name));
        rows.add(row);
        return row;
    }

    private Row spiking(String name, Graph ann, ConvertOptions options) throws Exception {
        Conversion conversion = trial.converted(ann, options, progress.apply("looking at activations"));
        Row row = trial.spiking(name, conversion, progress.apply(name + ", " + options.steps() + " steps"));
        rows.add(row);
        return row;
    }

    private void claim(String promise, double loss, double most) {
        claims.add(new Claim(promise, text("%.2f points", loss), loss <= most));
    }

    private static String text(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
