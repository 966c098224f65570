package io.spikelet.bench.peers;

import java.util.List;

/**
 * An {@link Int8Twin} as float operators between QuantizeLinear and DequantizeLinear, which the runtime fuses. Input and
 * output are uint8 all the same, so that no conversion is timed that the other form does not need.
 */
final class QdqOnnx {
    private static final byte[] ZERO = {0};

    private final OnnxGraph graph = new OnnxGraph();
    private final Int8Twin int8;

    private QdqOnnx(Int8Twin int8) {
        this.int8 = int8;
    }

    static byte[] write(Int8Twin int8) {
        return new QdqOnnx(int8).write();
    }

    private byte[] write() {
        AnnTwin twin = int8.twin();
        graph.input(OnnxStages.INPUT, OnnxGraph.UINT8, OnnxStages.shape(twin.input()));
        graph.constant("one", 1f);
        graph.constant("unsigned_zero", OnnxGraph.UINT8, ZERO);
        graph.constant("signed_zero", OnnxGraph.INT8, ZERO);
        String real = dequantised(OnnxStages.INPUT);
        boolean flat = twin.input().area() == 1;
        int weightedSeen = 0;
        for (AnnTwin.Stage stage : twin.stages()) {
            boolean last = stage == twin.stages().getLast();
            if (stage instanceof AnnTwin.MaxPool pool) {
                real = requantised(graph.node("MaxPool", List.of(real), OnnxStages.pool(pool)), last);
                continue;
            }
            AnnTwin.Weighted weighted = (AnnTwin.Weighted) stage;
            if (OnnxStages.flattens(weighted, flat)) {
                real = requantised(graph.node("Flatten", List.of(real)), false);
                flat = true;
            }
            real = requantised(weighted(weighted, real, weightedSeen++), last);
        }
        graph.output(OnnxStages.OUTPUT, OnnxGraph.UINT8, OnnxStages.shape(twin.output()));
        return graph.toBytes();
    }

    private String dequantised(String value) {
        return graph.node("DequantizeLinear", List.of(value, "one", "unsigned_zero"));
    }

    private String requantised(String real, boolean last) {
        List<String> inputs = List.of(real, "one", "unsigned_zero");
        if (last) {
            graph.named("QuantizeLinear", inputs, OnnxStages.OUTPUT);
            return OnnxStages.OUTPUT;
        }
        return dequantised(graph.node("QuantizeLinear", inputs));
    }

    private String weighted(AnnTwin.Weighted stage, String real, int index) {
        String weights = stage.isDense()
                ? graph.constant(
                        "weights" + index,
                        OnnxGraph.INT8,
                        OnnxStages.transposed(stage),
                        stage.fanIn(),
                        stage.to().size())
                : graph.constant("weights" + index, OnnxGraph.INT8, stage.weights(), OnnxStages.kernelShape(stage));
        String scale =
                graph.constant("scale" + index, Math.scalb(1f, -int8.shifts().get(index)));
        String realWeights = graph.node("DequantizeLinear", List.of(weights, scale, "signed_zero"));
        return stage.isDense()
                ? graph.node("MatMul", List.of(real, realWeights))
                : graph.node("Conv", List.of(real, realWeights), OnnxStages.convolution(stage));
    }
}
