package io.spikelet.bench.peers;

import java.util.List;

/**
 * An {@link Int8Twin} by operators that are quantised themselves: QLinearConv, QLinearMatMul, MaxPool on uint8.
 * Activations are uint8 with zero point 0, so saturation is the ReLU.
 */
final class OperatorOnnx {
    private static final byte[] ZERO = {0};

    private final OnnxGraph graph = new OnnxGraph();
    private final Int8Twin int8;

    private OperatorOnnx(Int8Twin int8) {
        this.int8 = int8;
    }

    /** Input and output are uint8, channels first. */
    static byte[] write(Int8Twin int8) {
        return new OperatorOnnx(int8).write();
    }

    private byte[] write() {
        AnnTwin twin = int8.twin();
        graph.input(OnnxStages.INPUT, OnnxGraph.UINT8, OnnxStages.shape(twin.input()));
        graph.constant("one", 1f);
        graph.constant("unsigned_zero", OnnxGraph.UINT8, ZERO);
        graph.constant("signed_zero", OnnxGraph.INT8, ZERO);
        String value = OnnxStages.INPUT;
        boolean flat = twin.input().area() == 1;
        int weightedSeen = 0;
        for (AnnTwin.Stage stage : twin.stages()) {
            if (stage instanceof AnnTwin.MaxPool pool) {
                // A window as large as the layer: GlobalMaxPool does not take uint8.
                value = graph.node("MaxPool", List.of(value), OnnxStages.pool(pool));
                continue;
            }
            AnnTwin.Weighted weighted = (AnnTwin.Weighted) stage;
            if (OnnxStages.flattens(weighted, flat)) {
                value = graph.node("Flatten", List.of(value));
                flat = true;
            }
            value = weighted(weighted, value, weightedSeen++);
        }
        graph.output(OnnxStages.OUTPUT, OnnxGraph.UINT8, OnnxStages.shape(twin.output()));
        return graph.toBytes();
    }

    private String weighted(AnnTwin.Weighted stage, String value, int index) {
        String weights = stage.isDense()
                ? graph.constant(
                        "weights" + index,
                        OnnxGraph.INT8,
                        OnnxStages.transposed(stage),
                        stage.fanIn(),
                        stage.to().size())
                : graph.constant("weights" + index, OnnxGraph.INT8, stage.weights(), OnnxStages.kernelShape(stage));
        // acc · 1 · 2^-shift / 1: the whole multiplier is put into the weights' scale.
        String scale =
                graph.constant("scale" + index, Math.scalb(1f, -int8.shifts().get(index)));
        List<String> inputs =
                List.of(value, "one", "unsigned_zero", weights, scale, "signed_zero", "one", "unsigned_zero");
        String operator = stage.isDense() ? "QLinearMatMul" : "QLinearConv";
        var attributes =
                stage.isDense() ? new io.spikelet.bench.peers.onnx.AttributeProto[0] : OnnxStages.convolution(stage);
        if (stage == int8.twin().stages().getLast()) {
            graph.named(operator, inputs, OnnxStages.OUTPUT, attributes);
            return OnnxStages.OUTPUT;
        }
        return graph.node(operator, inputs, attributes);
    }
}
