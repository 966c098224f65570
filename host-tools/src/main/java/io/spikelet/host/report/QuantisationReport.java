package io.spikelet.host.report;

import io.spikelet.model.Discretisation;
import io.spikelet.model.Encoder;
import java.util.List;
import java.util.Optional;

/**
 * What quantising a graph cost in accuracy and what the network will cost to run.
 *
 * @param name the network's name
 * @param discretisation the rule by which time became steps
 * @param timeSteps T
 * @param encoder how a sample becomes input
 * @param payload the bytes of the network in an image, without header and signature
 * @param layers in the order of computation
 * @param calibration the name of the samples that the figures below come from
 * @param floating what the float network answered
 * @param integer what the integer network answered
 * @param costs of the integer network on these samples
 * @param energyModel by which energy is estimated
 * @param advice other kinds of weights, where they were tried
 * @param plan how the kinds of weights were chosen, where a budget asked for it
 * @param warnings what a person should know, one sentence each
 */
public record QuantisationReport(
        String name,
        Discretisation discretisation,
        int timeSteps,
        Encoder encoder,
        PayloadBytes payload,
        List<LayerReport> layers,
        String calibration,
        Evaluation floating,
        Evaluation integer,
        NetworkCosts costs,
        EnergyModel energyModel,
        Optional<Advice> advice,
        Optional<MixedPlan> plan,
        List<String> warnings) {
    public QuantisationReport {
        layers = List.copyOf(layers);
        warnings = List.copyOf(warnings);
    }

    /** Stored numbers of all layers. */
    public long parameters() {
        return layers.stream().mapToLong(LayerReport::parameters).sum();
    }

    /** Bytes of the network in an image, without header and signature. */
    public long payloadBytes() {
        return payload.total();
    }

    /** The first spike of all layers that differs, where any does. */
    public Optional<LayerReport> firstDivergence() {
        LayerReport first = null;
        for (LayerReport layer : layers) {
            boolean differs =
                    layer.neurons().flatMap(neurons -> neurons.spikes().first()).isPresent();
            if (differs && (first == null || divergence(layer).isBefore(divergence(first)))) {
                first = layer;
            }
        }
        return Optional.ofNullable(first);
    }

    private static SpikeAgreement.Divergence divergence(LayerReport layer) {
        return layer.neurons().orElseThrow().spikes().first().orElseThrow();
    }

    /** The same with energy estimated by another model. */
    public QuantisationReport withEnergyModel(EnergyModel model) {
        return with(model, advice, plan);
    }

    /** The same with what was tried and chosen before. */
    public QuantisationReport withChoice(Optional<Advice> tried, Optional<MixedPlan> chosen) {
        return with(energyModel, tried, chosen);
    }

    private QuantisationReport with(EnergyModel model, Optional<Advice> tried, Optional<MixedPlan> chosen) {
        return new QuantisationReport(
                name,
                discretisation,
                timeSteps,
                encoder,
                payload,
                layers,
                calibration,
                floating,
                integer,
                costs,
                model,
                tried,
                chosen,
                warnings);
    }

    /** A page of aligned columns, units in the headings. */
    public String toText() {
        return ReportText.of(this);
    }

    /** One JSON object with the same figures, unrounded. */
    public String toJson() {
        return ReportJson.of(this);
    }
}
