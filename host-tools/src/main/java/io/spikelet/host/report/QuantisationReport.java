package io.spikelet.host.report;

import io.spikelet.model.Discretisation;
import io.spikelet.model.Encoder;
import java.util.List;

/**
 * What quantising a graph cost in accuracy and what the network will cost to run.
 *
 * @param name the network's name
 * @param discretisation the rule by which time became steps
 * @param timeSteps T
 * @param encoder how a sample becomes input
 * @param payloadBytes the network in an image, without header and signature
 * @param layers in the order of computation
 * @param calibration the name of the samples that the figures below come from
 * @param floating what the float network answered
 * @param integer what the integer network answered
 * @param warnings what a person should know, one sentence each
 */
public record QuantisationReport(
        String name,
        Discretisation discretisation,
        int timeSteps,
        Encoder encoder,
        int payloadBytes,
        List<LayerReport> layers,
        String calibration,
        Evaluation floating,
        Evaluation integer,
        List<String> warnings) {
    public QuantisationReport {
        layers = List.copyOf(layers);
        warnings = List.copyOf(warnings);
    }

    /** Stored numbers of all layers. */
    public long parameters() {
        return layers.stream().mapToLong(LayerReport::parameters).sum();
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
