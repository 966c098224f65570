package io.spikelet.host.diff;

import io.spikelet.model.Inbound;
import io.spikelet.model.Layer;
import io.spikelet.model.SpikingNetwork;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The layers of a network by name; a name that comes again gets a number. */
record NamedLayers(SpikingNetwork network, Map<String, Integer> places) {

    static NamedLayers of(SpikingNetwork network) {
        Map<String, Integer> places = new LinkedHashMap<>();
        for (int i = 0; i < network.layers().size(); i++) {
            String name = network.layers().get(i).name();
            String unique = name;
            for (int k = 2; places.containsKey(unique); k++) {
                unique = name + " (" + k + ")";
            }
            places.put(unique, i);
        }
        return new NamedLayers(network, places);
    }

    /** The layer, or null. */
    Layer layer(String name) {
        Integer place = places.get(name);
        return place == null ? null : network.layers().get(place);
    }

    /** What a layer reads, in words. */
    String sources(Layer layer) {
        List<String> names = List.copyOf(places.keySet());
        StringBuilder words = new StringBuilder();
        for (Inbound edge : layer.inputs()) {
            words.append(words.isEmpty() ? "" : ", ")
                    .append(names.get(edge.source()))
                    .append(edge.delay() > 0 ? " (late)" : "");
        }
        return words.isEmpty() ? "nothing" : words.toString();
    }
}
