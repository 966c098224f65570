package io.spikelet.device;

import io.spikelet.engine.Classifier;
import io.spikelet.engine.DeviceFailedException;
import io.spikelet.engine.Offload;
import io.spikelet.hal.attach.CoProcessors;
import io.spikelet.hal.coprocessor.CoProcessor;
import io.spikelet.hal.coprocessor.CoProcessorException;
import io.spikelet.hal.coprocessor.Health;
import io.spikelet.model.MalformedDataException;
import io.spikelet.model.SpikingNetwork;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
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

    /** A device failed while it served, and the policy is to stop. */
    static final class FailedException extends IOException {
        private static final long serialVersionUID = 1;

        FailedException(DeviceFailedException failed) {
            super(failed.getMessage(), failed);
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

    /** Which layers are where and how their devices are, for a person. */
    String state() {
        return offload.placements().stream()
                .map(placement -> "layer " + placement.name() + " on "
                        + placement.device().map(device -> state(placement.layer(), device)).orElse("the processor"))
                .collect(Collectors.joining("; "));
    }

    private String state(int layer, CoProcessor device) {
        Health health = device.health();
        String failed = offload.failures().stream()
                .filter(failure -> failure.layer() == layer && failure.gaveUp())
                .reduce((_, latest) -> latest)
                .map(failure -> ", which failed: " + failure.cause().getMessage())
                .orElse("");
        long lost = offload.failures().stream()
                .filter(failure -> failure.layer() == layer && !failure.gaveUp())
                .count();
        return device.name() + failed + (health.canaries() ? "" : ", whose canaries are gone: program it anew")
                + (lost > 0 ? ", samples given anew: " + lost : "")
                + (health.lostEvents() > 0 ? ", events lost: " + health.lostEvents() : "")
                + (health.recoveries() > 0 ? ", recoveries: " + health.recoveries() : "")
                + String.format(Locale.ROOT, ", programmed %.0f s ago", health.ageSeconds());
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
