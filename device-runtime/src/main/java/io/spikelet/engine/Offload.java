package io.spikelet.engine;

import io.spikelet.hal.coprocessor.CoProcessor;
import io.spikelet.hal.coprocessor.CoProcessorException;
import io.spikelet.hal.coprocessor.Plan;
import io.spikelet.hal.coprocessor.SynapseLayer;
import io.spikelet.model.SpikingNetwork;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Which layers of a network leave the processor, and what happens when their device fails. One engine uses it, on one
 * thread.
 */
public final class Offload {
    /** What an engine does when a device fails. */
    public enum Policy {
        /** It stops, {@link DeviceFailedException}, until the device is programmed again. */
        STOP,
        /** The processor computes that layer, which {@link #failures} tells. */
        PROCESSOR
    }

    /**
     * Where a layer is computed.
     *
     * @param layer index
     * @param name of the layer
     * @param device or empty where the processor keeps it
     * @param refusals why devices did not take it, one sentence each
     */
    public record Placement(int layer, String name, Optional<CoProcessor> device, List<String> refusals) {
        public Placement {
            refusals = List.copyOf(refusals);
        }
    }

    /** A device that failed while it served a layer. */
    public record Failure(int layer, CoProcessor device, CoProcessorException cause) {}

    private final SpikingNetwork network;
    private final Policy policy;
    private final List<Placement> placements = new ArrayList<>();

    /** (layers) or null. */
    private final Plan[] plans;

    /** (layers) */
    private final boolean[] serving;

    private final List<Failure> failures = new ArrayList<>();

    private Offload(SpikingNetwork network, Policy policy) {
        this.network = network;
        this.policy = policy;
        plans = new Plan[network.layers().size()];
        serving = new boolean[plans.length];
    }

    /**
     * Gives each weighted layer, from the input side on, the first free device of kind CURRENT that can take it.
     *
     * @param devices each takes one layer
     */
    public static Offload plan(SpikingNetwork network, List<CoProcessor> devices, Policy policy) {
        Offload offload = new Offload(network, policy);
        List<CoProcessor> free = new ArrayList<>(devices);
        for (int index = 1; index < network.layers().size(); index++) {
            if (DeviceWindows.hasWeights(network.layers().get(index))) {
                offload.place(index, free);
            }
        }
        return offload;
    }

    private void place(int index, List<CoProcessor> free) {
        String name = network.layers().get(index).name();
        Optional<String> none = DeviceWindows.refusal(network.layers().get(index));
        if (none.isPresent()) {
            placements.add(new Placement(index, name, Optional.empty(), List.of(none.get())));
            return;
        }
        SynapseLayer synapses = DeviceWindows.synapses(network, index);
        List<String> refusals = new ArrayList<>();
        for (CoProcessor device : free) {
            if (device.kind() != CoProcessor.Kind.CURRENT) {
                refusals.add(device.name() + ": it integrates and fires by itself");
                continue;
            }
            Plan plan = device.plan(synapses);
            if (plan.fits()) {
                plans[index] = plan;
                placements.add(new Placement(index, name, Optional.of(device), refusals));
                free.remove(device);
                return;
            }
            plan.refusals().forEach(refusal -> refusals.add(device.name() + ": " + refusal));
        }
        if (free.isEmpty()) {
            refusals.add("no device is left");
        }
        placements.add(new Placement(index, name, Optional.empty(), refusals));
    }

    /**
     * Writes every placed layer into its device and reads it back; those of before serve again.
     *
     * @throws CoProcessorException when a device fails, or holds something else than was written
     */
    public void program() throws CoProcessorException {
        for (Placement placement : placements) {
            if (placement.device().isPresent()) {
                placement.device().get().program(plans[placement.layer()]);
                serving[placement.layer()] = true;
            }
        }
    }

    /** One for each layer with weights, in order. */
    public List<Placement> placements() {
        return List.copyOf(placements);
    }

    /** What went wrong since it was planned, in order. */
    public List<Failure> failures() {
        return List.copyOf(failures);
    }

    SpikingNetwork network() {
        return network;
    }

    Plan plan(int layer) {
        return plans[layer];
    }

    boolean isServing(int layer) {
        return serving[layer];
    }

    boolean isConstant(int layer) {
        return network.layers().get(layer).inputs().getFirst().source() == 0
                && network.encoder().isConstant();
    }

    Optional<CoProcessor> device(int layer) {
        return placements.stream()
                .filter(placement -> placement.layer() == layer)
                .findFirst()
                .flatMap(Placement::device);
    }

    /** Resets every device that serves. */
    void reset() {
        for (Placement placement : placements) {
            if (serving[placement.layer()]) {
                try {
                    placement.device().orElseThrow().reset();
                } catch (CoProcessorException failure) {
                    failed(placement.layer(), failure);
                }
            }
        }
    }

    /** @throws DeviceFailedException where the policy is to stop */
    void failed(int layer, CoProcessorException cause) {
        serving[layer] = false;
        CoProcessor device = device(layer).orElseThrow();
        failures.add(new Failure(layer, device, cause));
        if (policy == Policy.STOP) {
            throw new DeviceFailedException(network.layers().get(layer).name(), device.name(), cause);
        }
    }
}
