package io.spikelet.host.report;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.Locale;

/**
 * Spikes and membranes of one layer against float, for a program.
 *
 * @param json in the middle of a layer's object
 */
record SpikeJson(JsonGenerator json) {

    void agreement(SpikeAgreement spikes) throws IOException {
        json.writeNumberField("floatRate", spikes.floatRate());
        json.writeNumberField("integerRate", spikes.integerRate());
        json.writeNumberField("spikesThatDiffer", spikes.differing());
        json.writeNumberField("agreement", spikes.agreement());
        json.writeNumberField("spikesInCommon", spikes.spikesInCommon());
        if (spikes.first().isPresent()) {
            divergence(spikes.first().get());
        }
    }

    private void divergence(SpikeAgreement.Divergence first) throws IOException {
        json.writeObjectFieldStart("firstDivergence");
        json.writeNumberField("sample", first.sample());
        json.writeNumberField("step", first.step());
        json.writeNumberField("neuron", first.neuron());
        json.writeStringField("fired", first.floatFired() ? "float" : "integer");
        json.writeNumberField("floatMembrane", first.floatMembrane());
        json.writeNumberField("floatThreshold", first.floatThreshold());
        json.writeNumberField("integerMembrane", first.integerMembrane());
        json.writeNumberField("threshold", first.integerThreshold());
        if (first.cause() != null) {
            json.writeStringField("cause", first.cause().kind().name().toLowerCase(Locale.ROOT));
            if (!first.cause().upstream().isEmpty()) {
                json.writeStringField("causeLayer", first.cause().upstream());
            }
        }
        json.writeEndObject();
    }

    void noise(MembraneNoise noise) throws IOException {
        ratio("membraneNoiseOwn", noise.own());
        ratio("membraneNoise", noise.whole());
    }

    /** Decibels that no number can say, of nothing but noise or of none, are null. */
    private void ratio(String field, MembraneNoise.Ratio ratio) throws IOException {
        json.writeObjectFieldStart(field);
        json.writeFieldName("decibels");
        if (Double.isFinite(ratio.decibels())) {
            json.writeNumber(ratio.decibels());
        } else {
            json.writeNull();
        }
        json.writeNumberField("signal", ratio.signal());
        json.writeNumberField("noise", ratio.noise());
        json.writeNumberField("values", ratio.values());
        json.writeEndObject();
    }
}
