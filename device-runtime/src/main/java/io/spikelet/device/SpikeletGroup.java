package io.spikelet.device;

import io.spikelet.engine.Inference;
import io.spikelet.hal.EnergyMeter;
import io.spikelet.hal.Thermometer;
import io.spikelet.model.SpikingNetwork;
import io.spikelet.smp.NetworkCommands;
import io.spikelet.smp.SmpError;
import io.spikelet.smp.SmpException;
import io.spikelet.smp.SmpGroup;
import io.spikelet.smp.SmpRequest;
import io.spikelet.telemetry.InferenceWindow;
import java.io.IOException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** Our own group: infer, learn, forget, read the model, and what the board is doing (docs/wire.md). */
public final class SpikeletGroup implements SmpGroup {

    /**
     * What a board tells of itself besides its model.
     *
     * @param name the device's name
     */
    public record Facts(String name, Thermometer thermometer, EnergyMeter energy, InferenceWindow window) {}

    private final Board board;
    private final Facts facts;
    private final ModelReader modelReader = new ModelReader();
    private LearnAnswer lastLearned = LearnAnswer.NONE;

    SpikeletGroup(Board board, Facts facts) {
        this.board = board;
        this.facts = facts;
    }

    @Override
    public int id() {
        return NetworkCommands.GROUP;
    }

    @Override
    public Map<String, Object> handle(SmpRequest request) throws SmpException, IOException {
        return switch (request.command()) {
            case NetworkCommands.INFER -> infer(request);
            case NetworkCommands.LEARN -> learn(request);
            case NetworkCommands.LEARN_CONTROL -> controlLearning(request);
            case NetworkCommands.MODEL -> readModel(request);
            case NetworkCommands.STATUS -> status(request);
            default -> throw SmpException.notSupported(request);
        };
    }

    private Map<String, Object> infer(SmpRequest request) throws SmpException, IOException {
        request.requireWrite();
        RunningModel model = serving();
        Samples samples = Samples.of(request, model.network());
        Optional<Adaptation> adaptation = model.adaptation();
        InferAnswer answer = new InferAnswer(model.network(), samples.count(), adaptation.isPresent());
        model.beginEnergy();
        for (int i = 0; i < samples.count(); i++) {
            Inference inference = answered(model, samples, i);
            if (samples.isLabelled()) {
                model.label(samples.label(i));
            }
            if (adaptation.isPresent()) {
                answer.number(adaptation.get().observe(samples, i));
            }
            answer.add(inference, model.latencyNanos());
        }
        model.endEnergy();
        return answer.fields();
    }

    private static Inference answered(RunningModel model, Samples samples, int index) throws SmpException, IOException {
        try {
            return model.infer(samples.bytes(), samples.offset(index));
        } catch (PlacedLayers.FailedException failed) {
            throw SmpException.ofGroup(NetworkCommands.ERROR_DEVICE_FAILED, SmpError.BAD_STATE, failed.getMessage());
        }
    }

    /** A request that was carried out already and comes again, since its answer was lost, is answered alike. */
    private Map<String, Object> learn(SmpRequest request) throws SmpException, IOException {
        request.requireWrite();
        RunningModel model = learning();
        long at = request.integer("at", Long.MAX_VALUE);
        Samples samples = Samples.of(request, model.network());
        samples.requireLabels();
        if (lastLearned.repeats(at, samples, model.samplesLearned())) {
            return lastLearned.fields();
        }
        if (at != model.samplesLearned()) {
            throw SmpException.ofGroup(
                    NetworkCommands.ERROR_WRONG_POSITION,
                    SmpError.BAD_STATE,
                    "the board has learned " + model.samplesLearned() + " samples, not " + at);
        }
        int hits = 0;
        for (int i = 0; i < samples.count(); i++) {
            Inference before = model.learn(samples.bytes(), samples.offset(i), samples.label(i));
            hits += before.predicted() == samples.label(i) ? 1 : 0;
        }
        model.keepLearned();
        lastLearned = new LearnAnswer(at, samples, model.samplesLearned(), hits);
        return lastLearned.fields();
    }

    private Map<String, Object> controlLearning(SmpRequest request) throws SmpException, IOException {
        request.requireWrite();
        RunningModel model = learning();
        String operation = request.text("op");
        if (!operation.equals("reset")) {
            throw SmpException.general(SmpError.INVALID, "learning can be told \"reset\", not \"" + operation + "\"");
        }
        model.forgetLearned();
        lastLearned = LearnAnswer.NONE;
        return Map.of("n", model.samplesLearned());
    }

    private Map<String, Object> readModel(SmpRequest request) throws SmpException {
        request.requireRead();
        return modelReader.read(serving(), request.integer("off", Integer.MAX_VALUE));
    }

    private Map<String, Object> status(SmpRequest request) throws SmpException, IOException {
        request.requireRead();
        Map<String, Object> status = new LinkedHashMap<>();
        status.put("name", facts.name());
        status.put("state", board.model().isPresent() ? "serving" : "empty");
        status.put("counter", board.slots().securityCounter());
        board.model().ifPresent(model -> describe(model, status));
        OptionalDouble celsius = facts.thermometer().celsius();
        if (celsius.isPresent()) {
            status.put("temp", celsius.getAsDouble());
        }
        status.put("tempsrc", facts.thermometer().source());
        status.put("energysrc", facts.energy().source());
        status.put("inferences", facts.window().inferences());
        return status;
    }

    private static void describe(RunningModel model, Map<String, Object> status) {
        SpikingNetwork network = model.network();
        status.put("model", network.name());
        status.put("hash", HexFormat.of().parseHex(model.image().hash()));
        status.put("learned", model.samplesLearned());
        status.put("steps", network.timeSteps());
        status.put("input", network.sampleBytes());
        status.put("classes", network.readout().classes());
        model.devices().ifPresent(devices -> status.put("devices", devices));
    }

    private RunningModel serving() throws SmpException {
        Optional<RunningModel> model = board.model();
        if (model.isEmpty()) {
            throw SmpException.ofGroup(
                    NetworkCommands.ERROR_NOT_SERVING, SmpError.BAD_STATE, "no model serves: " + board.sentence());
        }
        return model.get();
    }

    private RunningModel learning() throws SmpException {
        RunningModel model = serving();
        if (!model.canLearn()) {
            throw SmpException.ofGroup(
                    NetworkCommands.ERROR_DOES_NOT_LEARN, SmpError.NOT_SUPPORTED, "this model " + model.learning());
        }
        return model;
    }
}
