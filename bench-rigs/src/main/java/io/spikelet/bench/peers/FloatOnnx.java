package io.spikelet.bench.peers;

import java.util.ArrayList;
import java.util.List;

/** An {@link AnnTwin} in float32: Conv, Relu, MaxPool, GlobalMaxPool, Flatten, Gemm, with biases of 0. */
final class FloatOnnx {
    /** Keeps activations of random weights of the size of their inputs. */
    private static final float WEIGHT_UNIT = 1f / 512;

    private FloatOnnx() {}

    static byte[] write(AnnTwin twin) {
        OnnxGraph graph = new OnnxGraph();
        graph.input(OnnxStages.INPUT, OnnxGraph.FLOAT, OnnxStages.shape(twin.input()));
        String value = OnnxStages.INPUT;
        boolean flat = twin.input().area() == 1;
        int last = twin.stages().size() - 1;
        for (int i = 0; i <= last; i++) {
            AnnTwin.Stage stage = twin.stages().get(i);
            if (stage instanceof AnnTwin.MaxPool pool) {
                value = pool.isGlobal()
                        ? graph.node("GlobalMaxPool", List.of(value))
                        : graph.node("MaxPool", List.of(value), OnnxStages.pool(pool));
                continue;
            }
            AnnTwin.Weighted weighted = (AnnTwin.Weighted) stage;
            if (OnnxStages.flattens(weighted, flat)) {
                value = graph.node("Flatten", List.of(value));
                flat = true;
            }
            String out = weighted(graph, weighted, value, i, i == last);
            value = weighted.rectified() ? graph.node("Relu", List.of(out)) : out;
        }
        graph.output(OnnxStages.OUTPUT, OnnxGraph.FLOAT, OnnxStages.shape(twin.output()));
        return graph.toBytes();
    }

    private static String weighted(OnnxGraph graph, AnnTwin.Weighted stage, String value, int index, boolean last) {
        float[] weights = new float[stage.weights().length];
        for (int k = 0; k < weights.length; k++) {
            weights[k] = stage.weights()[k] * WEIGHT_UNIT;
        }
        int outputs = stage.to().channels();
        long[] shape = stage.isDense() ? new long[] {outputs, stage.fanIn()} : OnnxStages.kernelShape(stage);
        List<String> inputs = new ArrayList<>(List.of(
                value,
                graph.constant("weights" + index, weights, shape),
                graph.constant("bias" + index, new float[outputs], outputs)));
        String operator = stage.isDense() ? "Gemm" : "Conv";
        var attributes = stage.isDense()
                ? new io.spikelet.bench.peers.onnx.AttributeProto[] {OnnxGraph.integer("transB", 1)}
                : OnnxStages.convolution(stage);
        if (last) {
            graph.named(operator, inputs, OnnxStages.OUTPUT, attributes);
            return OnnxStages.OUTPUT;
        }
        return graph.node(operator, inputs, attributes);
    }
}
