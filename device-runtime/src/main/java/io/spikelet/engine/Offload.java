package io.spikelet.engine;

import io.spikelet.hal.coprocessor.CoProcessor;
import io.spikelet.hal.coprocessor.CoProcessorException;
import io.spikelet.hal.coprocessor.Plan;
import io.spikelet.hal.coprocessor.PulsedWeights;
import io.spikelet.hal.coprocessor.SynapseLayer;
import io.spikelet.hal.coprocessor.Verification;
import io.spikelet.model.MalformedDataException;
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
        /** The processor computes that layer from then on, which {@link #failures} tells. */
        PROCESSOR;

        /**
         * @param word as people write it
         * @throws IllegalArgumentException with one sentence for people when there is no such policy
         */
        public static Policy of(String word) {
            return switch (word) {
                case "stop" -> STOP;
                case "processor" -> PROCESSOR;
                default -> throw new IllegalArgumentException("--if-it-fails is stop or processor, not '" + word + "'");
            };
        }
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

    /**
     * A device that failed while it served a layer.
     *
     * @param gaveUp whether it serves no longer; else it brought itself back, and only the sample was lost
     */
    public record Failure(int layer, CoProcessor device, CoProcessorException cause, boolean gaveUp) {}

    /** A sample that was lost so often in a row is a device that does not work. */
    private static final int MOST_LOST_IN_A_ROW = 3;

    private final SpikingNetwork network;
    private final Policy policy;
    private final List<Placement> placements = new ArrayList<>();

    /** (layers) or null. */
    private final Plan[] plans;

    /** (layers) of a layer on a device of kind SPIKE the index of its neurons, else −1. */
    private final int[] neurons;

    /** (layers) */
    private final boolean[] serving;

    /** (layers) why a device serves no longer, or null. */
    private final CoProcessorException[] broken;

    private final List<Failure> failures = new ArrayList<>();
    private boolean readsConstantInputsEachStep;
    private int lostInARow;

    private Offload(SpikingNetwork network, Policy policy) {
        this.network = network;
        this.policy = policy;
        plans = new Plan[network.layers().size()];
        neurons = new int[plans.length];
        serving = new boolean[plans.length];
        broken = new CoProcessorException[plans.length];
    }

    /**
     * Gives each layer with weights, from the input side on, the first free device that can take it. One of kind SPIKE takes the
     * neurons behind a dense layer with it.
     *
     * @param devices each takes one layer
     */
    public static Offload plan(SpikingNetwork network, List<? extends CoProcessor> devices, Policy policy) {
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
        List<String> refusals = new ArrayList<>();
        DeviceNeurons spiking = DeviceNeurons.behind(network, index);
        Optional<String> noMatrix =
                DeviceWindows.refusal(network, network.layers().get(index));
        for (CoProcessor device : free) {
            boolean fires = device.kind() == CoProcessor.Kind.SPIKE;
            String why = fires ? spiking.refusal : noMatrix.orElse(null);
            if (why != null) {
                refusals.add(device.name() + ": " + why);
                continue;
            }
            SynapseLayer wanted = fires ? spiking.synapses : DeviceWindows.synapses(network, index);
            Plan plan = device.plan(wanted);
            if (plan.fits()) {
                plans[index] = plan;
                neurons[index] = fires ? spiking.neurons : -1;
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
     * Writes every placed layer into its device and reads it back; those that failed before serve again.
     *
     * @throws CoProcessorException when a device fails, or holds something else than was written, and the policy is to stop
     */
    public void program() throws CoProcessorException {
        for (Placement placement : placements) {
            if (placement.device().isPresent()) {
                program(placement, placement.device().get());
            }
        }
        lostInARow = 0;
    }

    private void program(Placement placement, CoProcessor device) throws CoProcessorException {
        int layer = placement.layer();
        try {
            device.program(plans[layer]);
            serving[layer] = true;
            broken[layer] = null;
        } catch (CoProcessorException cause) {
            giveUp(layer, cause);
            if (policy == Policy.STOP) {
                throw new CoProcessorException(
                        cause.failure(),
                        "layer " + placement.name() + " could not be written into " + device.name() + ": "
                                + cause.getMessage(),
                        cause);
            }
        }
    }

    /**
     * Writes every placed layer anew, as an engine's learner has left it.
     *
     * @param engine that runs this
     * @throws CoProcessorException when a device fails, or can no longer hold the layer
     */
    public void program(Engine engine) throws CoProcessorException {
        for (Placement placement : placements) {
            int index = placement.layer();
            if (placement.device().isPresent() && neurons[index] < 0) {
                SynapseLayer was = plans[index].layer();
                byte[] weights = engine.plastic(index).weights().clone();
                plans[index] = placement
                        .device()
                        .get()
                        .plan(new SynapseLayer(
                                was.name(), was.inputs(), was.outputs(), weights, was.mostInput(), was.neurons()));
                if (!plans[index].fits()) {
                    throw new CoProcessorException(
                            CoProcessorException.Failure.VERIFY_FAILED,
                            placement.device().get().name() + " cannot hold layer " + was.name()
                                    + " as it was learned: " + String.join("; ", plans[index].refusals()));
                }
            }
        }
        program();
    }

    /**
     * Reads back what a layer's device holds; empty where it has failed, which {@link #failures} tells.
     *
     * @param placement one with a device
     */
    public Optional<Verification> verify(Placement placement) {
        if (!serving[placement.layer()]) {
            return Optional.empty();
        }
        try {
            return Optional.of(placement.device().orElseThrow().verify());
        } catch (CoProcessorException cause) {
            giveUp(placement.layer(), cause);
            return Optional.empty();
        }
    }

    /**
     * Calibrates every device of kind CURRENT on what the processor gives its layer for some samples; needs {@link #program}. A hundred
     * samples or more are wise, since a converter fits two numbers to what it sees.
     *
     * @param samples holds {@code count} of {@link SpikingNetwork#sampleBytes()} each
     * @throws CoProcessorException when a device fails
     * @throws MalformedDataException when the network's bounds do not hold
     */
    public void calibrate(byte[] samples, int count) throws CoProcessorException, MalformedDataException {
        CalibrationInputs inputs = new CalibrationInputs(this);
        inputs.record(samples, count);
        for (Placement placement : placements) {
            int layer = placement.layer();
            if (serving[layer] && neurons[layer] < 0) {
                placement.device().orElseThrow().calibrate(inputs.of(layer), inputs.count(layer));
            }
        }
    }

    /**
     * Whether a layer whose input never changes within a sample is read at every step, as hardware without a memory of sums does,
     * in place of once. Noise of reads then differs from step to step.
     */
    public void readConstantInputsEachStep(boolean each) {
        readsConstantInputsEachStep = each;
    }

    boolean readsConstantInputsEachStep() {
        return readsConstantInputsEachStep;
    }

    /** One for each layer with weights, in order. */
    public List<Placement> placements() {
        return List.copyOf(placements);
    }

    /** How many arrays or cores a layer takes; 0 where the processor keeps it. */
    public int tiles(int layer) {
        return plans[layer] == null ? 0 : plans[layer].tiles();
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

    /** The neurons that a device computes together with a dense layer; −1 where the processor does. */
    int neurons(int layer) {
        return neurons[layer];
    }

    /**
     * Whether a layer's device gives its answer; else the processor does.
     *
     * @throws DeviceFailedException where the device failed and the policy is to stop
     */
    boolean serves(int layer) {
        if (broken[layer] != null && policy == Policy.STOP) {
            throw stopped(layer);
        }
        return serving[layer];
    }

    boolean isConstant(int layer) {
        return network.readsConstantInput(network.layers().get(layer));
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

    /** A sample came to its end. */
    void concluded() {
        lostInARow = 0;
    }

    /** The sums of a step can still be had from the processor. @throws DeviceFailedException where the policy is to stop */
    void failed(int layer, CoProcessorException cause) {
        giveUp(layer, cause);
        if (policy == Policy.STOP) {
            throw stopped(layer);
        }
    }

    private void giveUp(int layer, CoProcessorException cause) {
        serving[layer] = false;
        broken[layer] = cause;
        failures.add(new Failure(layer, device(layer).orElseThrow(), cause, true));
    }

    private DeviceFailedException stopped(int layer) {
        return DeviceFailedException.stopped(
                network.layers().get(layer).name(), device(layer).orElseThrow().name(), broken[layer]);
    }

    /** The sample's membranes are gone with the device: what is to be thrown. */
    DeviceFailedException lost(int layer, CoProcessorException cause) {
        CoProcessor device = device(layer).orElseThrow();
        lostInARow++;
        boolean well = device.health().answers() && lostInARow < MOST_LOST_IN_A_ROW;
        if (!well) {
            failed(layer, cause);
        } else {
            failures.add(new Failure(layer, device, cause, false));
        }
        return DeviceFailedException.sampleLost(network.layers().get(layer).name(), device.name(), cause);
    }

    /**
     * Sends what a learner changed to the devices, as pulses that nobody verifies; a device that takes none keeps its weights.
     *
     * @param engine that runs this
     * @return weights that were sent
     */
    public int learn(Engine engine) {
        int sent = 0;
        for (Placement placement : placements) {
            if (serving[placement.layer()] && placement.device().orElseThrow() instanceof PulsedWeights pulsed) {
                SynapseLayer layer = plans[placement.layer()].layer();
                byte[] weights = engine.plastic(placement.layer()).weights();
                for (int i = 0; i < layer.inputs(); i++) {
                    for (int o = 0; o < layer.outputs(); o++) {
                        int change = weights[i * layer.outputs() + o] - pulsed.code(i, o);
                        if (change != 0) {
                            pulsed.update(i, o, change);
                            sent++;
                        }
                    }
                }
            }
        }
        return sent;
    }
}
