package io.spikelet.device;

import io.spikelet.engine.Classifier;
import io.spikelet.engine.Offload;
import io.spikelet.hal.attach.CoProcessors;
import io.spikelet.hal.coprocessor.CoProcessor;
import io.spikelet.hal.coprocessor.CoProcessorException;
import io.spikelet.model.MalformedDataException;
import io.spikelet.model.SpikingNetwork;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A model some of whose layers are on co-processors. */
final class PlacedLayers implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PlacedLayers.class);

    /**
     * What a person chose.
     *
     * @param words of devices, {@link CoProcessors#WORDS}; empty where the processor computes all
     * @param policy when a device fails
     */
    record Choice(List<String> words, Offload.Policy policy) {
        static final Choice NONE = new Choice(List.of(), Offload.Policy.STOP);

        Choice {
            words = List.copyOf(words);
        }
    }

    private final List<CoProcessor> devices;
    private final Offload offload;
    private final Classifier classifier;
    private int told;

    private PlacedLayers(List<CoProcessor> devices, Offload offload, Classifier classifier) {
        this.devices = devices;
        this.offload = offload;
        this.classifier = classifier;
    }

    /**
     * Opens the devices, places the layers and programs them.
     *
     * @throws CoProcessorException when a device does not open, or does not hold what was written
     * @throws MalformedDataException when the network cannot run
     */
    static PlacedLayers of(SpikingNetwork network, Choice choice) throws CoProcessorException, MalformedDataException {
        List<CoProcessor> devices = new ArrayList<>();
        boolean placed = false;
        try {
            devices.addAll(CoProcessors.openAll(choice.words(), network.layers().size()));
            Offload offload = Offload.plan(network, devices, choice.policy());
            offload.program();
            placed = true;
            return new PlacedLayers(devices, offload, Classifier.load(offload));
        } catch (IOException closed) {
            throw new CoProcessorException(CoProcessorException.Failure.PORT, closed.getMessage(), closed);
        } finally {
            if (!placed) {
                devices.forEach(CoProcessor::close);
            }
        }
    }

    Classifier classifier() {
        return classifier;
    }

    /** Which layers are where, for a person. */
    String sentence() {
        return offload.placements().stream()
                .map(placement -> "layer " + placement.name() + " on "
                        + placement.device().map(CoProcessor::name).orElse("the processor"))
                .collect(Collectors.joining(", "));
    }

    /** Says what failed since it was last asked. */
    void tellFailures() {
        List<Offload.Failure> failures = offload.failures();
        for (; told < failures.size(); told++) {
            Offload.Failure failure = failures.get(told);
            LOG.warn(
                    "{}: {}; {}",
                    failure.device().name(),
                    failure.cause().getMessage(),
                    failure.gaveUp() ? "it serves no longer" : "the sample is given anew");
        }
    }

    @Override
    public void close() {
        devices.forEach(CoProcessor::close);
    }
}
