package io.spikelet.bench.metrics;

import io.spikelet.host.report.LayerWork;
import io.spikelet.model.EdgeDomain;
import io.spikelet.model.Layer;
import io.spikelet.model.Operation;
import io.spikelet.model.WeightKind;
import java.util.ArrayList;
import java.util.List;

/** Networks as SATA's estimator sees them. */
public final class SataNetwork {
    private SataNetwork() {}

    /**
     * VGG5 for CIFAR-10, the published script's own example ({@code vgg5_cifar10.yaml}).
     *
     * @param steps T; traces are taken for silent as independent spikes make them
     * @param bits b
     * @param silence s, of every layer
     */
    public static List<SataLayer> vgg5(int steps, int bits, double silence) {
        double traces = 0;
        for (int t = 1; t <= steps; t++) {
            traces += Math.pow(silence, t) / steps;
        }
        return List.of(
                SataLayer.convolution("conv1", 3, 64, 3, 32, 32, bits, silence, traces),
                SataLayer.convolution("conv2", 64, 128, 3, 16, 16, bits, silence, traces),
                SataLayer.convolution("conv3", 128, 128, 3, 16, 16, bits, silence, traces),
                SataLayer.linear("lin4", SataLayer.Kind.LINEAR, 8192, 1024, bits, silence, traces),
                SataLayer.linear("lin5", SataLayer.Kind.OUTPUT, 1024, 10, bits, silence, traces));
    }

    /** The dense and convolution layers of an image, with the sparsities that the engine measured. */
    public static List<SataLayer> of(ImageMetrics metrics) {
        List<SataLayer> layers = new ArrayList<>();
        List<Layer> all = metrics.network().layers();
        int last = lastWeighted(all);
        for (LayerMetrics counted : metrics.layers()) {
            Layer layer = all.get(counted.work().layer());
            if (layer.operation() instanceof Operation.Dense dense) {
                SataLayer.Kind kind = counted.work().layer() == last ? SataLayer.Kind.OUTPUT : SataLayer.Kind.LINEAR;
                long weights = dense.weights().length;
                layers.add(layer(counted, all, kind, dense.kind(), weights, weights, weights));
            } else if (layer.operation() instanceof Operation.Conv2d conv) {
                Layer source = source(all, layer);
                long weights = conv.weights().length;
                layers.add(layer(
                        counted,
                        all,
                        SataLayer.Kind.CONVOLUTION,
                        conv.kind(),
                        weights,
                        weights * layer.shape().area(),
                        weights * source.shape().area()));
            }
        }
        return layers;
    }

    private static int lastWeighted(List<Layer> layers) {
        int last = -1;
        for (int i = 0; i < layers.size(); i++) {
            Operation operation = layers.get(i).operation();
            if (operation instanceof Operation.Dense || operation instanceof Operation.Conv2d) {
                last = i;
            }
        }
        return last;
    }

    private static Layer source(List<Layer> all, Layer layer) {
        return all.get(layer.inputs().getFirst().source());
    }

    private static SataLayer layer(
            LayerMetrics counted,
            List<Layer> all,
            SataLayer.Kind kind,
            WeightKind weightKind,
            long weights,
            long forward,
            long backward) {
        Layer layer = all.get(counted.work().layer());
        Layer source = source(all, layer);
        LayerWork work = counted.work();
        return new SataLayer(
                counted.name(),
                kind,
                weights,
                layer.shape().size(),
                source.shape().size(),
                forward,
                backward,
                weightKind.bits(),
                bits(source.output()),
                work.inputSparsity(),
                work.traceSparsity());
    }

    /** Bits that a value of an edge takes. */
    static int bits(EdgeDomain edge) {
        int magnitude = Integer.SIZE - Integer.numberOfLeadingZeros(edge.maximum());
        return edge.kind() == EdgeDomain.Kind.SIGNED ? magnitude + 1 : magnitude;
    }
}
