package io.spikelet.model;

/** What a layer of any kind gives, from what its edges carry. */
final class OutputBounds {
    private OutputBounds() {}

    static Range of(EdgeRanges ranges, int index) {
        SpikingNetwork network = ranges.network();
        Layer layer = network.layers().get(index);
        return switch (layer.operation()) {
            case Operation.Input _ -> Range.of(layer.output());
            case Operation.Dense _, Operation.Conv2d _ -> ranges.accumulators(index);
            case Operation.Neuron neuron -> neuron(ranges, index, neuron);
            case Pool2d pool -> PoolBounds.output(pool, ranges.from(layer, 0));
            case VotePool pool -> wide(ranges.from(layer, 0)).times(pool.voters());
            case Join join -> join(ranges, layer, join);
            case CurrentAdd stream -> StreamBounds.output(ranges, layer, stream);
            case Delay _ -> ranges.from(layer, 0);
            case AttentionGate _ -> GateBounds.OUTPUT;
            case FirstSpike neuron -> Range.of(0, neuron.window());
        };
    }

    private static Range neuron(EdgeRanges ranges, int index, Operation.Neuron neuron) {
        return switch (neuron.output()) {
            case SPIKE -> Range.of(0, 1);
            case BURST -> burst(neuron);
            case POTENTIAL -> {
                long membrane = MembraneBounds.maximum(ranges, index);
                yield Range.of(-membrane, membrane);
            }
        };
    }

    /** What bursts give, calibrated ones with what they take back. */
    static Range burst(Operation.Neuron neuron) {
        return Range.of(neuron.calibration().isPresent() ? SpikeCalibration.LEAST : 0, neuron.burst());
    }

    private static Range join(EdgeRanges ranges, Layer layer, Join join) {
        if (join.kind() != Join.Kind.ADD) {
            return Range.of(0, 1);
        }
        long lowest = 0;
        long highest = 0;
        for (int k = 0; k < layer.inputs().size(); k++) {
            Range source = ranges.from(layer, k);
            lowest = SaturatingLong.sum(lowest, source.least());
            highest = SaturatingLong.sum(highest, source.greatest());
        }
        return Range.of(lowest, highest);
    }

    /** One range for all channels, where a layer mixes them or numbers them otherwise. */
    private static Range wide(Range range) {
        return range.isUniform() ? range : Range.of(range.least(), range.greatest());
    }
}
