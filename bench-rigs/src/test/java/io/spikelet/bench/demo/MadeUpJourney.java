package io.spikelet.bench.demo;

import io.spikelet.host.link.Inferences;
import io.spikelet.host.report.Accuracy;
import io.spikelet.host.report.DivergenceCause;
import io.spikelet.host.report.EnergyModel;
import io.spikelet.host.report.Evaluation;
import io.spikelet.host.report.LayerActivity;
import io.spikelet.host.report.LayerReport;
import io.spikelet.host.report.Margin;
import io.spikelet.host.report.NetworkCosts;
import io.spikelet.host.report.PayloadBytes;
import io.spikelet.host.report.QuantisationReport;
import io.spikelet.host.report.SpikeAgreement;
import io.spikelet.host.report.SynapticOperations;
import io.spikelet.model.Discretisation;
import io.spikelet.model.Encoder;
import io.spikelet.model.Shape;
import io.spikelet.model.WeightKind;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A small journey with figures that no other place of the page shows by chance. */
final class MadeUpJourney {
    static final String HOSTILE = "</script><img src=x onerror=alert(1)>\"'&{{tiles}}$1";

    private MadeUpJourney() {}

    static JourneyResult succeeding() {
        return of(0, "lif", Map.of("Inference/Accuracy", "0.9731"));
    }

    /** One sample differs. */
    static JourneyResult failing() {
        return of(1, "lif", Map.of());
    }

    /** @param layer also the name of the network, its samples and a metric */
    static JourneyResult named(String layer) {
        return of(0, layer, Map.of(layer, "not available: " + layer));
    }

    private static JourneyResult of(int disagreeing, String name, Map<String, String> telemetry) {
        return new JourneyResult(
                quantisation(name),
                new Accuracy(39, 40),
                new Accuracy(23, 40),
                comparison(39, disagreeing),
                comparison(21, 0),
                new LearningRun("true labels", List.of(0.525, 0.85), List.of(0.7), comparison(34, 0)),
                new LearningRun("shuffled labels", List.of(0.525, 0.125), List.of(0.1), comparison(5, 0)),
                comparison(31, 0),
                new SensorShift(17.5, 0.65),
                "12 labelled samples, 1 passes",
                43_219,
                new FlashChapter.PulledPlug(20_317, 24_389),
                "the board refused: " + name,
                true,
                telemetry,
                3,
                17,
                new JourneyResult.Pictures(new byte[] {0, 4, 8, 16}, new byte[] {16, 8, 4, 0}, 1, 2, 2, 16),
                6.4);
    }

    private static Comparison comparison(int correct, int disagreeing) {
        int count = 40;
        long[] nanos = new long[count];
        long[] spikes = new long[count];
        long[] operations = new long[count];
        for (int i = 0; i < count; i++) {
            nanos[i] = 127_000 + 1000L * i;
            spikes[i] = 3000 + i;
            operations[i] = 56_789;
        }
        Accuracy accuracy = new Accuracy(correct, count);
        return new Comparison(
                accuracy,
                accuracy,
                disagreeing,
                new Inferences(
                        new int[count],
                        new int[count][2],
                        new byte[count][1],
                        spikes,
                        operations,
                        nanos,
                        new long[count]));
    }

    private static QuantisationReport quantisation(String name) {
        Evaluation evaluation = new Evaluation(new Accuracy(39, 40), new int[40], 3000, 56_789);
        SpikeAgreement spikes = new SpikeAgreement(
                name,
                1000,
                120,
                121,
                119,
                Optional.of(new SpikeAgreement.Divergence(
                        6, 2, 9, true, 1.03125, 1, 0.96875, 1, new DivergenceCause(DivergenceCause.Kind.WEIGHTS, ""))));
        LayerReport weights = new LayerReport(
                "dense",
                "dense",
                Shape.vector(5),
                4321,
                4400,
                Optional.of(new LayerReport.Weights(WeightKind.INT8, 0.00123f, 0.00456f, 0.0789)),
                Optional.empty(),
                Optional.empty(),
                new LayerActivity(
                        "dense",
                        Optional.of(new Margin(1L << 20, 1L << 19)),
                        Optional.of(new SynapticOperations(9000, 50_000, 6000, 56_789)),
                        Optional.empty()));
        LayerReport neurons = new LayerReport(
                name,
                "neurons",
                Shape.vector(5),
                10,
                40,
                Optional.empty(),
                Optional.of(new LayerReport.Neurons(1_048_461, 1e-6, 1e-5, 1e-6, spikes)),
                Optional.empty(),
                new LayerActivity(
                        name, Optional.of(new Margin(1L << 27, 1L << 25)), Optional.empty(), Optional.of(0.88)));
        return new QuantisationReport(
                name,
                new Discretisation("snntorch", 1e-4),
                7,
                Encoder.DIRECT,
                new PayloadBytes(List.of(new PayloadBytes.Part("int8 weights", 41_234))),
                List.of(weights, neurons),
                name,
                evaluation,
                evaluation,
                new NetworkCosts(new SynapticOperations(9000, 50_000, 6000, 56_789), 35, 0.88, 0.01, 40_000, 140),
                EnergyModel.CMOS_45NM,
                Optional.empty(),
                Optional.empty(),
                List.of("a warning about " + name));
    }
}
