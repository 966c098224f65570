package io.spikelet.device;

import io.spikelet.adapt.AdaptationSettings;
import io.spikelet.engine.Classifier;
import io.spikelet.engine.DeviceFailedException;
import io.spikelet.engine.Inference;
import io.spikelet.engine.Kernels;
import io.spikelet.engine.Offload;
import io.spikelet.hal.Clock;
import io.spikelet.hal.EnergyMeter;
import io.spikelet.hal.Store;
import io.spikelet.hal.coprocessor.CoProcessorException;
import io.spikelet.learn.Learner;
import io.spikelet.learn.NotLearnableException;
import io.spikelet.model.MalformedDataException;
import io.spikelet.model.SpikingNetwork;
import io.spikelet.slots.VerifiedImage;
import io.spikelet.telemetry.InferenceWindow;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalLong;

/** The active image at work: inference, learning, and what was learned before. */
final class RunningModel {
    private static final int NANOS_PER_MICROSECOND = 1000;

    private final VerifiedImage image;
    private final Store store;
    private final Clock clock;
    private final EnergyMeter energy;
    private final InferenceWindow window;
    private Inference inference;

    /** Null while an adaptation serves. */
    private Classifier classifier;

    private Learner learner;

    /** Null while adaptation is off. */
    private Adaptation adaptation;

    /** Null while the processor computes all layers. */
    private PlacedLayers placed;

    private String learning;

    /** What the store holds; null for the weights of the image. */
    private byte[] durable;

    private long latencyNanos;
    private OptionalLong energyBefore = OptionalLong.empty();
    private int sinceEnergyBefore;
    private MeasurementPin pin = MeasurementPin.NONE;

    private RunningModel(VerifiedImage image, Store store, Clock clock, EnergyMeter energy, InferenceWindow window) {
        this.image = image;
        this.store = store;
        this.clock = clock;
        this.energy = energy;
        this.window = window;
        inference = Inference.forNetwork(image.network());
    }

    /**
     * Plans the network and restores what it had learned. A stored state that does not fit is left alone and said so
     * by {@link #learning}.
     *
     * @param settings of adaptation, or empty for a model that learns only what it is told to and serves it at once
     * @param devices that layers go on; a model with any does not learn
     * @throws MalformedDataException when the network cannot run
     * @throws CoProcessorException when a device cannot be had and the policy is to stop
     */
    static RunningModel load(
            VerifiedImage image,
            Store store,
            Clock clock,
            EnergyMeter energy,
            InferenceWindow window,
            Optional<AdaptationSettings> settings,
            PlacedLayers.Choice devices)
            throws IOException, MalformedDataException, CoProcessorException {
        var model = new RunningModel(image, store, clock, energy, window);
        if (!devices.words().isEmpty()) {
            model.place(devices);
        } else if (settings.isEmpty()) {
            model.restore();
        } else {
            model.adapt(settings.get());
        }
        return model;
    }

    /** What was learned before is what the devices get, so that answers do not hang on whether a device was there. */
    private void place(PlacedLayers.Choice devices) throws IOException, MalformedDataException, CoProcessorException {
        restore();
        try {
            placed = PlacedLayers.of(learnedNetwork(), devices);
        } catch (CoProcessorException failed) {
            if (devices.policy() == Offload.Policy.STOP) {
                throw failed;
            }
            learning += "; the processor computes all layers, since a device failed: " + failed.getMessage();
            return;
        }
        classifier = placed.classifier();
        learning += "; " + placed.sentence() + "; learns no more while layers are on devices";
    }

    /** A model that cannot adapt serves without. */
    private void adapt(AdaptationSettings settings) throws IOException, MalformedDataException {
        try {
            adaptation = Adaptation.start(image, store, settings);
            learning = adaptation.sentence();
        } catch (NotLearnableException | IllegalArgumentException e) {
            restore();
            learning += "; does not adapt: " + e.getMessage();
        }
    }

    private void restore() throws IOException, MalformedDataException {
        classifier = Classifier.load(image.network(), Kernels.BEST);
        try {
            learner = Learner.load(classifier, Learner.BOARD_SEED);
        } catch (NotLearnableException e) {
            learning = "does not learn: " + e.getMessage();
            return;
        }
        try {
            Optional<byte[]> state = LearnedState.read(store, image.hash());
            if (state.isPresent()) {
                learner.restore(state.get());
                durable = state.get();
            }
            learning =
                    state.isPresent() ? "learned from " + learner.samplesLearned() + " samples" : "nothing learned yet";
        } catch (MalformedDataException e) {
            learning = "what was learned is ignored: " + e.getMessage();
        }
    }

    VerifiedImage image() {
        return image;
    }

