package io.spikelet.host.quantise;

import io.spikelet.host.graph.Node;
import io.spikelet.model.Inbound;
import io.spikelet.model.Shape;
import java.util.List;

/**
 * Which nodes become layers, in which order, fed by which. Refuses what the integer network has no layer for.
 *
 * @param places in the order of computation; a layer's index is its place
 */
record Topology(List<Place> places) {

    /**
     * One layer.
     *
     * @param fedBack for each edge into it whether it carries the step before
     */
    record Place(String name, Part part, Shape shape, List<Inbound> inputs, List<Boolean> fedBack) {
        /** The node, where one has this layer to itself; else null. */
        Node node() {
            return part instanceof Part.OfNode of ? of.node() : null;
        }

        boolean hasMembranes() {
            return part instanceof Part.Potential
                    || part instanceof Part.OfNode of
                            && (of.node().fires() || of.node().integrates());
        }

        /** Whether it gives membranes, for a readout. */
        boolean givesPotentials() {
            return part instanceof Part.Potential
                    || part instanceof Part.OfNode of && of.node().integrates();
        }

        /** Whether its last edge is a gate, which drives nothing. */
        boolean isGated() {
            return node() instanceof Node.TwoBranch neuron && neuron.attention() != null;
        }

        boolean isLinear() {
            return node() instanceof Node.Affine || node() instanceof Node.Conv2d;
        }

        boolean isPool() {
            return node() instanceof Node.Pool2d || part instanceof Part.Or;
        }
    }

    Topology {
        places = List.copyOf(places);
    }

    void verify() throws QuantiseException {
        for (Place place : places) {
            verifyReaders(place);
            if (place.part() instanceof Part.Sum) {
                verifySum(place);
            } else if (place.part() instanceof Part.Potential
                    || place.node() instanceof Node.CurrentAdd
                    || place.node() instanceof Node.SpikeJoin) {
                verifyShapes(place);
            } else if (place.isLinear() || place.isPool() || place.node() instanceof Node.Delay) {
                verifySource(place);
            }
        }
    }

    private void verifyReaders(Place place) throws QuantiseException {
        for (Inbound inbound : place.inputs()) {
            Place source = places.get(inbound.source());
            if (source.givesPotentials()) {
                throw new QuantiseException("node '" + place.name() + "' reads the membranes of '" + source.name()
                        + "'; a board passes spikes from layer to layer, so only the output may read them");
            }
        }
    }

    private void verifySum(Place place) throws QuantiseException {
        for (Inbound inbound : place.inputs()) {
            Place source = places.get(inbound.source());
            if (source.isLinear()) {
                throw new QuantiseException("node '" + place.name() + "' adds up '" + source.name()
                        + "', which has no neurons behind it, and others; put a neuron node behind it");
            }
        }
        verifyShapes(place);
    }

    private void verifyShapes(Place place) throws QuantiseException {
        for (Inbound inbound : place.inputs()) {
            Place source = places.get(inbound.source());
            if (!source.shape().equals(place.shape())) {
                throw new QuantiseException("node '" + place.name() + "' adds up '" + source.name() + "' of shape "
                        + source.shape() + " and others of shape " + place.shape()
                        + "; add them up before a Flatten node, not behind it");
            }
        }
    }

    private void verifySource(Place place) throws QuantiseException {
        Place source = places.get(place.inputs().getFirst().source());
        if (source.isLinear() && place.node() instanceof Node.Delay) {
            throw new QuantiseException("node '" + place.name() + "' delays what '" + source.name()
                    + "' gives, which are no spikes; put the Delay node before the weights or behind the neurons");
        }
        if (source.isLinear()) {
            throw new QuantiseException("node '" + place.name() + "' reads '" + source.name()
                    + "', which has no neurons behind it; put a neuron node between them or multiply their weights");
        }
        boolean needsPlanes = place.isPool() || place.node() instanceof Node.Conv2d;
        if (needsPlanes && source.shape().area() == 1 && place.shape().area() > 1) {
            throw new QuantiseException("node '" + place.name() + "' reads '" + source.name()
                    + "' reshaped by a Flatten node; a convolution or pool must read the planes as they are");
        }
    }
}
