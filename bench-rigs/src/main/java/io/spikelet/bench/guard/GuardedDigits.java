package io.spikelet.bench.guard;

import io.spikelet.adapt.AdaptationEvent;
import io.spikelet.adapt.AdaptationEvent.Kind;
import io.spikelet.adapt.AdaptationReport;
import io.spikelet.adapt.AdaptationService;
import io.spikelet.adapt.AdaptationSettings;
import io.spikelet.engine.Classifier;
import io.spikelet.engine.Inference;
import io.spikelet.engine.Kernels;
import io.spikelet.host.data.SampleSet;
import io.spikelet.host.graph.Profile;
import io.spikelet.host.nir.NirImporter;
import io.spikelet.host.quantise.QuantiseOptions;
import io.spikelet.host.quantise.Quantiser;
import io.spikelet.host.report.InferenceSettings;
import io.spikelet.model.Encoder;
import io.spikelet.model.MalformedDataException;
import io.spikelet.model.Readout;
import io.spikelet.model.SpikingNetwork;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * The bundled digits, their network and the service: the first 200 test samples guard, the other 300 judge, and neither
 * is ever learned; the replay memory begins with the trained samples.
 */
public final class GuardedDigits {
    /** Two points of accuracy on the guard set. */
    public static final int MARGIN = 200;

    /** Of 300 samples that judge, two points are chance. */
    private static final double CHANCE = 0.02;

    private static final int GUARD_SAMPLES = 200;
    private static final float LEARNING_RATE = 0x1p-8f;

    private final SampleSet train;
    private final SampleSet calibration;
    private final SampleSet test;
    private final SpikingNetwork network;

    /** @param zoo the folder {@code bench-rigs/zoo} */
    public GuardedDigits(Path zoo) throws Exception {
        Path digits = zoo.resolve("data/digits.h5");
        train = SampleSet.read(digits, "train");
        calibration = SampleSet.read(digits, "calibration");
        test = SampleSet.read(digits, "test");
        network = network(zoo, train);
    }

    /**
     * The bundled network of digits, quantised so that the dense layers behind its convolutions learn.
     *
     * @param zoo the folder {@code bench-rigs/zoo}
     * @param train gives classes and full scale
     */
    public static SpikingNetwork network(Path zoo, SampleSet train) throws Exception {
        return Quantiser.convert(
                NirImporter.read(zoo.resolve("models/digits-conv.nir")),
                QuantiseOptions.of(
                                "digits-conv",
                                new InferenceSettings(
                                        Profile.SNNTORCH,
                                        Profile.DEFAULT_DT,
                                        4,
                                        Encoder.DIRECT,
                                        new Readout(train.classes(), 5)),
                                train.fullScale())
                        .withLearning(LEARNING_RATE, 1));
    }

    /** Samples that neither guard nor judge nor teach. */
    public SampleSet calibration() {
        return calibration;
    }

    /** A service that was given nothing: its guard set is what it takes from the stream. */
    AdaptationService alone() throws Exception {
        return AdaptationService.load(network, AdaptationSettings.DEFAULT.with("margin", MARGIN), Kernels.BEST);
    }

    /** A service that has its guard set and its past. */
    public AdaptationService service() throws Exception {
        AdaptationService service =
                AdaptationService.load(network, AdaptationSettings.DEFAULT.with("margin", MARGIN), Kernels.BEST);
        for (int i = 0; i < GUARD_SAMPLES; i++) {
            service.guard(test.samples(), test.offset(i), test.label(i));
        }
        service.guardChanged();
        for (int i = 0; i < train.count(); i++) {
            service.remember(train.samples(), train.offset(i), train.label(i));
        }
        service.beginEpoch();
        return service;
    }

    /**
     * What a stream came to; shares of the judging samples.
     *
     * @param guarded whether a host gave it a guard set and its past
     * @param image the image's own weights
     * @param served the model that serves in the end
     * @param candidate the one that learns
     * @param plain a model that learned the stream without the service
     * @param events the last of the service
     * @param kinds of all its events
     */
    public record Outcome(
            LabelStream stream,
            boolean guarded,
            double image,
            double served,
            double candidate,
            double plain,
            AdaptationReport report,
            List<AdaptationEvent> events,
            Set<Kind> kinds) {

        /** Whether the served model keeps to the margin on the guard set; a set that never judged leaves the image to serve. */
        public boolean isWithinMargin() {
            return report.servedAccuracy() >= report.imageAccuracy() - MARGIN;
        }

        /** What does not hold: on the guard set, on the samples that judge, and of what the telemetry should tell. */
        public List<String> broken() {
            List<String> broken = new ArrayList<>();
            if (!isWithinMargin()) {
                broken.add("served model below the margin on the guard set");
            }
            if (served < image - MARGIN / 10_000.0 - CHANCE) {
                broken.add("served model below margin and chance on samples that nobody guards");
            }
            if (stream.expected(guarded).stream().noneMatch(kinds::contains)) {
                broken.add("no event of " + stream.expected(guarded) + " in the telemetry");
            }
            return broken;
        }
    }

    /** Teaches a stream. The judging samples are of the sensor as the stream has it. */
    public Outcome run(LabelStream stream, int samples) throws Exception {
        return run(stream, samples, true);
    }

    /** @param guarded whether a host gave the service a guard set and its past */
    public Outcome run(LabelStream stream, int samples, boolean guarded) throws Exception {
        AdaptationService service = guarded ? service() : alone();
        stream.teach(service::learn, train, samples);
        SampleSet judging = stream == LabelStream.REMOUNTED ? LabelStream.SHIFT.apply(test) : test;
        Set<Kind> kinds = EnumSet.noneOf(Kind.class);
        for (Kind kind : Kind.values()) {
            if (service.count(kind) > 0) {
                kinds.add(kind);
            }
        }
        return new Outcome(
                stream,
                guarded,
                accuracy(network, judging),
                accuracy(service.servedNetwork(), judging),
                accuracy(service.candidateNetwork(), judging),
                accuracy(plain(stream, samples), judging),
                service.report(),
                service.lastEvents(32),
                kinds);
    }

    /** Without guard, balance, replay or refusal: what the learner alone makes of it. */
    private SpikingNetwork plain(LabelStream stream, int samples) throws Exception {
        PlainLearning learning = new PlainLearning(network);
        stream.teach(learning::learn, train, samples);
        return learning.learned();
    }

    private static double accuracy(SpikingNetwork model, SampleSet set) throws MalformedDataException {
        Classifier classifier = Classifier.load(model);
        Inference answer = Inference.forNetwork(model);
        int right = 0;
        for (int i = GUARD_SAMPLES; i < set.count(); i++) {
            classifier.infer(set.samples(), set.offset(i), answer);
            right += answer.predicted() == set.label(i) ? 1 : 0;
        }
        return (double) right / (set.count() - GUARD_SAMPLES);
    }
}