    SpikingNetwork network() {
        return image.network();
    }

    /** What became of learning at the start, for a person. */
    String learning() {
        return learning;
    }

    /** Where layers are and how their devices are, for a person; empty while the processor computes all. */
    Optional<String> devices() {
        return Optional.ofNullable(placed).map(PlacedLayers::state);
    }

    boolean canLearn() {
        return placed == null && (learner != null || adaptation != null);
    }

    /** What makes it adapt, or empty while adaptation is off. */
    Optional<Adaptation> adaptation() {
        return Optional.ofNullable(adaptation);
    }

    /** While it adapts, all samples that were taken, whether learned, held out or refused. */
    long samplesLearned() {
        if (adaptation != null) {
            return adaptation.service().taken();
        }
        return learner == null ? 0 : learner.samplesLearned();
    }

    /** Nanoseconds that the last inference took. */
    long latencyNanos() {
        return latencyNanos;
    }

    /** Has each inference marked from now on. */
    void markWith(MeasurementPin marker) {
        pin = marker;
    }

    /**
     * Classifies one sample; the answer stays valid until the next one.
     *
     * @throws PlacedLayers.FailedException when a layer's device fails and the policy is to stop
     */
    Inference infer(byte[] samples, int offset) throws IOException {
        pin.begin();
        long start = clock.nanoTime();
        if (adaptation != null) {
            inference = adaptation.service().infer(samples, offset);
        } else if (placed != null) {
            inferOnDevices(samples, offset);
        } else {
            classifier.infer(samples, offset, inference);
        }
        latencyNanos = clock.nanoTime() - start;
        pin.end();
        window.add(latencyNanos / NANOS_PER_MICROSECOND, inference.spikes(), inference.synapticOperations());
        sinceEnergyBefore++;
        return inference;
    }

    private void inferOnDevices(byte[] samples, int offset) throws IOException {
        try {
            classifier.infer(samples, offset, inference);
        } catch (DeviceFailedException failed) {
            pin.end();
            throw new PlacedLayers.FailedException(failed);
        } finally {
            placed.tellFailures();
        }
    }

    /** Tells whether the last answer was right. */
    void label(int label) {
        window.addLabelled(inference.predicted() == label);
    }

    /**
     * Classifies one sample and learns its label in memory; {@link #keepLearned} makes it durable. An adaptation keeps
     * what it learned at intervals of its own.
     *
     * @return the answer given before learning
     */
    Inference learn(byte[] samples, int offset, int label) throws IOException {
        if (adaptation == null) {
            learner.learn(samples, offset, label, inference);
        } else {
            inference = adaptation.service().learn(samples, offset, label);
            adaptation.checkpoints().writeIfDue();
        }
        label(label);
        return inference;
    }

    /** Stores what was learned. When that fails, memory goes back to what the store holds. */
    void keepLearned() throws IOException {
        if (adaptation != null) {
            return;
        }
        byte[] state = learner.state();
        try {
            LearnedState.write(store, image.hash(), state);
        } catch (IOException e) {
            returnToDurable();
            throw e;
        }
        durable = state;
    }

    /** Back to the weights of the image, durably. */
    void forgetLearned() throws IOException {
        LearnedState.delete(store, image.hash());
        durable = null;
        if (adaptation == null) {
            learner.reset();
        } else {
            adaptation.service().forget();
            adaptation.checkpoints().write();
        }
    }

    /** Before an orderly end: nothing that was learned is lost then, and devices are let go. */
    void keepAll() throws IOException {
        if (placed != null) {
            placed.close();
        }
        if (adaptation != null) {
            adaptation.keep();
        }
    }

    /** The network with what was learned in place of what was trained. */
    SpikingNetwork learnedNetwork() {
        if (adaptation != null) {
            return adaptation.service().servedNetwork();
        }
        return learner == null ? network() : learner.learnedNetwork();
    }

    private void returnToDurable() {
        if (durable == null) {
            learner.reset();
            return;
        }
        try {
            learner.restore(durable);
        } catch (MalformedDataException e) {
            throw new IllegalStateException("a state that the learner made itself must fit", e);
        }
    }

    /** Begins a stretch of inferences whose energy is measured together. */
    void beginEnergy() throws IOException {
        energyBefore = energy.microjoules();
        sinceEnergyBefore = 0;
    }

    /** Ends the stretch. */
    void endEnergy() throws IOException {
        OptionalLong after = energy.microjoules();
        if (energyBefore.isPresent() && after.isPresent() && sinceEnergyBefore > 0) {
            window.addEnergy(after.getAsLong() - energyBefore.getAsLong(), sinceEnergyBefore);
        }
    }
}
