package io.spikelet.bench.peers;

import io.spikelet.bench.peers.onnx.AttributeProto;
import io.spikelet.model.Shape;

/** What all our ONNX writers say of a layer in the same words. */
final class OnnxStages {
    static final String INPUT = "input";
    static final String OUTPUT = "output";

    private OnnxStages() {}

    /** (1, values) for a vector, else (1, channels, height, width). */
    static long[] shape(Shape shape) {
        return shape.area() == 1
                ? new long[] {1, shape.channels()}
                : new long[] {1, shape.channels(), shape.height(), shape.width()};
    }

    static AttributeProto[] convolution(AnnTwin.Weighted stage) {
        return new AttributeProto[] {
            OnnxGraph.integers("kernel_shape", stage.kernel(), stage.kernel()),
            OnnxGraph.integers("strides", stage.stride(), stage.stride()),
            OnnxGraph.integers("pads", stage.padding(), stage.padding(), stage.padding(), stage.padding())
        };
    }

    static AttributeProto[] pool(AnnTwin.MaxPool stage) {
        return new AttributeProto[] {
            OnnxGraph.integers("kernel_shape", stage.window(), stage.window()),
            OnnxGraph.integers("strides", stage.window(), stage.window())
        };
    }

    /** (out, in, kernel, kernel) of a convolution. */
    static long[] kernelShape(AnnTwin.Weighted stage) {
        return new long[] {stage.to().channels(), stage.from().channels(), stage.kernel(), stage.kernel()};
    }

    /** (in, out) int8 of a dense layer, as matrix products take it. */
    static byte[] transposed(AnnTwin.Weighted stage) {
        int outputs = stage.to().size();
        int inputs = stage.fanIn();
        byte[] transposed = new byte[stage.weights().length];
        for (int o = 0; o < outputs; o++) {
            for (int i = 0; i < inputs; i++) {
                transposed[i * outputs + o] = stage.weights()[o * inputs + i];
            }
        }
        return transposed;
    }

    /** Whether a dense layer reads what still has rows and columns. */
    static boolean flattens(AnnTwin.Weighted stage, boolean flatAlready) {
        return stage.isDense() && !flatAlready;
    }
}
