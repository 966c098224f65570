package io.spikelet.host.onnx;

import io.spikelet.host.graph.ImportException;
import io.spikelet.model.Bounds;
import io.spikelet.model.EdgeDomain;
import io.spikelet.model.Inbound;
import io.spikelet.model.Layer;
import io.spikelet.model.Operation;
import io.spikelet.model.Pool2d;
import io.spikelet.model.Shape;
import io.spikelet.model.SpikingNetwork;
import java.util.ArrayList;
import java.util.List;

/** A network that grows layer by layer, each declaring the largest values that are proved of it. */
final class ProvedLayers {
    private final String file;
    private final List<Layer> layers = new ArrayList<>();
    private SpikingNetwork network;

    /** @param empty the network without its layers */
    ProvedLayers(String file, SpikingNetwork empty) {
        this.file = file;
        network = empty;
    }

    SpikingNetwork network() {
        return network;
    }

    EdgeDomain output(int layer) {
        return layers.get(layer).output();
    }

    /** A layer whose output is known; gives its index. */
    int add(String name, List<Inbound> inputs, Shape shape, EdgeDomain output, Operation operation) {
        layers.add(new Layer(name, inputs, shape, output, operation));
        network = network.withLayers(layers);
        return layers.size() - 1;
    }

    /**
     * A layer that sums; gives its index.
     *
     * @throws ImportException when its sums leave 32 bits
     */
    int accumulator(String name, List<Inbound> inputs, Shape shape, Operation operation) throws ImportException {
        EdgeDomain.Kind kind = operation instanceof Pool2d ? EdgeDomain.Kind.UNSIGNED : EdgeDomain.Kind.SIGNED;
        int layer = add(name, inputs, shape, new EdgeDomain(kind, Integer.MAX_VALUE), operation);
        long worst = Bounds.outputRange(network, layer).magnitude();
        if (worst > Integer.MAX_VALUE) {
            throw fault(name, "can sum up to " + worst + ", which leaves 32 bits; split the layer");
        }
        declare(layer, new EdgeDomain(kind, (int) Math.max(1, worst)), operation);
        return layer;
    }

    /**
     * A layer of neurons; gives its index.
     *
     * @param output what it gives; of signed potentials the membrane's own bound is declared instead
     * @throws ImportException when its membranes leave 32 bits
     */
    int membranes(String name, List<Inbound> inputs, Shape shape, EdgeDomain output, Operation.Neuron neuron)
            throws ImportException {
        int layer = add(name, inputs, shape, output, neuron);
        long worst = Bounds.membraneMaximum(network, layer);
        if (worst > Integer.MAX_VALUE) {
            throw fault(name, "can leave the 32 bits of a membrane; split the layer before it");
        }
        boolean isSigned = output.kind() == EdgeDomain.Kind.SIGNED;
        declare(
                layer,
                isSigned ? EdgeDomain.signed((int) Math.max(1, worst)) : output,
                neuron.withMembraneMaximum(worst));
        return layer;
    }

    private void declare(int index, EdgeDomain output, Operation operation) {
        Layer layer = layers.get(index);
        layers.set(index, new Layer(layer.name(), layer.inputs(), layer.shape(), output, operation));
        network = network.withLayers(layers);
    }

    private ImportException fault(String name, String what) {
        return new ImportException(file + ": node '" + name + "' " + what);
    }
}
