package io.spikelet.host.quantise;

import io.spikelet.host.graph.Graph;
import io.spikelet.host.graph.Node;
import io.spikelet.host.graph.Tensor;
import io.spikelet.model.Operation;
import io.spikelet.model.WeightKind;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Biases that take up what rounded weights add in the mean (Nagel et al., ICCV 2019, arXiv 1906.04721, section 4.2;
 * docs/quantisation.md, Q8): {@code b ← b + Σ_i (w_i − s·q_i) · E[x_i]} for each row, E[x] measured on calibration samples of the
 * float network.
 */
final class BiasCorrection {
    private BiasCorrection() {}

    /** The same graph with other biases; its weights round to the codes that the correction was made for. */
    static Graph of(Graph graph, QuantiseOptions options, Map<String, InputMoments> moments) throws QuantiseException {
        if (options.learning().isPresent()) {
            throw new QuantiseException(
                    "biases of layers that learn are learned too; leave their correction out, or quantise"
                            + " without a learning rule");
        }
        Map<String, Node> nodes = new LinkedHashMap<>(graph.nodes());
        graph.nodes().forEach((name, node) -> {
            InputMoments met = moments.get(name);
            if (met != null) {
                nodes.put(name, corrected(node, options.weights().of(name, graph.weightKinds()), met));
            }
        });
        return graph.rewritten(nodes, graph.edges());
    }

    private static Node corrected(Node node, WeightRule rule, InputMoments met) {
        Optional<InputMoments> rounding =
                rule.rounding() == RoundingKind.ADAPTIVE ? Optional.of(met) : Optional.empty();
        return switch (node) {
            case Node.Affine affine -> {
                LinearParts.Weighted rounded = LinearParts.dense(affine, rule, rounding);
                Operation.Dense dense = (Operation.Dense) rounded.operation();
                yield new Node.Affine(
                        affine.weight(),
                        bias(affine.weight(), affine.bias(), dense.kind(), dense.weights(), rounded.scale(), met));
            }
            case Node.Conv2d conv -> {
                LinearParts.Weighted rounded = LinearParts.convolution(conv, rule, rounding);
                Operation.Conv2d layer = (Operation.Conv2d) rounded.operation();
                yield new Node.Conv2d(
                        conv.weight(),
                        bias(conv.weight(), conv.bias(), layer.kind(), layer.weights(), rounded.scale(), met),
                        conv.stride(),
                        conv.padding(),
                        conv.dilation(),
                        conv.groups(),
                        conv.inputShape());
            }
            default -> node;
        };
    }

    private static Tensor bias(
            Tensor weight, Tensor bias, WeightKind kind, byte[] codes, float[] scale, InputMoments met) {
        int rows = weight.shape()[0];
        int row = weight.size() / rows;
        float[] corrected = bias == null ? new float[rows] : bias.values().clone();
        int each = corrected.length / rows;
        for (int o = 0; o < rows; o++) {
            double[] means = met.means(o / (rows / met.groups()));
            double sum = 0;
            for (int i = 0; i < row; i++) {
                double lost = weight.values()[o * row + i] - (double) scale[o] * kind.value(codes[o * row + i]);
                sum += lost * means[i];
            }
            for (int i = o * each; i < (o + 1) * each; i++) {
                corrected[i] = (float) (corrected[i] + sum);
            }
        }
        return new Tensor(corrected, bias == null ? new int[] {rows} : bias.shape());
    }
}
