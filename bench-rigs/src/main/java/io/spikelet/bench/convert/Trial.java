package io.spikelet.bench.convert;

import io.spikelet.host.Progress;
import io.spikelet.host.convert.Conversion;
import io.spikelet.host.convert.ConversionException;
import io.spikelet.host.convert.ConvertOptions;
import io.spikelet.host.convert.Converter;
import io.spikelet.host.convert.RateFidelity;
import io.spikelet.host.data.SampleSet;
import io.spikelet.host.graph.Graph;
import io.spikelet.host.quantise.QuantiseException;
import io.spikelet.host.quantise.QuantiseOptions;
import io.spikelet.host.quantise.Quantiser;
import io.spikelet.host.report.Evaluation;
import io.spikelet.model.Layer;
import io.spikelet.model.MalformedDataException;
import io.spikelet.model.Operation;
import io.spikelet.model.SpikingNetwork;
import java.util.Optional;

/** Converts networks, runs them in integers on the test samples, and keeps to one set of samples for all. */
record Trial(SampleSet calibration, SampleSet test, int threads) {

    SpikingNetwork integers(Conversion conversion) throws QuantiseException {
        return Quantiser.convert(
                conversion.graph(), QuantiseOptions.of("trial", conversion.settings(), test.fullScale()));
    }

    Conversion converted(Graph ann, ConvertOptions options, Progress progress) throws ConversionException {
        return Converter.convert(ann, options, Optional.of(calibration), progress);
    }

    Row spiking(String name, Conversion conversion, Progress progress)
            throws QuantiseException, MalformedDataException {
        SpikingNetwork network = integers(conversion);
        Evaluation evaluation = Evaluation.ofInteger(network, test, threads, progress);
        return new Row(
                name,
                conversion.settings().timeSteps(),
                evaluation.accuracy(),
                evaluation.spikesPerInference() / neurons(network));
    }

    /** Spikes beside activations, neuron by neuron, on the first samples. */
    RateFidelity fidelity(Graph ann, Conversion conversion, int samples, Progress progress)
            throws QuantiseException, ConversionException {
        SampleSet some = samples < test.count() ? test.first(samples) : test;
        return RateFidelity.of(ann, conversion, integers(conversion), some, progress);
    }

    Row conventional(String name, Graph ann, Progress progress) {
        Evaluation evaluation =
                Evaluation.ofFloat(ann, Converter.conventional(ann, Optional.of(test)), test, threads, progress);
        return new Row(name, 1, evaluation.accuracy(), Double.NaN);
    }

    private static int neurons(SpikingNetwork network) {
        int neurons = 0;
        for (Layer layer : network.layers()) {
            boolean fires = layer.operation() instanceof Operation.Neuron neuron
                            && neuron.output() != Operation.Neuron.Output.POTENTIAL
                    || layer.operation() instanceof io.spikelet.model.FirstSpike;
            neurons += fires ? layer.shape().size() : 0;
        }
        return neurons;
    }
}
