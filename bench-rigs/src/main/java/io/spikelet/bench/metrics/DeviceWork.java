package io.spikelet.bench.metrics;

import io.spikelet.engine.Classifier;
import io.spikelet.engine.Offload;
import io.spikelet.hal.attach.CoProcessors;
import io.spikelet.hal.coprocessor.CoProcessor;
import io.spikelet.hal.coprocessor.Counters;
import io.spikelet.host.Progress;
import io.spikelet.host.data.SampleSet;
import io.spikelet.host.report.Evaluation;
import io.spikelet.model.SpikingNetwork;
import java.util.ArrayList;
import java.util.List;

/**
 * What a co-processor counted and modelled while it ran a layer, writing it left out.
 *
 * @param layer the layer's name
 * @param device the device's, or the reason why the processor keeps the layer
 * @param isPlaced whether a device runs it
 * @param samples that were run
 * @param counts since it was programmed; all 0 where the processor keeps the layer
 */
public record DeviceWork(String layer, String device, boolean isPlaced, int samples, Counters counts) {
    private static final Counters NOTHING = new Counters(0, 0, 0, 0, 0, 0);

    /** Modelled µJ an inference; NaN where the device knows no model. */
    public double microjoules() {
        return counts.joules() * 1e6 / samples;
    }

    /**
     * Places a network's layers on devices and runs samples.
     *
     * @param on as {@code offload} takes them
     */
    static List<DeviceWork> of(SpikingNetwork network, SampleSet samples, List<String> on, Progress progress)
            throws Exception {
        List<CoProcessor> devices = CoProcessors.openAll(on, network.layers().size());
        try {
            Offload offload = Offload.plan(network, devices, Offload.Policy.STOP);
            offload.program();
            List<Counters> before = counters(offload);
            Evaluation.ofClassifier(network, samples, Classifier.load(offload), progress);
            List<Counters> after = counters(offload);
            List<DeviceWork> works = new ArrayList<>();
            for (int i = 0; i < before.size(); i++) {
                Offload.Placement placement = offload.placements().get(i);
                works.add(new DeviceWork(
                        placement.name(),
                        placement
                                .device()
                                .map(CoProcessor::name)
                                .orElseGet(() -> placement.refusals().getFirst()),
                        placement.device().isPresent(),
                        samples.count(),
                        less(after.get(i), before.get(i))));
            }
            return works;
        } finally {
            devices.forEach(CoProcessor::close);
        }
    }

    private static List<Counters> counters(Offload offload) {
        return offload.placements().stream()
                .map(placement -> placement.device().map(CoProcessor::counters).orElse(NOTHING))
                .toList();
    }

    private static Counters less(Counters after, Counters before) {
        return new Counters(
                after.steps() - before.steps(),
                after.inputEvents() - before.inputEvents(),
                after.outputEvents() - before.outputEvents(),
                after.operations() - before.operations(),
                after.writePulses() - before.writePulses(),
                after.joules() - before.joules());
    }
}
