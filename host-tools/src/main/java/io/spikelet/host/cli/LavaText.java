package io.spikelet.host.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import io.spikelet.host.lava.LavaBlock;
import io.spikelet.host.lava.LavaNet;
import java.io.IOException;
import java.util.Arrays;

/** A lava-dl network for a person, or as JSON. */
final class LavaText {
    private LavaText() {}

    static String table(LavaNet net) {
        StringBuilder text = new StringBuilder(net.name() + ": " + net.blocks().size() + " blocks, " + net.weights()
                + " weights, integers; takes spikes of " + net.input() + "\n\n");
        text.append(String.format(
                "  %-10s %-8s %-10s %10s  %-9s %-9s %-9s %s%n",
                "layer", "kind", "output", "weights", "iDecay", "vDecay", "vThMant", "steps late"));
        for (LavaBlock block : net.blocks()) {
            text.append(
                    switch (block) {
                        case LavaBlock.Weighted weighted ->
                            String.format(
                                    "  %-10s %-8s %-10s %10d  %-9s %-9s %-9s %s%n",
                                    block.place(),
                                    block.kind(),
                                    block.shape(),
                                    weighted.synapse().weights().length,
                                    range(weighted.neuron().currentDecay()),
                                    range(weighted.neuron().voltageDecay()),
                                    range(weighted.neuron().threshold()),
                                    range(weighted.delay()));
                        case LavaBlock.Input _ ->
                            String.format("  %-10s %-8s %-10s %51s%n", block.place(), block.kind(), block.shape(), "1");
                        case LavaBlock.Flatten _, LavaBlock.Average _ ->
                            String.format("  %-10s %-8s %s%n", block.place(), block.kind(), block.shape());
                    });
        }
        return text.toString().stripTrailing();
    }

    static String json(LavaNet net) {
        return Json.object(json -> {
            json.writeStringField("name", net.name());
            json.writeStringField("sha256", net.digest());
            json.writeStringField("input", net.input().toString());
            json.writeNumberField("weights", net.weights());
            json.writeArrayFieldStart("blocks");
            for (LavaBlock block : net.blocks()) {
                json.writeStartObject();
                json.writeStringField("name", block.place());
                json.writeStringField("kind", block.kind());
                json.writeStringField("output", block.shape().toString());
                if (block instanceof LavaBlock.Weighted weighted) {
                    json.writeNumberField("weights", weighted.synapse().weights().length);
                    write(json, "iDecay", weighted.neuron().currentDecay());
                    write(json, "vDecay", weighted.neuron().voltageDecay());
                    write(json, "vThMant", weighted.neuron().threshold());
                    write(json, "bias", weighted.neuron().bias());
                    write(json, "steps_late", weighted.delay());
                }
                json.writeEndObject();
            }
            json.writeEndArray();
        });
    }

    private static void write(JsonGenerator json, String name, int[] values) throws IOException {
        json.writeFieldName(name);
        json.writeArray(values, 0, values.length);
    }

    /** One value, or the least and the greatest. */
    private static String range(int[] values) {
        int least = Arrays.stream(values).min().orElse(0);
        int most = Arrays.stream(values).max().orElse(0);
        return least == most ? Integer.toString(least) : least + ".." + most;
    }
}
