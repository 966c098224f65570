package io.spikelet.host.report;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;

/**
 * Bytes, operations and energy for a program.
 *
 * @param json in the middle of an object
 */
public record CostJson(JsonGenerator json, int timeSteps) {

    public void payload(PayloadBytes payload) throws IOException {
        json.writeObjectFieldStart("payloadParts");
        for (PayloadBytes.Part part : payload.parts()) {
            json.writeNumberField(part.kind(), part.bytes());
        }
        json.writeEndObject();
    }

    public void costs(NetworkCosts costs) throws IOException {
        json.writeObjectFieldStart("costs");
        operations(costs.operations());
        json.writeNumberField("membraneUpdatesPerSample", costs.membraneUpdates());
        json.writeNumberField("membraneUpdatesPerStep", costs.membraneUpdates() / timeSteps);
        share("activationSparsity", costs.activationSparsity());
        share("connectionSparsity", costs.connectionSparsity());
        json.writeNumberField("parameterBytes", costs.parameterBytes());
        json.writeNumberField("stateBytes", costs.stateBytes());
        json.writeNumberField("footprintBytes", costs.footprint());
        json.writeEndObject();
    }

    /** A share of nothing is null. */
    private void share(String field, double value) throws IOException {
        json.writeFieldName(field);
        if (Double.isNaN(value)) {
            json.writeNull();
        } else {
            json.writeNumber(value);
        }
    }

    /** What each model estimates; {@code chosen} names the one that was asked for. */
    public void energy(EnergyModel chosen, NetworkCosts costs) throws IOException {
        json.writeObjectFieldStart("energyEstimate");
        json.writeStringField("chosen", chosen.word());
        for (EnergyModel model : EnergyModel.values()) {
            double sample = model.nanojoules(costs);
            json.writeObjectFieldStart(model.word());
            json.writeNumberField("nanojoulesPerSample", sample);
            json.writeNumberField("nanojoulesPerStep", sample / timeSteps);
            json.writeStringField("source", model.source());
            json.writeStringField("leavesOut", model.leavesOut());
            json.writeEndObject();
        }
        json.writeEndObject();
    }

    /** What a layer did, as fields of the object that is open. */
    public void activity(LayerActivity activity) throws IOException {
        if (activity.margin().isPresent()) {
            Margin margin = activity.margin().get();
            boolean isWeighted = activity.operations().isPresent();
            json.writeNumberField(isWeighted ? "accumulatorMaximumLsb" : "membraneMaximumLsb", margin.proved());
            json.writeNumberField(isWeighted ? "accumulatorObservedLsb" : "membraneObservedLsb", margin.observed());
            json.writeNumberField("provedBitsLeft", margin.provedBits());
            json.writeNumberField("observedBitsLeft", margin.observedBits());
        }
        if (activity.sparsity().isPresent()) {
            json.writeNumberField("activationSparsity", activity.sparsity().get());
        }
        if (activity.operations().isPresent()) {
            operations(activity.operations().get());
        }
    }

    /** Where a layer parts from float, as fields of the object that is open; nothing for a layer without membranes. */
    public void comparison(String layer, SpikeComparison comparison) throws IOException {
        SpikeJson spikes = new SpikeJson(json);
        for (SpikeAgreement agreement : comparison.layers()) {
            if (agreement.layer().equals(layer)) {
                spikes.agreement(agreement);
            }
        }
        if (comparison.noise().containsKey(layer)) {
            spikes.noise(comparison.noise().get(layer));
        }
    }

    private void operations(SynapticOperations operations) throws IOException {
        operations("PerSample", operations);
        operations("PerStep", operations.dividedBy(timeSteps));
    }

    private void operations(String denominator, SynapticOperations operations) throws IOException {
        json.writeNumberField("dense" + denominator, operations.dense());
        json.writeNumberField("effectiveAcs" + denominator, operations.accumulates());
        json.writeNumberField("effectiveMacs" + denominator, operations.multiplies());
        json.writeNumberField("events" + denominator, operations.events());
    }
}
