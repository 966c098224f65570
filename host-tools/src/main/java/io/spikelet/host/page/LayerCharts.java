package io.spikelet.host.page;

import io.spikelet.host.report.LayerActivity;
import io.spikelet.host.report.MembraneNoise;
import io.spikelet.host.report.PayloadBytes;
import io.spikelet.host.report.SpikeAgreement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/** Charts with a bar or more for each layer, or for each kind of bytes. */
final class LayerCharts {
    private LayerCharts() {}

    static Chart rates(List<SpikeAgreement> layers) {
        List<String> names = layers.stream().map(SpikeAgreement::layer).toList();
        return bars(
                "rates",
                "Firing rates",
                "Spikes a neuron and step, each network on its own spikes.",
                "layer",
                "rate",
                "%.4f",
                names,
                new Chart.Series(
                        "float",
                        Chart.Role.FLOAT,
                        layers.stream().map(SpikeAgreement::floatRate).toList()),
                new Chart.Series(
                        "integers",
                        Chart.Role.BOARD,
                        layers.stream().map(SpikeAgreement::integerRate).toList()));
    }

    static Chart noise(Map<String, MembraneNoise> noise) {
        List<String> names = List.copyOf(noise.keySet());
        return bars(
                "noise",
                "Signal to noise of membranes",
                "Float membranes against integer ones before the compare, in decibels; higher is better. Of its own:"
                        + " on the same spikes. With all before: each network on its own spikes. No bar: exact, or"
                        + " silent.",
                "layer",
                "dB",
                "%.1f",
                names,
                new Chart.Series("of its own", Chart.Role.BOARD, decibels(noise, MembraneNoise::own)),
                new Chart.Series("with all before", Chart.Role.FLOAT, decibels(noise, MembraneNoise::whole)));
    }

    private static List<Double> decibels(
            Map<String, MembraneNoise> noise, Function<MembraneNoise, MembraneNoise.Ratio> which) {
        return noise.values().stream()
                .map(one -> which.apply(one).decibels())
                .map(value -> Double.isFinite(value) ? value : Double.NaN)
                .toList();
    }

    static Chart operations(List<LayerActivity> layers) {
        List<String> names = new ArrayList<>();
        List<Double> accumulates = new ArrayList<>();
        List<Double> multiplies = new ArrayList<>();
        for (LayerActivity layer : layers) {
            layer.operations().ifPresent(operations -> {
                names.add(layer.layer());
                accumulates.add(operations.accumulates());
                multiplies.add(operations.multiplies());
            });
        }
        return bars(
                "operations",
                "Operations a sample",
                "Effective accumulates (inputs −1, 0 or 1) and multiply-accumulates (any other input), by NeuroBench's"
                        + " definitions.",
                "layer",
                "operations",
                "%.0f",
                names,
                new Chart.Series("ACs", Chart.Role.BOARD, accumulates),
                new Chart.Series("MACs", Chart.Role.CONTROL, multiplies));
    }

    static Chart bits(List<LayerActivity> layers) {
        List<LayerActivity> bounded =
                layers.stream().filter(layer -> layer.margin().isPresent()).toList();
        return bars(
                "bits",
                "Bits left before 32-bit integers overflow",
                "Accumulators and membranes against 2^31: by the proof, for every input; and on these samples.",
                "layer",
                "bits",
                "%.1f",
                bounded.stream().map(LayerActivity::layer).toList(),
                new Chart.Series(
                        "proved",
                        Chart.Role.BOARD,
                        bounded.stream()
                                .map(layer -> layer.margin().orElseThrow().provedBits())
                                .toList()),
                new Chart.Series(
                        "observed",
                        Chart.Role.FLOAT,
                        bounded.stream()
                                .map(layer -> layer.margin().orElseThrow().observedBits())
                                .toList()));
    }

    static Chart bytes(PayloadBytes payload) {
        return bars(
                "bytes",
                "Bytes of the payload",
                "What the image's payload is for; the parts add up to " + payload.total() + " bytes.",
                "kind",
                "bytes",
                "%.0f",
                payload.parts().stream().map(PayloadBytes.Part::kind).toList(),
                new Chart.Series(
                        "bytes",
                        Chart.Role.BOARD,
                        payload.parts().stream()
                                .map(part -> (double) part.bytes())
                                .toList()));
    }

    private static Chart bars(
            String id,
            String title,
            String caption,
            String across,
            String up,
            String format,
            List<String> names,
            Chart.Series... series) {
        return new Chart(
                id,
                Chart.Kind.BARS,
                title,
                caption,
                "Bar chart of " + title.toLowerCase(Locale.ROOT) + " by " + across + ".",
                across,
                up,
                Double.NaN,
                format,
                names,
                names,
                List.of(series));
    }
}
