package io.spikelet.device;

import io.spikelet.adapt.AdaptationEvent;
import io.spikelet.adapt.AdaptationReport;
import io.spikelet.adapt.AdaptationService;
import io.spikelet.smp.AdaptationCommands;
import io.spikelet.smp.SmpError;
import io.spikelet.smp.SmpException;
import io.spikelet.smp.SmpGroup;
import io.spikelet.smp.SmpRequest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Tells and asks a model that adapts (docs/wire.md). */
final class AdaptationGroup implements SmpGroup {
    private final Board board;

    /** Samples that came for each memory since the start or since it was emptied. */
    private long guardOffered;

    private long replayOffered;

    AdaptationGroup(Board board) {
        this.board = board;
    }

    @Override
    public int id() {
        return AdaptationCommands.GROUP;
    }

    @Override
    public Map<String, Object> handle(SmpRequest request) throws SmpException, IOException {
        return switch (request.command()) {
            case AdaptationCommands.STATUS -> status(request);
            case AdaptationCommands.LABEL -> label(request);
            case AdaptationCommands.REWARD -> reward(request);
            case AdaptationCommands.SAMPLES -> samples(request);
            case AdaptationCommands.CONTROL -> control(request);
            default -> throw SmpException.notSupported(request);
        };
    }

    private Adaptation adaptation() throws SmpException {
        return board.model()
                .flatMap(RunningModel::adaptation)
                .orElseThrow(() -> SmpException.ofGroup(
                        AdaptationCommands.ERROR_OFF,
                        SmpError.BAD_STATE,
                        "no model adapts; the board needs --adapt and a model that can learn"));
    }

    private Map<String, Object> status(SmpRequest request) throws SmpException {
        request.requireRead();
        Adaptation adaptation = adaptation();
        AdaptationReport report = adaptation.service().report();
        Map<String, Object> answer = new LinkedHashMap<>(StatisticsGroup.fields(report));
        answer.put("drifting", report.isDrifting());
        answer.put("guardacc", report.servedAccuracy());
        answer.put("imageacc", report.imageAccuracy());
        answer.put("risk", adaptation.checkpoints().atRisk());
        answer.put("guardat", guardOffered);
        answer.put("replayat", replayOffered);
        List<Object> events = new ArrayList<>();
        for (AdaptationEvent event : adaptation.service().lastEvents(Integer.MAX_VALUE)) {
            Map<String, Object> fields = new LinkedHashMap<>();
            fields.put("no", event.number());
            fields.put("kind", event.kind().ordinal());
            fields.put("at", event.at());
            fields.put("value", event.value());
            fields.put("against", event.against());
            events.add(fields);
        }
        answer.put("events", events);
        return answer;
    }

    private Map<String, Object> label(SmpRequest request) throws SmpException, IOException {
        request.requireWrite();
        Adaptation adaptation = adaptation();
        int classes = board.model().orElseThrow().network().readout().classes();
        long number = request.integer("id", Long.MAX_VALUE);
        int label = (int) request.integer("y", classes - 1L);
        return kept(adaptation, adaptation.service().label(number, label));
    }

    private Map<String, Object> reward(SmpRequest request) throws SmpException, IOException {
        request.requireWrite();
        Adaptation adaptation = adaptation();
        if (request.fields().get("ok") == null) {
            throw SmpException.general(SmpError.INVALID, "the request lacks \"ok\", a boolean");
        }
        return kept(
                adaptation,
                adaptation.service().reward(request.integer("id", Long.MAX_VALUE), request.flag("ok", false)));
    }

    private static Map<String, Object> kept(Adaptation adaptation, boolean isHeld) throws SmpException, IOException {
        if (!isHeld) {
            throw SmpException.ofGroup(
                    AdaptationCommands.ERROR_UNKNOWN_INPUT,
                    SmpError.NO_ENTRY,
                    "the input of that number is not kept any more, or never was");
        }
        adaptation.checkpoints().writeIfDue();
        return Map.of("n", adaptation.service().taken());
    }

    /** As with learning, what was carried out already and comes again succeeds and changes nothing. */
    private Map<String, Object> samples(SmpRequest request) throws SmpException {
        request.requireWrite();
        AdaptationService service = adaptation().service();
        Samples samples = Samples.of(request, board.model().orElseThrow().network());
        samples.requireLabels();
        String memory = request.text("to");
        boolean isGuard = memory.equals("guard");
        if (!isGuard && !memory.equals("replay")) {
            throw SmpException.general(SmpError.INVALID, "\"to\" is \"guard\" or \"replay\", not \"" + memory + "\"");
        }
        long offered = isGuard ? guardOffered : replayOffered;
        long at = request.integer("at", Long.MAX_VALUE);
        if (at + samples.count() == offered) {
            return Map.of("n", offered);
        }
        if (at != offered) {
            throw SmpException.ofGroup(
                    AdaptationCommands.ERROR_WRONG_POSITION,
                    SmpError.BAD_STATE,
                    "this memory was given " + offered + " samples, not " + at);
        }
        for (int i = 0; i < samples.count(); i++) {
            if (isGuard) {
                service.guard(samples.bytes(), samples.offset(i), samples.label(i));
            } else {
                service.remember(samples.bytes(), samples.offset(i), samples.label(i));
            }
        }
        guardOffered += isGuard ? samples.count() : 0;
        replayOffered += isGuard ? 0 : samples.count();
        return Map.of("n", at + samples.count());
    }

    private Map<String, Object> control(SmpRequest request) throws SmpException, IOException {
        request.requireWrite();
        Adaptation adaptation = adaptation();
        AdaptationService service = adaptation.service();
        String operation = request.text("op");
        switch (operation) {
            case "evaluate" -> service.evaluate();
            case "rollback" -> service.rollBack();
            case "epoch" -> service.beginEpoch();
            case "guard-end" -> service.guardChanged();
            case "guard-clear" -> {
                service.clearGuard();
                guardOffered = 0;
            }
            case "replay-clear" -> {
                service.clearReplay();
                replayOffered = 0;
            }
            default ->
                throw SmpException.general(
                        SmpError.INVALID,
                        "adaptation can be told evaluate, rollback, epoch, guard-end, guard-clear and replay-clear,"
                                + " not \""
                                + operation + "\"");
        }
        adaptation.checkpoints().write();
        return Map.of("n", service.taken());
    }
}
