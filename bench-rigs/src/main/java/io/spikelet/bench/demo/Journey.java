package io.spikelet.bench.demo;

import io.spikelet.engine.Classifier;
import io.spikelet.host.cli.ProgressLine;
import io.spikelet.host.data.SampleSet;
import io.spikelet.host.graph.Graph;
import io.spikelet.host.graph.Profile;
import io.spikelet.host.link.BoardClient;
import io.spikelet.host.nir.NirImporter;
import io.spikelet.host.quantise.QuantiseOptions;
import io.spikelet.host.quantise.QuantisedModel;
import io.spikelet.host.quantise.Quantiser;
import io.spikelet.host.quantise.SelfTestSamples;
import io.spikelet.host.report.Evaluation;
import io.spikelet.host.report.InferenceSettings;
import io.spikelet.model.Encoder;
import io.spikelet.model.NetworkCodec;
import io.spikelet.model.Readout;
import io.spikelet.model.SpikingNetwork;
import io.spikelet.model.container.ModelImage;
import io.spikelet.model.container.Version;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/** The whole journey: a trained network goes in, a learning board comes out. */
final class Journey {
    private static final int TIME_STEPS = 4;
    private static final float LEARNING_RATE = 1 / 128f;
    private static final float LOGIT_GAIN = 0.5f;
    private static final SensorShift SHIFT = new SensorShift(25, 0.7);
    private static final int PICTURES = 10;

    private final Path zoo;
    private final Path home;
    private final Path folder;
    private final int samples;
    private final Steps steps;

    Journey(Path home, Path folder, int samples, Steps steps) {
        this.home = home;
        this.zoo = home.resolve("bench-rigs/zoo");
        this.folder = folder;
        this.samples = samples;
        this.steps = steps;
    }

    JourneyResult run() throws Exception {
        Path data = zoo.resolve("data/digits.h5");
        SampleSet calibration = SampleSet.read(data, "calibration");
        SampleSet all = SampleSet.read(data, "test");
        SampleSet test = samples < all.count() ? all.first(samples) : all;

        steps.begin("import digits-conv.nir, a network trained in PyTorch");
        Graph graph = NirImporter.read(zoo.resolve("models/digits-conv.nir"));
        InferenceSettings settings = new InferenceSettings(
                Profile.SNNTORCH, Profile.DEFAULT_DT, TIME_STEPS, Encoder.DIRECT, new Readout(10, 5));
        Evaluation floating = Evaluation.ofFloat(graph, settings, test, progress("float reference")::at);
        steps.tell("float accuracy on %d test scans: %s", test.count(), floating.accuracy());

        steps.begin("quantise to int8, prove every bound");
        QuantiseOptions options = QuantiseOptions.of("digits-conv", settings, calibration.fullScale())
                .withSecurityCounter(1);
        QuantisedModel first =
                Quantiser.quantise(graph, options, calibration, progress("running float and integer")::at);
        QuantisedModel second = Quantiser.quantise(
                graph,
                options.withSecurityCounter(2).withLearning(LEARNING_RATE, LOGIT_GAIN),
                calibration,
                progress("running float and integer")::at);

        steps.begin("make keys, start a broker, lay a serial cable, switch a board on");
        try (Bench bench = Bench.set(home, folder);
                TelemetryWatch telemetry = bench.telemetry()) {
            steps.tell("%s", bench.places());
            ModelImage firstImage = image(bench, first, "1.0.0");
            ModelImage secondImage = image(bench, second, "1.1.0");
            bench.provisionBoard();
            FlashChapter flash = new FlashChapter(bench, steps);
            FlashChapter.PulledPlug plug = flash.overSerialWithAPulledPlug(firstImage);
            Classifier host = Classifier.load(second.network());
            steps.begin("run the test split on the board, over serial");
            Comparison before;
            try (BoardClient board = bench.overSerial()) {
                before = Comparison.of(
                        Classifier.load(first.network()),
                        test,
                        board.infer(test.samples(), test.count(), test.labels()));
            }
            steps.tell(
                    "board %s; %d of %d samples differ from the host's prediction",
                    before.board(), before.disagreeing(), test.count());
            String refusal = flash.secondVersionOverMqtt(secondImage, firstImage);
            AdaptChapter adapt = new AdaptChapter(bench, steps, host, SHIFT, calibration, test);
            adapt.run(second.network());
            steps.begin("the board's telemetry, as a collector sees it");
            telemetry.values().forEach((name, value) -> steps.tell("%-32s %s", name, value));
            SampleSet changed = adapt.shiftedTest();
            Evaluation floatShifted = Evaluation.ofFloat(graph, settings, changed, progress("float reference")::at);
            return new JourneyResult(
                    first.report(),
                    floating.accuracy(),
                    floatShifted.accuracy(),
                    before,
                    adapt.shifted(),
                    adapt.learned(),
                    adapt.control(),
                    adapt.originalAfterLearning(),
                    SHIFT,
                    calibration.count() + " labelled samples, " + AdaptChapter.PASSES + " passes",
                    secondImage.size(),
                    plug,
                    refusal,
                    adapt.pulledEqualsTwin(),
                    telemetry.values(),
                    telemetry.births(),
                    telemetry.data(),
                    pictures(test, changed),
                    steps.seconds());
        }
    }

    private ProgressLine progress(String what) {
        return steps.progress(what);
    }

    private static ModelImage image(Bench bench, QuantisedModel model, String version) throws Exception {
        SpikingNetwork tested = SelfTestSamples.record(model.network(), Optional.empty(), SelfTestSamples.USUAL_COUNT);
        ModelImage image = ModelImage.unsigned(NetworkCodec.encode(tested), Version.parse(version))
                .sign(bench.key());
        Files.write(bench.folder().resolve("digits-conv-" + version + ".img"), image.bytes());
        return image;
    }

    private static JourneyResult.Pictures pictures(SampleSet original, SampleSet changed) {
        int[] shape = original.sampleShape();
        int bytes = PICTURES * original.sampleBytes();
        return new JourneyResult.Pictures(
                Arrays.copyOf(original.samples(), bytes),
                Arrays.copyOf(changed.samples(), bytes),
                PICTURES,
                shape[shape.length - 2],
                shape[shape.length - 1],
                original.fullScale());
    }
}
